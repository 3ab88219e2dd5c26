package normlab.platform.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import normlab.json.InvalidInputException;
import normlab.json.Json;

/** The key pair of the embedded S3 server, random for each installation. Its text form hides the secret. */
public record Credentials(String accessKey, String secretKey) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Reads the installation's credentials, and makes them at the first call.
     *
     * @throws StackException if others than the owner may read the file, or it is damaged
     */
    public static Credentials of(StackPaths paths) {
        Path file = paths.credentials();
        try {
            refuseUnlessPrivate(file);
            return read(file);
        } catch (NoSuchFileException first) {
            Credentials made = new Credentials("normlab-" + random(4), random(24));
            SafeFiles.write(file, Json.bytes(made), SafeFiles.PRIVATE);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** What a parser says of a damaged file may quote it. */
    private static Credentials read(Path file) throws IOException {
        try {
            return Json.read(Files.readAllBytes(file), Credentials.class, file.toString());
        } catch (InvalidInputException e) {
            throw new StackException("[%s] is not what NormLab wrote: delete it for new keys".formatted(file));
        }
    }

    private static void refuseUnlessPrivate(Path file) throws IOException {
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
        if (!SafeFiles.PRIVATE.containsAll(found)) {
            throw new StackException("[%s] has permissions %s, expected %s: chmod 600 it, or delete it for new keys"
                    .formatted(
                            file,
                            PosixFilePermissions.toString(found),
                            PosixFilePermissions.toString(SafeFiles.PRIVATE)));
        }
    }

    private static String random(int bytes) {
        byte[] drawn = new byte[bytes];
        RANDOM.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    @Override
    public String toString() {
        return "Credentials[accessKey=" + accessKey + ", secretKey=hidden]";
    }
}
