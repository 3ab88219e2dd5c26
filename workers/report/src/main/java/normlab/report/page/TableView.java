package normlab.report.page;

import java.util.List;

/**
 * A table for the template; the first cell of a row is the row's heading.
 *
 * @param caption names the table, also for screen readers
 */
public record TableView(String caption, List<String> head, List<List<CellView>> rows) {
    public TableView {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
