package normlab.report.figure;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Draws to an SVG element whose identifiers are unique to the figure, so that several fit in one page, and whose bytes
 * depend on the drawing alone.
 */
final class SvgWriter {
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final Map<String, String> CLASSES = Map.of(rgb(Style.INK), "ink", rgb(Style.GRID), "grid");

    private SvgWriter() {}

    static String write(String name, String title, String description, Dimension size, Consumer<Graphics2D> drawing) {
        Document document = document();
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment("");
        context.setPrecision(2);
        context.setIDGenerator(new FigureIds(name));
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(size);
        drawing.accept(graphics);
        Element root = graphics.getRoot();
        root.removeAttribute("width");
        root.removeAttribute("height");
        root.setAttribute("viewBox", "0 0 %d %d".formatted(size.width, size.height));
        root.setAttribute("role", "img");
        root.setAttribute("aria-labelledby", name + "-title " + name + "-desc");
        mark(root, name);
        describe(document, root, name, title, description);
        return text(root);
    }

    /** Batik uses the same names for definitions in every picture and writes no classes. */
    private static void mark(Element element, String name) {
        if (element.getAttribute("id").equals("genericDefs")) {
            element.setAttribute("id", name + "-defs");
        }
        String classes = "";
        for (String paint : new String[] {"fill", "stroke"}) {
            String kind = CLASSES.get(element.getAttribute(paint));
            classes += kind == null ? "" : " " + kind + "-" + paint;
        }
        if (!classes.isEmpty()) {
            element.setAttribute("class", classes.trim());
        }
        NodeList children = element.getChildNodes();
        for (int i = children.getLength() - 1; i >= 0; i--) {
            Node child = children.item(i);
            if (child instanceof Element inner) {
                mark(inner, name);
            } else if (child.getNodeType() == Node.COMMENT_NODE) {
                element.removeChild(child);
            }
        }
    }

    private static void describe(Document document, Element root, String name, String title, String description) {
        Element desc = document.createElementNS(SVG, "desc");
        desc.setAttribute("id", name + "-desc");
        desc.setTextContent(description);
        root.insertBefore(desc, root.getFirstChild());
        Element heading = document.createElementNS(SVG, "title");
        heading.setAttribute("id", name + "-title");
        heading.setTextContent(title);
        root.insertBefore(heading, desc);
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java cannot make XML documents", e);
        }
    }

    private static String text(Element root) {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            transformer.transform(new DOMSource(root), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException("cannot write a figure as XML", e);
        }
    }

    private static String rgb(Color color) {
        return "rgb(%d,%d,%d)".formatted(color.getRed(), color.getGreen(), color.getBlue());
    }

    private static final class FigureIds extends SVGIDGenerator {
        private final String figure;
        private final Map<String, Integer> used = new HashMap<>();

        FigureIds(String figure) {
            this.figure = figure;
        }

        @Override
        public String generateID(String prefix) {
            return "%s-%s%d".formatted(figure, prefix, used.merge(prefix, 1, Integer::sum));
        }
    }
}
