package normlab.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which code judges: a claim's rule is as much in the code that applies it as in the file that states it. */
public final class JudgingCode {
    private static final String RESOURCE = "judging.properties";

    private JudgingCode() {}

    /** SHA-256 of the sources of analysis, statistics and claims, without comments and white space. */
    public static String digest() {
        Properties facts = new Properties();
        try (InputStream in = JudgingCode.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the build: build it with Maven");
            }
            facts.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
        return facts.getProperty("sourceDigest");
    }
}
