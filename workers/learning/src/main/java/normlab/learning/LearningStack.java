package normlab.learning;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import normlab.provenance.TrainingStack;

/** What this build trains with, known without loading the native libraries. */
public final class LearningStack {
    private static final String RESOURCE = "learning.properties";

    private LearningStack() {}

    /** @param threads of one training process */
    public static TrainingStack current(int threads) {
        Properties facts = new Properties();
        try (InputStream in = LearningStack.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the build: build it with Maven");
            }
            facts.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + RESOURCE, e);
        }
        return new TrainingStack(
                facts.getProperty("sourceDigest"),
                facts.getProperty("djl"),
                pytorch(facts.getProperty("pytorch")),
                ComputeDevice.ofEnvironment().deviceClass(),
                threads);
    }

    /** DjlProperties of another build of the same version may compute other bits. */
    private static String pytorch(String version) {
        String flavour = Optional.ofNullable(System.getenv("PYTORCH_FLAVOR")).orElse("cpu");
        return System.getenv("PYTORCH_LIBRARY_PATH") == null ? version : version + " of an installation, " + flavour;
    }
}
