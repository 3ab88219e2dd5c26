package normlab.app.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

/**
 * {@code make chaos}: the table of faults against real servers and real trainings, in half an hour. The property
 * {@code normlab.chaos.only} keeps those in whose text the pattern is found, and then the page stays as it is.
 */
@Tag("chaos")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class ChaosTest {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("normlab.home")).toAbsolutePath();
    private static final String ONLY = System.getProperty("normlab.chaos.only", "");
    private static final PrintStream OUT = System.out;
    private static final List<String> ROWS = new ArrayList<>();
    private static final List<Row> SURVIVED = new ArrayList<>();
    private static final Instant BEGUN = Instant.now();
    private static Laboratory laboratory;

    @BeforeAll
    static void runUndisturbed() throws IOException, InterruptedException {
        laboratory = new Laboratory(CHECKOUT, Path.of("target/chaos").toAbsolutePath());
        laboratory.runUndisturbed();
        OUT.printf(
                "Undisturbed: %d trials of %d epochs in %.0f s%n%n%s",
                Laboratory.TRIALS, Laboratory.EPOCHS, laboratory.usual().toMillis() / 1e3, Row.HEAD);
    }

    @TestFactory
    Stream<DynamicTest> aCampaignSurvives() {
        return Faults.all().stream()
                .filter(fault -> Pattern.compile(ONLY).matcher(fault.what()).find())
                .map(fault -> DynamicTest.dynamicTest(fault.what(), () -> meet(fault)));
    }

    private static void meet(Fault fault) throws Exception {
        try {
            Row row = survive(fault);
            SURVIVED.add(row);
            tell(row.markdown());
        } catch (TestAbortedException e) {
            tell(Row.markdown(fault.what(), "not run: " + e.getMessage()));
            throw e;
        } catch (Exception | AssertionError e) {
            tell(Row.markdown(fault.what(), String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private static Row survive(Fault fault) throws Exception {
        Drill drill = new Drill(laboratory, fault.site());
        try {
            fault.blow().strike(drill);
            return drill.end(fault);
        } finally {
            drill.leave();
        }
    }

    private static void tell(String row) {
        OUT.println(row);
        ROWS.add(row);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        String summary = Summary.of(SURVIVED, ROWS.size(), Duration.between(BEGUN, Instant.now()));
        OUT.printf("%n%s%n", summary);
        if (ONLY.isEmpty()) {
            Page.write(CHECKOUT.resolve("docs/reliability.md"), laboratory.usual(), ROWS, summary);
        }
        laboratory.stop();
    }
}
