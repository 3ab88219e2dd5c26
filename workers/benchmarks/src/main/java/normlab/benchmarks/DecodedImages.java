package normlab.benchmarks;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import normlab.dataset.shard.ImageDecoder;
import normlab.dataset.shard.Region;

/**
 * Images of a folder as a network gets them, in one file that infra/parity/images.py holds against torchvision: for each its
 * name, the region of a random cut (x, y, width, height, whether it is flipped; big-endian 32-bit numbers), the centre and
 * that cut, 224·224·3 bytes each.
 */
final class DecodedImages {
    private static final ImageDecoder DECODER = new ImageDecoder(224, 224);

    private DecodedImages() {}

    /** @return how many images were written */
    static int write(Path folder, Path file) throws IOException {
        List<Path> images;
        try (Stream<Path> all = Files.list(folder)) {
            images = all.filter(p -> p.getFileName().toString().matches("(?i).*\\.(jpe?g|png|webp)"))
                    .sorted()
                    .toList();
        }
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (int i = 0; i < images.size(); i++) {
                try {
                    write(images.get(i), i, out);
                } catch (IOException e) {
                    throw new IOException("[%s] %s".formatted(images.get(i), e.getMessage()), e);
                }
            }
        }
        return images.size();
    }

    private static void write(Path image, long seed, DataOutputStream out) throws IOException {
        byte[] bytes = Files.readAllBytes(image);
        Region region = region(bytes, seed);
        out.writeUTF(image.getFileName().toString());
        for (int number :
                new int[] {region.x(), region.y(), region.width(), region.height(), region.flipped() ? 1 : 0}) {
            out.writeInt(number);
        }
        out.write(DECODER.decode(bytes, Optional.empty()));
        out.write(DECODER.decode(bytes, Optional.of(new SplittableRandom(seed))));
    }

    /** As the decoder draws it. */
    private static Region region(byte[] image, long seed) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(image))) {
            ImageReader reader = ImageIO.getImageReaders(in).next();
            try {
                reader.setInput(in, true, true);
                return Region.random(reader.getWidth(0), reader.getHeight(0), new SplittableRandom(seed));
            } finally {
                reader.dispose();
            }
        }
    }
}
