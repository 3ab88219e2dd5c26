package normlab.platform.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import normlab.platform.mlflow.FaultyGateway.Fault;
import normlab.platform.mlflow.FaultyGateway.Faults;
import normlab.platform.mlflow.MlflowServer.Login;
import normlab.port.RunTracker.TrackerException;
import normlab.port.TrackedModel;
import normlab.port.TrackedModel.Registration;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.Attachment;
import normlab.port.TrackedRun.Identity;
import normlab.provenance.Sha256;
import normlab.testkit.RunLike;
import normlab.testkit.TrackedRuns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the tracker lives with what MLflow's Java client does not do well. */
class MlflowConnectionTest {
    @RegisterExtension
    static final MlflowExtension MLFLOW = new MlflowExtension();

    private static MlflowClients mlflow;

    private final String experiment = "guarded-" + UUID.randomUUID();
    private final TrackedRun campaign = TrackedRuns.campaign(experiment, "r-" + UUID.randomUUID());
    private final TrackedRun trial =
            RunLike.of(TrackedRuns.trial(campaign, 1)).model(model()).run();

    @BeforeAll
    static void connect() {
        mlflow = MlflowClients.of(MLFLOW.server(), MLFLOW.settings());
    }

    @AfterAll
    static void disconnect() {
        mlflow.close();
    }

    /** The client itself would wait for ever. */
    @Test
    void aServerThatHangsIsLeftAtTheDeadlineAndAskedAgainLater() throws IOException {
        Faults faults = Faults.first(1, Fault.HANG, path -> path.endsWith("/runs/search"));
        try (FaultyGateway link = new FaultyGateway(MLFLOW.address(), faults);
                MlflowTracker tracker = new MlflowTracker(
                        MlflowServer.open(link.address()), mlflow.store()::upload, Duration.ofSeconds(5))) {
            assertThatThrownBy(() -> tracker.project(List.of(campaign)))
                    .isInstanceOfSatisfying(
                            TrackerException.class,
                            e -> assertThat(e.retryable()).isTrue())
                    .hasMessageContaining("POST " + link.address() + "/api/2.0/mlflow/runs/search")
                    .hasMessageContaining("no answer within 5000 ms");
            assertThat(tracker.project(List.of(campaign))).hasSize(1);
        }
    }

    /** The client sends each of these creations three times, and each makes another run, model or version. */
    @Test
    void creationsThatAreAnsweredByAnErrorAlthoughTheyWereDoneLeaveNothingTwice() throws IOException {
        for (String creation : List.of("runs/create", "logged-models", "model-versions/create")) {
            Faults faults = Faults.first(2, Fault.ERROR_AFTERWARDS, path -> path.endsWith("/" + creation));
            try (FaultyGateway link = new FaultyGateway(MLFLOW.address(), faults);
                    MlflowTracker tracker =
                            new MlflowTracker(MlflowServer.open(link.address()), mlflow.store()::upload)) {
                tracker.project(List.of(campaign, trial));
            }
        }
        assertThat(mlflow.view().runs(experiment)).hasSize(2);
        assertThat(mlflow.view().models(experiment)).hasSize(1);
        assertThat(mlflow.view().versions(experiment + ".cbn")).containsExactly("1");
    }

    /** The client itself would wait for two minutes. */
    @Test
    void anAddressWhereNothingAnswersIsGivenUpSoonerThanAServerThatHangs() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket second = new Socket(full.getInetAddress(), full.getLocalPort());
                MlflowConnection dead = connection(full.getLocalPort(), Optional.empty())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            assertThatThrownBy(() -> dead.ask("GET runs/get", c -> c.getRun("r")))
                    .isInstanceOf(MlflowRefusal.class)
                    .hasMessageContaining("timed out");
        }
    }

    /** The client itself takes the login along. */
    @Test
    void aRedirectIsNotFollowedSoTheLoginReachesNoOtherServer() throws IOException {
        List<String> reached = Collections.synchronizedList(new ArrayList<>());
        HttpServer other = server(exchange -> {
            reached.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(200, -1);
        });
        HttpServer redirecting = server(exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:%d/".formatted(port(other)));
            exchange.sendResponseHeaders(302, -1);
        });
        Login login = new Login("user", "password");
        try (MlflowConnection connection = connection(port(redirecting), Optional.of(login))) {
            assertThatThrownBy(() -> connection.ask("GET runs/get", c -> c.getRun("r")))
                    .isInstanceOf(MlflowRefusal.class)
                    .hasMessageContaining("is it an MLflow server?");
        } finally {
            other.stop(0);
            redirecting.stop(0);
        }
        assertThat(reached).isEmpty();
    }

    private static MlflowConnection connection(int port, Optional<Login> login) {
        URI address = URI.create("http://127.0.0.1:" + port);
        return new MlflowConnection(new MlflowServer(address, address, login), MlflowConnection.DEADLINE);
    }

    private static HttpServer server(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
        server.start();
        return server;
    }

    private static int port(HttpServer server) {
        return server.getAddress().getPort();
    }

    private TrackedModel model() {
        return new TrackedModel(
                new Identity("normlab.model", Sha256.of(experiment)),
                "cbn-s1",
                "djl_pytorch",
                Map.of("activation", "sigmoid"),
                Set.of("validation/accuracy"),
                List.of(Attachment.of("model.safetensors", "weights".getBytes(StandardCharsets.UTF_8))),
                Optional.of(new Registration(experiment + ".cbn", "First seed.", "headline")));
    }
}
