package normlab.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes the fixture's reports to a folder, to view them in a browser. */
public final class Looking {
    private Looking() {}

    /** @param arguments the target folder */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Report quick = Report.of(Fixture.quick(), Fixture.claims());
        Report spoilt = Report.of(Fixture.campaign(ReportTest.experiment(), ReportTest::spoil), Fixture.claims());
        Map<String, byte[]> files = new TreeMap<>(quick.files());
        files.put("spoilt.html", spoilt.html().getBytes(StandardCharsets.UTF_8));
        Report probed = Report.of(
                ProbedFixture.campaign((activation, arm, scaleFree) -> arm.equals("cbn") ? 1 : 2), Fixture.claims());
        files.put("probed.html", probed.html().getBytes(StandardCharsets.UTF_8));
        Report attempted = Report.of(
                Fixture.campaign(Fixture.experiment(Fixture.arms(), Fixture.comparisons()), Fixture::attempted),
                Fixture.claims());
        files.put("attempted.html", attempted.html().getBytes(StandardCharsets.UTF_8));
        files.put("terminal.txt", quick.terminalTable().getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling("."));
            Files.write(path, file.getValue());
        }
    }
}
