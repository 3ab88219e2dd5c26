package normlab.report.page;

import java.util.Locale;

/** Addresses that a page may link to. */
final class Links {
    private Links() {}

    /** The address if it is http or https; else nothing. */
    static String web(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://") ? address : "";
    }
}
