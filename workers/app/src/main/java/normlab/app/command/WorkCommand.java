package normlab.app.command;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import normlab.app.Connections;
import normlab.app.Home;
import normlab.app.Target;
import normlab.app.worker.Workers;
import normlab.json.InvalidInputException;
import normlab.platform.metrics.MetricsServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A worker process. */
@Command(name = "work", hidden = true, description = "Take tasks of a role until SIGTERM.")
final class WorkCommand implements Callable<Integer> {
    private static final String METRICS = "NORMLAB_METRICS";
    private static final Logger LOG = LoggerFactory.getLogger(WorkCommand.class);

    @Parameters(paramLabel = "ROLE")
    private String role = "";

    @Override
    public Integer call() throws InterruptedException {
        Home home = NormLab.home();
        Connections connections = Connections.to(Session.target(home));
        if (Target.cluster().isPresent() && role.equals(Workers.COORDINATOR)) {
            // The supervisor of an embedded stack has done so before; in a cluster nobody else does.
            SuperviseCommand.prepare(connections, home);
        }
        MetricsServer metrics =
                MetricsServer.start(metricsAddress(), home.stack().metrics(role), role);
        AutoCloseable working = Workers.start(role, home, connections);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(working, connections, metrics), "stop"));
        new CountDownLatch(1).await();
        return ExitCode.DONE;
    }

    /** Loopback and any port that is free, unless the environment says otherwise, as it must between containers. */
    private static InetSocketAddress metricsAddress() {
        String address = Optional.ofNullable(System.getenv(METRICS)).orElse("127.0.0.1:0");
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new InvalidInputException(
                    METRICS, "is '%s', expected host:port such as 0.0.0.0:9464".formatted(address));
        }
        return new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
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
