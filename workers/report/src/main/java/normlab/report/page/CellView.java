package normlab.report.page;

import java.util.List;
import java.util.stream.Stream;

/**
 * A table cell for the template.
 *
 * @param notes small lines below the text
 * @param kind CSS classes of the page: {@code num}, {@code strong}, {@code mono}, {@code warn}
 * @param link an http or https address, or empty
 */
public record CellView(String text, List<String> notes, String kind, String link) {
    public CellView {
        notes = List.copyOf(notes);
    }

    static CellView text(String text) {
        return of(text, "");
    }

    static CellView number(String text) {
        return of(text, "num");
    }

    static CellView mono(String text) {
        return of(text, "mono");
    }

    static CellView of(String text, String kind) {
        return new CellView(text, List.of(), kind, "");
    }

    CellView strongIf(boolean strong) {
        return strong ? new CellView(text, notes, kind + " strong", link) : this;
    }

    CellView warn() {
        return new CellView(text, notes, kind + " warn", link);
    }

    CellView withNote(String words) {
        return new CellView(
                text, Stream.concat(notes.stream(), Stream.of(words)).toList(), kind, link);
    }

    /** Links to a file in the same folder as the page. */
    CellView inFolder(String file) {
        return new CellView(text, notes, kind, file);
    }
}
