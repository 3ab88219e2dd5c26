package normlab.app.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import normlab.app.Home;

/** Looks at everything that a campaign needs, side by side, since some of it is asked of other programs. */
public final class Doctor {
    private final Home home;

    public Doctor(Home home) {
        this.home = home;
    }

    /** In the order in which a person mends things. */
    public List<Finding> examine() throws InterruptedException {
        Tools tools = new Tools();
        MachineChecks machine = new MachineChecks(home);
        StackChecks stack = new StackChecks(home);
        List<Callable<List<Finding>>> checks = List.of(
                () -> List.of(tools.jdk()),
                () -> List.of(tools.maven()),
                () -> List.of(tools.python()),
                () -> List.of(machine.memory(), machine.disk(), machine.natives()),
                () -> List.of(tools.gpu()),
                () -> List.of(tools.containers()),
                machine::settings,
                () -> List.of(stack.credentials()),
                stack::services,
                () -> List.of(stack.clock()));
        List<Finding> findings = new ArrayList<>();
        try (ExecutorService side = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<Finding>> answer : side.invokeAll(checks)) {
                findings.addAll(answer.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check failed", e.getCause());
        }
        return findings;
    }
}
