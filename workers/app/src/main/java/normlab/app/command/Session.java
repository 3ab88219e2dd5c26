package normlab.app.command;

import java.time.Duration;
import normlab.app.Connections;
import normlab.app.Home;
import normlab.app.StackProcesses;
import normlab.json.InvalidInputException;
import normlab.platform.conductor.ConductorEngine;
import normlab.platform.stack.Stack;
import normlab.platform.stack.StackException;
import normlab.platform.stack.StackState;
import normlab.trial.RunArchive;

/** A command's connection to the running stack. */
final class Session implements AutoCloseable {
    private static final Duration FIRST_INSTALLATION = Duration.ofMinutes(15);

    private final Home home;
    private final StackState stack;
    private final Connections connections;
    private final ConductorEngine engine;

    private Session(Home home, StackState stack) {
        this.home = home;
        this.stack = stack;
        this.connections = Connections.to(stack.endpoints(), home);
        this.engine = new ConductorEngine(connections.conductor());
    }

    /** Starts the stack where it does not run. */
    static Session up(Home home, Progress progress) throws InterruptedException {
        return new Session(home, start(home, progress));
    }

    static StackState start(Home home, Progress progress) throws InterruptedException {
        return new Stack(home.stack()).up(new StackProcesses(home).supervisor(), FIRST_INSTALLATION, progress::say);
    }

    /** @throws StackException if the stack does not run */
    static Session running(Home home) {
        StackState state = new Stack(home.stack())
                .state()
                .orElseThrow(() -> new StackException("the stack does not run; start it: ./normlab up"));
        return new Session(home, state);
    }

    /** @throws InvalidInputException if the store has no such campaign */
    RunArchive campaign(String run) {
        RunArchive archive = new RunArchive(connections.store(), run);
        if (archive.record().isEmpty()) {
            throw new InvalidInputException(run, "is not a campaign of this store; ./normlab status lists them");
        }
        return archive;
    }

    Home home() {
        return home;
    }

    StackState stack() {
        return stack;
    }

    Connections connections() {
        return connections;
    }

    ConductorEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
        connections.close();
    }
}
