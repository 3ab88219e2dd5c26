package normlab.platform.server;

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
import normlab.platform.process.ProcessException;
import normlab.platform.process.SafeFiles;

/** The key pair of the embedded S3 server, random for each installation. Its text form hides the secret. */
public record Credentials(String accessKey, String secretKey) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Reads the credentials of the installation; the first call creates them.
     *
     * @throws ProcessException if the file is readable by others than its owner, or is damaged
     */
    public static Credentials of(DataFolder folder) {
        Path file = folder.credentials();
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

    /** The message of a parser is dropped: it may quote the file. */
    private static Credentials read(Path file) throws IOException {
        try {
            return Json.read(Files.readAllBytes(file), Credentials.class, file.toString());
        } catch (InvalidInputException e) {
            throw new ProcessException("[%s] is damaged: delete it to get new keys".formatted(file));
        }
    }

    private static void refuseUnlessPrivate(Path file) throws IOException {
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
        if (!SafeFiles.PRIVATE.containsAll(found)) {
            throw new ProcessException(
                    "[%s] has permissions %s, expected %s: chmod 600 it, or delete it to get new keys"
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
