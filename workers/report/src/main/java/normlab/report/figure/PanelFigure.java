package normlab.report.figure;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Panels side by side with one legend: in the last place of the grid, or below it. */
final class PanelFigure {
    static final int WIDTH = 340;
    static final int HEIGHT = 250;
    private static final int COLUMNS = 3;
    private static final int MARGIN = 14;

    private final List<Panel> panels;
    private final int columns;
    private final Legend legend;
    private final boolean inGrid;

    /** @param panels at least one */
    PanelFigure(List<Panel> panels) {
        this.panels = List.copyOf(panels);
        int withLegend = Math.min(COLUMNS, panels.size() + 1);
        Legend narrow = new Legend(series(), WIDTH - 2 * MARGIN, 1);
        this.inGrid = panels.size() % withLegend != 0 && narrow.height() <= HEIGHT - 2 * MARGIN;
        this.columns = inGrid ? withLegend : Math.min(COLUMNS, panels.size());
        this.legend = inGrid ? narrow : new Legend(series(), WIDTH - 2 * MARGIN, columns);
    }

    /** @param quantity what the lines show, for the description */
    static Figure figure(String name, String title, String quantity, List<Panel> panels) {
        PanelFigure figure = new PanelFigure(panels);
        String description =
                "%s. Lines show the mean of %s over seeds, bands one standard deviation. At the right end: %s"
                        .formatted(
                                title,
                                quantity,
                                panels.stream().map(Panel::description).collect(Collectors.joining(" ")));
        return Drawing.figure(name, title, description, figure.size(), figure::draw);
    }

    private List<Curve> series() {
        Map<String, Curve> byTitle = new LinkedHashMap<>();
        panels.forEach(p -> p.curves().forEach(c -> byTitle.putIfAbsent(c.title(), c)));
        return new ArrayList<>(byTitle.values());
    }

    Dimension size() {
        int rows = (panels.size() + columns - 1) / columns;
        return new Dimension(columns * WIDTH, rows * HEIGHT + (inGrid ? 0 : legend.height() + 2 * MARGIN));
    }

    void draw(Graphics2D g2) {
        for (int i = 0; i < panels.size(); i++) {
            panels.get(i).draw(g2, place(i));
        }
        Rectangle2D last = place(panels.size());
        double top = inGrid ? last.getMinY() + 2 * MARGIN : size().height - legend.height() - MARGIN;
        legend.draw(g2, inGrid ? last.getMinX() + MARGIN : MARGIN, top);
    }

    private Rectangle2D place(int index) {
        return new Rectangle2D.Double(
                (index % columns) * (double) WIDTH, (index / columns) * (double) HEIGHT, WIDTH, HEIGHT);
    }
}
