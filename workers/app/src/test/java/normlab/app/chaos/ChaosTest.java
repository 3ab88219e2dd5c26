package normlab.app.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
 * {@code make chaos}: runs every fault of the table against real servers and real trainings, in half an hour. Faults that
 * mostly mean waiting run at the same time on a second stack. The property {@code normlab.chaos.only} is a pattern: only
 * faults whose text matches it run, and the page is not written.
 */
@Tag("chaos")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class ChaosTest {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("normlab.home")).toAbsolutePath();
    private static final String ONLY = System.getProperty("normlab.chaos.only", "");
    private static final PrintStream OUT = System.out;
    private static final int TRIES = 5;
    private static final Instant BEGUN = Instant.now();
    private static final List<Fault> FAULTS = Faults.all().stream()
            .filter(fault -> Pattern.compile(ONLY).matcher(fault.what()).find())
            .toList();
    private static final Map<Fault, Row> SURVIVED = new ConcurrentHashMap<>();
    private static final Map<Fault, String> LINES = new ConcurrentHashMap<>();
    private static final ExecutorService BESIDE = Executors.newSingleThreadExecutor();
    private static final Laboratory LABORATORY = laboratory("target/chaos");
    private static final Laboratory SECOND = laboratory("target/chaos-waiting");

    private static Laboratory laboratory(String folder) {
        return new Laboratory(CHECKOUT, Path.of(folder).toAbsolutePath());
    }

    @BeforeAll
    static void runUndisturbed() throws IOException, InterruptedException {
        SECOND.clearUp();
        LABORATORY.open();
        LABORATORY.runUndisturbed();
        OUT.printf(
                "Without faults: %d trials of %d epochs in %.0f s%n%n%s",
                Laboratory.TRIALS, Laboratory.EPOCHS, LABORATORY.usual().toMillis() / 1e3, Row.HEAD);
    }

    @TestFactory
    Stream<DynamicTest> aCampaignSurvives() {
        Map<Fault, Future<?>> beside = meetBeside();
        return Stream.concat(
                FAULTS.stream()
                        .filter(fault -> !fault.waiting())
                        .map(fault -> DynamicTest.dynamicTest(fault.what(), () -> meet(LABORATORY, fault))),
                beside.entrySet().stream()
                        .map(met -> DynamicTest.dynamicTest(
                                met.getKey().what(), () -> met.getValue().get())));
    }

    /** Meets those that are mostly waiting one after the other, on a stack of their own. */
    private static Map<Fault, Future<?>> meetBeside() {
        Map<Fault, Future<?>> met = new LinkedHashMap<>();
        List<Fault> faults = FAULTS.stream().filter(Fault::waiting).toList();
        if (!faults.isEmpty()) {
            Future<Laboratory> second = BESIDE.submit(() -> {
                SECOND.open();
                SECOND.runUndisturbed();
                return SECOND;
            });
            faults.forEach(fault -> met.put(fault, BESIDE.submit(() -> {
                meet(second.get(), fault);
                return fault;
            })));
            BESIDE.submit(SECOND::stop);
        }
        return met;
    }

    private static void meet(Laboratory where, Fault fault) throws Exception {
        try {
            Row row = survive(where, fault);
            SURVIVED.put(fault, row);
            tell(fault, row.markdown());
        } catch (TestAbortedException e) {
            tell(fault, Row.markdown(fault.what(), "not run: " + e.getMessage()));
            throw e;
        } catch (Exception | AssertionError e) {
            tell(fault, Row.markdown(fault.what(), String.valueOf(e.getMessage())));
            throw e;
        }
    }

    /** A fault that misses its moment is neither survived nor not: it is tried again with another campaign. */
    private static Row survive(Laboratory where, Fault fault) throws Exception {
        for (int i = 1; ; i++) {
            Drill drill = new Drill(where, fault.site());
            try {
                fault.blow().strike(drill);
                return drill.end(fault);
            } catch (MissedMomentException e) {
                if (i == TRIES) {
                    throw new TestAbortedException("%s, in %d campaigns".formatted(e.getMessage(), i), e);
                }
            } finally {
                drill.leave();
            }
        }
    }

    private static void tell(Fault fault, String row) {
        OUT.println(row);
        LINES.put(fault, row);
    }

    @AfterAll
    static void stop() {
        try {
            show();
        } finally {
            BESIDE.close();
            LABORATORY.stop();
        }
    }

    private static void show() {
        List<Row> rows =
                FAULTS.stream().filter(SURVIVED::containsKey).map(SURVIVED::get).toList();
        String summary = Summary.of(rows, FAULTS.size(), Duration.between(BEGUN, Instant.now()));
        OUT.printf("%n%s%n", summary);
        if (ONLY.isEmpty() && !LINES.isEmpty()) {
            List<String> lines = FAULTS.stream()
                    .map(fault -> LINES.getOrDefault(fault, Row.markdown(fault.what(), "not run")))
                    .toList();
            Page.write(CHECKOUT.resolve("docs/reliability.md"), LABORATORY.usual(), lines, summary);
        }
    }
}
