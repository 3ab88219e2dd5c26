package normlab.report.figure;

/**
 * A figure in both forms.
 *
 * @param name for file names: {@code sigmoid-training-loss}
 * @param title one line
 * @param description what it shows, in words, with its last values: for readers who cannot see it
 * @param svg one element, to stand alone or in HTML; text and grid carry classes that a page's style may recolour
 * @param png the same picture on white, at twice the size; not to be changed
 */
public record Figure(String name, String title, String description, String svg, byte[] png) {}
