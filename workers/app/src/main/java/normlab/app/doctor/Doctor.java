package normlab.app.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import normlab.app.config.Home;
import normlab.learning.ComputeDevice;

/** Looks at everything that a campaign needs, side by side, since some of it is asked of other programs. */
public final class Doctor {
    private final Home home;

    public Doctor(Home home) {
        this.home = home;
    }

    /** In the order in which a person mends things. */
    public List<Diagnosis> examine() throws InterruptedException {
        Tools tools = new Tools();
        MachineChecks machine = new MachineChecks(home);
        List<Check> checks = List.of(
                new Check("JDK", () -> List.of(tools.jdk())),
                new Check("Maven", () -> List.of(tools.maven())),
                new Check("Python", () -> List.of(tools.python())),
                new Check("memory", () -> List.of(machine.memory())),
                new Check("disk", () -> List.of(machine.disk())),
                new Check("natives", () -> List.of(machine.natives())),
                new Check(
                        "GPU",
                        () -> GpuChecks.of(
                                        home,
                                        ComputeDevice.ofEnvironment().gpu().isPresent())
                                .examine()),
                new Check("container engine", () -> List.of(tools.containers())),
                new Check("settings", machine::settings),
                new Check("credentials", () -> List.of(new StackChecks(home).credentials())),
                new Check("services", () -> new StackChecks(home).services()),
                new Check("clock", () -> List.of(new StackChecks(home).clock())));
        List<Diagnosis> findings = new ArrayList<>();
        try (ExecutorService side = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<Diagnosis>> answer : side.invokeAll(checks)) {
                findings.addAll(answer.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check failed", e.getCause());
        }
        return findings;
    }

    /** One that cannot be made is a finding itself: the others are no less worth knowing. */
    private record Check(String subject, Callable<List<Diagnosis>> look) implements Callable<List<Diagnosis>> {
        @Override
        public List<Diagnosis> call() throws Exception {
            try {
                return look.call();
            } catch (RuntimeException e) {
                return List.of(Diagnosis.problem(
                        subject,
                        String.valueOf(e.getMessage()),
                        "something that can be looked at",
                        "mend what is named"));
            }
        }
    }
}
