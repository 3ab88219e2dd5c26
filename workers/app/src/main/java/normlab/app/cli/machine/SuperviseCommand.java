package normlab.app.cli.machine;

import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.config.Connections;
import normlab.app.config.Home;
import normlab.app.config.Slots;
import normlab.app.worker.StackProcesses;
import normlab.app.worker.WorkerSetup;
import normlab.platform.conductor.ConductorEngine;
import normlab.platform.stack.StackState;
import normlab.platform.stack.Supervisor;
import picocli.CommandLine.Command;

/** The supervisor process. */
@Command(name = "supervise", hidden = true, description = "Run the stack's processes until SIGTERM.")
public final class SuperviseCommand implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
        Home home = Home.current();
        Slots slots = Slots.ofThisMachine();
        new Supervisor(
                        home.stackSettings().withSetup(WorkerSetup.ofThisProcess()),
                        state -> prepare(state, home),
                        state -> new StackProcesses(home).workers(slots))
                .run();
        return ExitCode.DONE;
    }

    private static void prepare(StackState state, Home home) {
        try (Connections connections = Connections.to(state.endpoints(), home)) {
            prepare(connections, home);
        }
    }

    /** What workers need of servers that have just started: the bucket, and the definitions of workflows and tasks. */
    static void prepare(Connections connections, Home home) {
        connections.store().ensureBucket();
        try (ConductorEngine engine = new ConductorEngine(connections.conductor())) {
            engine.registerDefinitions(home.workflows());
        }
    }
}
