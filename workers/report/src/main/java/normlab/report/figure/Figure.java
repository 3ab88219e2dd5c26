package normlab.report.figure;

/**
 * A figure as SVG and PNG.
 *
 * @param name the name used in file names: {@code sigmoid-training-loss}
 * @param title one line
 * @param description what it shows, in words, with its last values, for readers who cannot see it
 * @param svg one element for a file or a page; text and grid have CSS classes so that a page can recolour them
 * @param png the same picture on white, at twice the size; must not be modified
 */
public record Figure(String name, String title, String description, String svg, byte[] png) {}
