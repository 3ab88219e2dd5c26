package normlab.dataset;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import normlab.dataset.shard.SourceImage;

/** A picture with some images of each class in a row, for a person to look at. */
final class ContactSheet {
    private static final int SIDE = 64;
    private static final int GAP = 4;
    private static final int NAME_WIDTH = 150;
    private static final int MOST_IMAGES = 1000;
    private static final int MOST_EACH = 8;
    /** Rows are set in so many columns that the sheet is not much longer than wide. */
    private static final int ROWS_OF_A_COLUMN = 25;

    private static final boolean HAS_FONTS = hasFonts();

    private final DatasetManifest manifest;
    private final int each;
    private final int columns;
    private final int rows;

    private ContactSheet(DatasetManifest manifest) {
        int classes = manifest.classes().size();
        this.manifest = manifest;
        this.each = Math.min(MOST_EACH, Math.max(1, MOST_IMAGES / classes));
        this.columns = Math.ceilDiv(classes, ROWS_OF_A_COLUMN);
        this.rows = Math.min(classes, ROWS_OF_A_COLUMN);
    }

    /** Java may be without any; then the rows have no names. */
    private static boolean hasFonts() {
        try {
            return new Font(Font.SANS_SERIF, Font.PLAIN, 13).canDisplay('a')
                    && new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)
                                    .createGraphics()
                                    .getFontMetrics()
                                    .stringWidth("a")
                            > 0;
        } catch (RuntimeException | LinkageError | InternalError e) {
            return false;
        }
    }

    /** @return a PNG file with the first training images of each class, in the order of the set */
    static byte[] of(DatasetManifest manifest, DatasetContent content) throws IOException {
        ContactSheet sheet = new ContactSheet(manifest);
        return switch (content) {
            case OfficialData data -> sheet.drawn(data.train().labels(), image -> sheet.image(data.train(), image));
            case IlsvrcArchives archives -> sheet.drawn(archives);
            case ImportedFiles files -> sheet.drawn(files);
        };
    }

    private interface Source {
        BufferedImage read(int image) throws IOException;
    }

    private byte[] drawn(EncodedData data) throws IOException {
        return drawn(
                data.train().index().labels(),
                image -> picture(SourceImage.read(data.train().read(image)).scaled(SIDE, SIDE, 3), SIDE, SIDE, 3));
    }

    private BufferedImage image(ImageSet images, int index) {
        byte[] pixels = new byte[images.bytesPerImage()];
        images.read(index, pixels);
        return picture(pixels, manifest.height(), manifest.width(), manifest.channels());
    }

    private static BufferedImage picture(byte[] pixels, int height, int width, int channels) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < height * width; i++) {
            int red = pixels[i * channels] & 0xFF;
            int green = pixels[i * channels + (channels == 3 ? 1 : 0)] & 0xFF;
            int blue = pixels[i * channels + (channels == 3 ? 2 : 0)] & 0xFF;
            picture.setRGB(i % width, i / width, red << 16 | green << 8 | blue);
        }
        return picture;
    }

    private byte[] drawn(int[] labels, Source source) throws IOException {
        int columnWidth = NAME_WIDTH + each * (SIDE + GAP) + GAP;
        BufferedImage sheet =
                new BufferedImage(columns * columnWidth, rows * (SIDE + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        // Small images are enlarged pixel by pixel: what is seen is what a network gets.
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        List<List<Integer>> chosen = chosen(labels);
        for (int label = 0; label < chosen.size(); label++) {
            int x = label / ROWS_OF_A_COLUMN * columnWidth + GAP;
            int y = label % ROWS_OF_A_COLUMN * (SIDE + GAP) + GAP;
            name(graphics, label, x, y);
            for (int i = 0; i < chosen.get(label).size(); i++) {
                draw(graphics, source.read(chosen.get(label).get(i)), x + NAME_WIDTH + i * (SIDE + GAP), y);
            }
        }
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(sheet, "png", png);
        return png.toByteArray();
    }

    private List<List<Integer>> chosen(int[] labels) {
        List<List<Integer>> chosen = new ArrayList<>();
        IntStream.range(0, manifest.classes().size()).forEach(label -> chosen.add(new ArrayList<>()));
        for (int image = 0; image < labels.length; image++) {
            if (chosen.get(labels[image]).size() < each) {
                chosen.get(labels[image]).add(image);
            }
        }
        return chosen;
    }

    private void name(Graphics2D graphics, int label, int x, int y) {
        if (!HAS_FONTS) {
            return;
        }
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        String name = manifest.classes().get(label);
        while (name.length() > 1 && graphics.getFontMetrics().stringWidth(name) > NAME_WIDTH - 2 * GAP) {
            name = name.substring(0, name.length() - 2) + "…";
        }
        graphics.drawString(name, x, y + SIDE / 2 + 4);
    }

    /** As large as the place allows, with the sides' ratio. */
    private static void draw(Graphics2D graphics, BufferedImage image, int x, int y) {
        double scale = (double) SIDE / Math.max(image.getWidth(), image.getHeight());
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        graphics.drawImage(image, x + (SIDE - width) / 2, y + (SIDE - height) / 2, width, height, null);
    }
}
