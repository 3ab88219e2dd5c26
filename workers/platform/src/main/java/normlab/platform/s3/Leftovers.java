package normlab.platform.s3;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What S3Proxy leaves in its folder when it is killed in the middle of a write. It writes {@code <key>-<random UUID>}
 * beside the object, then the object's metadata as attributes of that file, and renames it; it keeps no list, and shows
 * what is left as an object ({@code putBlob} of its {@code AbstractNio2BlobStore}).
 *
 * <p>A key of that form may be somebody's own, so the name alone condemns no file. A write that has not ended lacks the
 * checksum; one that has, and carries NormLab's mark, is none of NormLab's objects, whose keys never have that form.
 */
public final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Pattern RANDOM_UUID =
            Pattern.compile(".-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
    private static final String CHECKSUM = "user.content-md5";
    /** The file's attribute in which S3Proxy keeps the SHA-256 that NormLab sends with an object. */
    static final String OF_NORMLAB = "user.user-metadata." + S3ArtifactStore.SHA256;

    private Leftovers() {}

    /** Whether S3Proxy could give this name to a file that it is writing. */
    static boolean isNamedLikeOne(String key) {
        return RANDOM_UUID.matcher(key).find();
    }

    /**
     * Removes them, while no server runs on the folder. What cannot be read or removed stays and is logged: a
     * server that starts is worth more.
     *
     * @param folder of the server, which may not be there yet
     */
    public static void sweep(Path folder) {
        try {
            Files.walkFileTree(folder, new Sweep());
        } catch (IOException e) {
            LOG.warn("[{}] is not searched for what a killed S3 server left: {}", folder, e.toString());
        }
    }

    private static boolean isOne(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView(UserDefinedFileAttributeView.class)) {
            throw new UnsupportedOperationException("its file system keeps no metadata of objects");
        }
        List<String> attributes = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                .list();
        return !attributes.contains(CHECKSUM) || attributes.contains(OF_NORMLAB);
    }

    private static final class Sweep extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && isNamedLikeOne(file.getFileName().toString())) {
                sweep(file);
            }
            return FileVisitResult.CONTINUE;
        }

        private static void sweep(Path file) {
            try {
                if (isOne(file)) {
                    Files.delete(file);
                    LOG.info("[{}] removed: the S3 server was killed while it wrote it", file);
                }
            } catch (IOException | UnsupportedOperationException e) {
                LOG.warn("[{}] may be what a killed S3 server left, and stays: {}", file, e.toString());
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
