package normlab.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Decoded images of one size in a file without a name: a heap has no room for them, and the file is gone when the process
 * ends, however it ends. Thread-safe.
 */
final class PixelSpool implements AutoCloseable {
    private final FileChannel file;
    private final int bytesPerImage;

    PixelSpool(Path folder, int bytesPerImage) throws IOException {
        Files.createDirectories(folder);
        Path path = Files.createTempFile(folder, "images", ".tmp");
        // The JDK removes the name at once where the system allows it.
        this.file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        this.bytesPerImage = bytesPerImage;
    }

    void write(int image, byte[] pixels) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(pixels);
        long from = (long) image * bytesPerImage;
        while (left.hasRemaining()) {
            file.write(left, from + left.position());
        }
    }

    void read(int image, byte[] pixels) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(pixels);
        long from = (long) image * bytesPerImage;
        while (left.hasRemaining()) {
            if (file.read(left, from + left.position()) < 0) {
                throw new IOException("image %d is not in the file".formatted(image));
            }
        }
    }

    /** The first images, outside the heap. */
    ByteBuffer map(int images) throws IOException {
        return file.map(FileChannel.MapMode.READ_ONLY, 0, (long) images * bytesPerImage);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
