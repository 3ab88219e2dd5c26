package normlab.app.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.app.config.Slots;
import normlab.app.worker.StackProcesses;
import normlab.platform.process.ProcessSpec;
import normlab.platform.server.Credentials;
import normlab.platform.server.Endpoints;
import normlab.testkit.FaultyLink;
import normlab.testkit.FaultyLink.Weather;

/** The slots that train in a drill: the stack's two, or one more behind faulty links while those stand still. */
final class Bench {
    private static final String OUTSIDER = "slot-3";
    private static final int SHORT_TIMEOUT_SECONDS = 20;

    private final Laboratory laboratory;
    private final List<String> slots;
    private final List<FaultyLink> links = new ArrayList<>();
    private final List<Process> outsiders = new ArrayList<>();
    private Optional<ShiftedClock> clock = Optional.empty();

    private Bench(Laboratory laboratory, List<String> slots) {
        this.laboratory = laboratory;
        this.slots = slots;
    }

    static Bench on(Laboratory laboratory, Fault.Site site) throws IOException, InterruptedException {
        return switch (site) {
            case USUAL, DAMAGED_CACHE -> new Bench(laboratory, List.of("slot-1", "slot-2"));
            case BEHIND_LINKS -> {
                Bench bench = new Bench(laboratory, List.of(OUTSIDER));
                laboratory.signal("STOP", "slot-1");
                laboratory.signal("STOP", "slot-2");
                bench.start(Map.of(
                        "NORMLAB_TARGET",
                        bench.target(laboratory.running().endpoints()).toString()));
                yield bench;
            }
            case OWN_CLOCK -> {
                ShiftedClock clock = ShiftedClock.built(laboratory.home().data());
                Bench bench = new Bench(laboratory, List.of(OUTSIDER));
                bench.clock = Optional.of(clock);
                laboratory.signal("STOP", "slot-1");
                laboratory.signal("STOP", "slot-2");
                bench.start(clock.environment());
                yield bench;
            }
            case SHORT_RESPONSE_TIMEOUT -> {
                shortenResponseTimeout(laboratory.running().endpoints());
                yield new Bench(laboratory, List.of("slot-1", "slot-2"));
            }
        };
    }

    List<String> slots() {
        return slots;
    }

    /** What a slot remembers of its task, while it has one. */
    Path journal(String slot) {
        return laboratory.home().data().resolve("state").resolve(slot + ".json");
    }

    void freezeSlots() throws IOException, InterruptedException {
        for (String slot : slots) {
            laboratory.signal("STOP", slot);
        }
    }

    void thawSlots() throws IOException, InterruptedException {
        for (String slot : slots) {
            laboratory.signal("CONT", slot);
        }
    }

    void setClock(Duration fromTrueTime) throws IOException {
        clock.orElseThrow().set(fromTrueTime);
    }

    void weather(Weather weather) {
        links.forEach(link -> link.weather(weather));
    }

    /** Starts the outsider, with this in its environment beside the usual. */
    private void start(Map<String, String> environment) throws IOException {
        ProcessSpec spec =
                new StackProcesses(laboratory.home()).workers(new Slots(3, 1)).getLast();
        ProcessBuilder builder = new ProcessBuilder(spec.command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        laboratory.log(OUTSIDER).toFile()));
        builder.environment().putAll(spec.environment());
        builder.environment().putAll(environment);
        outsiders.add(builder.start());
    }

    /** The servers as the outsider sees them: each at the far end of a link. */
    private Path target(Endpoints direct) throws IOException {
        Credentials credentials = Credentials.of(laboratory.home().stack());
        Path secrets = laboratory.home().data().resolve("outsider.json");
        Files.deleteIfExists(secrets);
        Files.createFile(secrets, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        new ObjectMapper()
                .writeValue(
                        secrets.toFile(),
                        Map.of(
                                "store", Map.of("name", credentials.accessKey(), "secret", credentials.secretKey()),
                                "mlflow", Map.of("name", "nobody", "secret", "none")));
        Path target = laboratory.home().data().resolve("outsider.yaml");
        Files.writeString(target, """
                conductor: %s
                mlflow: %s
                store: {endpoint: "%s", region: us-east-1, bucket: %s}
                credentials: %s
                """.formatted(
                        link(direct.conductorUrl()),
                        link(direct.mlflowUrl()),
                        link(direct.s3Endpoint()),
                        direct.bucket(),
                        secrets.getFileName()));
        return target;
    }

    private URI link(String server) {
        URI address = URI.create(server);
        FaultyLink link = FaultyLink.to(address);
        links.add(link);
        return link.address();
    }

    /** Until the next start of the stack, which registers the usual definitions. */
    private static void shortenResponseTimeout(Endpoints endpoints) throws IOException, InterruptedException {
        URI tasks = URI.create(endpoints.conductorUrl()).resolve("/api/metadata/taskdefs");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest get =
                    HttpRequest.newBuilder(URI.create(tasks + "/train")).build();
            String usual =
                    client.send(get, HttpResponse.BodyHandlers.ofString()).body();
            String shorter = usual.replaceAll(
                    "\"responseTimeoutSeconds\":\\d+", "\"responseTimeoutSeconds\":" + SHORT_TIMEOUT_SECONDS);
            HttpRequest put = HttpRequest.newBuilder(tasks)
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString(shorter))
                    .build();
            int status =
                    client.send(put, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                throw new IllegalStateException("the definition of train is refused with status " + status);
            }
        }
    }

    void stop() throws InterruptedException {
        for (Process outsider : outsiders) {
            outsider.destroyForcibly().waitFor();
        }
        links.forEach(FaultyLink::close);
    }
}
