package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import normlab.json.InvalidInputException;
import normlab.testkit.SilentContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder with one file of each kind that an import cannot use. There is no store: nothing may be written before the answer. */
class HostileFolderTest {
    @TempDir
    private Path folder;

    @Test
    void allProblemsOfAllFilesAreReportedTogetherAndNothingIsWritten() throws Exception {
        for (String name : List.of("ant", "bee", "cow")) {
            for (int i = 0; i < 3; i++) {
                write("train/" + name + "/" + i + ".png", Pictures.png(8, 6, name.charAt(0) * 4_000 + i));
            }
        }
        for (String name : List.of("ant", "bee")) {
            write("test/" + name + "/0.png", Pictures.png(8, 6, name.charAt(0) * 9_000));
        }
        write("train/ant/bomb.png", image(10_000, 10_000, BufferedImage.TYPE_BYTE_BINARY));
        write("train/ant/clear.png", image(8, 6, BufferedImage.TYPE_INT_ARGB));
        write("train/ant/deep.png", image(8, 6, BufferedImage.TYPE_USHORT_GRAY));
        write("train/ant/grey.png", image(8, 6, BufferedImage.TYPE_BYTE_GRAY));
        write("train/ant/large.png", Pictures.png(9, 9, 0xFFFFFF));
        byte[] whole = Pictures.noisyJpeg(8, 6);
        write("train/ant/half.jpg", Arrays.copyOf(whole, whole.length - 20));
        write("train/ant/moving.gif", Pictures.animatedGif(8, 6));
        write("train/ant/new\nline.png", Pictures.png(8, 6, 0));
        write("train/ant/notes.txt", new byte[] {1, 2, 3});
        write("train/ant/three-bytes.png", new byte[] {1, 2, 3});
        Path outside = Files.write(folder.resolve("outside.png"), Pictures.png(8, 6, 0));
        Files.createSymbolicLink(folder.resolve("images/train/ant/link.png"), outside);
        write("train/bee/copy.png", Pictures.png(8, 6, 'b' * 4_000));
        write("test/bee/copy.png", Pictures.png(8, 6, 'a' * 4_000));

        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("train/ant/bomb.png announces 100000000 pixels, expected at most ")
                .hasMessageContaining("train/ant/clear.png has transparent pixels")
                .hasMessageContaining("train/ant/deep.png has 16 bits for each value")
                .hasMessageContaining("--channels 1 or --channels 3: train/ant/grey.png is grey")
                .hasMessageContaining("train/ant/large.png is 9×9")
                .hasMessageContaining("train/ant/half.jpg is truncated")
                .hasMessageContaining("train/ant/moving.gif is animated")
                .hasMessageContaining("names must be of printable characters; rename: train/ant/new\\u000aline.png")
                .hasMessageContaining("convert or remove: train/ant/notes.txt")
                .hasMessageContaining("train/ant/three-bytes.png is not an image of a known format")
                .hasMessageContaining(
                        "links must not lead out of the folder; replace by what they lead to: train/ant/link.png")
                .hasMessageContaining("class cow has 3 usable training images and 0 test images")
                .hasMessageContaining("test/bee/copy.png as train/ant/0.png")
                .hasMessageContaining("train/bee/copy.png as train/bee/0.png")
                .hasMessageNotContaining("\nline");
        assertThat(folder.resolve("manifests")).isEmptyDirectory();
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    private void read() throws Exception {
        Files.createDirectories(folder.resolve("manifests"));
        FolderImport.read(
                        folder.resolve("images"),
                        new ImportOptions("insects", Optional.empty(), Optional.empty(), 0.2, 1, false, "CC0-1.0"),
                        folder.resolve("manifests"),
                        folder.resolve("scratch"),
                        new SilentContext())
                .close();
    }

    private static byte[] image(int width, int height, int type) {
        return Pictures.encoded(new BufferedImage(width, height, type), "png");
    }

    private void write(String name, byte[] content) throws IOException {
        Path file = folder.resolve("images").resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, content);
    }
}
