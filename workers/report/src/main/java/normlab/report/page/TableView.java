package normlab.report.page;

import java.util.List;

/**
 * A table as the template reads it; the first field of a row is its heading.
 *
 * @param caption names it for readers who cannot see it
 */
public record TableView(String caption, List<String> head, List<List<CellView>> rows) {
    public TableView {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
