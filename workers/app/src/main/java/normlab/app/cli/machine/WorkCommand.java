package normlab.app.cli.machine;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Session;
import normlab.app.config.Connections;
import normlab.app.config.EnvironmentVariables;
import normlab.app.config.Home;
import normlab.app.config.Target;
import normlab.app.worker.Workers;
import normlab.platform.metrics.MetricsServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A worker process. */
@Command(name = "work", hidden = true, description = "Run a worker process until SIGTERM.")
public final class WorkCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(WorkCommand.class);

    @Parameters(paramLabel = "ROLE")
    private String role = "";

    @Override
    public Integer call() throws InterruptedException {
        Home home = Home.current();
        Connections connections = Connections.to(Session.target(home, LOG::info));
        if (Target.cluster().isPresent() && role.equals(Workers.COORDINATOR)) {
            // The supervisor of an embedded stack has done so before; in a cluster nobody else does.
            SuperviseCommand.prepare(connections, home);
        }
        MetricsServer metrics = MetricsServer.start(
                EnvironmentVariables.ofThisProcess().metrics(), home.stack().metrics(role), role);
        AutoCloseable working = Workers.start(role, home, connections);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(working, connections, metrics), "stop"));
        new CountDownLatch(1).await();
        return ExitCode.DONE;
    }

    private void stop(AutoCloseable working, Connections connections, MetricsServer metrics) {
        LOG.info("{} stops", role);
        try {
            working.close();
        } catch (Exception e) {
            LOG.error("{} did not stop cleanly", role, e);
        }
        connections.close();
        metrics.close();
    }
}
