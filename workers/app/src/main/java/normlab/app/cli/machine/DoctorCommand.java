package normlab.app.cli.machine;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.config.Home;
import normlab.app.doctor.Diagnosis;
import normlab.app.doctor.Doctor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what this machine has of what NormLab needs. */
@Command(name = "doctor", description = "Check everything that a campaign needs, and say how to fix what is missing.")
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        List<Diagnosis> findings = new Doctor(Home.current()).examine();
        output.print(findings, out -> {
            findings.forEach(f -> print(f, out));
            out.println();
            out.println(verdict(findings));
        });
        return findings.stream().anyMatch(f -> f.standing() == Diagnosis.Severity.PROBLEM)
                ? ExitCode.CONFIGURATION
                : ExitCode.DONE;
    }

    private static String verdict(List<Diagnosis> findings) {
        long problems = findings.stream()
                .filter(f -> f.standing() == Diagnosis.Severity.PROBLEM)
                .count();
        return problems == 0
                ? "A campaign can run here: ./normlab run smoke tries it, in seconds."
                : "%d problem(s) to fix before a campaign can run here.".formatted(problems);
    }

    private static void print(Diagnosis finding, PrintWriter out) {
        String mark = switch (finding.standing()) {
            case GOOD -> "good";
            case NOTE -> "note";
            case PROBLEM -> "PROBLEM";
        };
        out.printf("%-8s %-20s %s%n", mark, finding.subject(), finding.found());
        if (finding.standing() != Diagnosis.Severity.GOOD) {
            out.printf("%29s needed: %s%n", "", finding.needed());
            if (!finding.remedy().isEmpty()) {
                out.printf("%29s fix:    %s%n", "", finding.remedy());
            }
        }
    }
}
