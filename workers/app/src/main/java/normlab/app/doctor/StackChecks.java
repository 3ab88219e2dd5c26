package normlab.app.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.app.config.Home;
import normlab.app.config.Target;
import normlab.platform.process.ProcessInfo;
import normlab.platform.server.Ports;
import normlab.platform.stack.Stack;

/** The servers, if they run, and what they would need, if not. */
final class StackChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** S3 refuses requests that are signed with a clock farther off than 15 minutes. */
    private static final Duration LARGEST_SKEW = Duration.ofMinutes(5);

    private final Home home;
    private final Optional<Target> target;

    StackChecks(Home home) {
        this.home = home;
        this.target = Target.cluster()
                .or(() -> new Stack(home.stack()).state().map(state -> Target.embedded(state.endpoints(), home)));
    }

    Diagnosis credentials() {
        Path file = home.stack().credentials();
        String needed = "a file that only its owner reads (rw-------)";
        try {
            if (!Files.exists(file)) {
                return Diagnosis.good("credentials", "none yet: made at the first start", needed);
            }
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            return Diagnosis.of(
                    mode.endsWith("------"),
                    "credentials",
                    "%s, %s".formatted(file, mode),
                    needed,
                    "chmod 600 " + file);
        } catch (IOException e) {
            return Diagnosis.problem("credentials", "cannot be read: " + e.getMessage(), needed, "chmod 600 " + file);
        }
    }

    List<Diagnosis> services() throws InterruptedException {
        if (target.isEmpty()) {
            return ports();
        }
        Map<String, URI> servers = new LinkedHashMap<>();
        servers.put("Conductor", target.get().conductor());
        servers.put("MLflow", target.get().mlflow().ui());
        servers.put("S3 store", target.get().store().endpoint());
        List<Diagnosis> findings = new ArrayList<>();
        for (Map.Entry<String, URI> server : servers.entrySet()) {
            Optional<HttpResponse<Void>> answer = ask(server.getValue());
            findings.add(Diagnosis.of(
                    answer.isPresent(),
                    server.getKey(),
                    server.getValue() + (answer.isPresent() ? " answers" : " does not answer"),
                    "an answer",
                    "wait a moment, since what dies is started again; if that does not help, ./normlab down, then "
                            + "./normlab up; logs lie in " + home.data().resolve("logs")));
        }
        Target.cluster().ifPresentOrElse(cluster -> {}, () -> findings.addAll(workers()));
        return findings;
    }

    private List<Diagnosis> workers() {
        return new Stack(home.stack())
                .state().stream()
                        .flatMap(state -> state.members().stream())
                        .filter(m -> m.restarts() > 0 || m.status() != ProcessInfo.Status.UP)
                        .map(m -> Diagnosis.note(
                                m.name(),
                                "%s, started again %s"
                                        .formatted(m.status(), m.restarts() == 1 ? "once" : m.restarts() + " times"),
                                "to run since the stack's start",
                                "its log: " + home.stack().log(m.name())))
                        .toList();
    }

    private static List<Diagnosis> ports() {
        List<Diagnosis> findings = new ArrayList<>();
        findings.add(
                Diagnosis.note("services", "the stack does not run", "none until a campaign starts", "./normlab up"));
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("port of Conductor", Ports.PREFERRED.conductor());
        ports.put("port of MLflow", Ports.PREFERRED.mlflow());
        ports.put("port of the S3 store", Ports.PREFERRED.s3());
        ports.forEach((name, port) -> findings.add(
                isFree(port)
                        ? Diagnosis.good(name, port + " is free", "a free port")
                        : Diagnosis.note(
                                name,
                                port + " is taken by another program",
                                "nothing: the stack then takes a free one",
                                "")));
        return findings;
    }

    private static boolean isFree(int port) {
        try (ServerSocket held = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return held.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    Diagnosis clock() throws InterruptedException {
        String needed =
                "within %d minutes of the store's: it refuses older signatures".formatted(LARGEST_SKEW.toMinutes());
        Optional<Instant> theirs = target.isEmpty()
                ? Optional.empty()
                : ask(target.get().store().endpoint())
                        .flatMap(a -> a.headers().firstValue("Date"))
                        .map(d -> ZonedDateTime.parse(d, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
        if (theirs.isEmpty()) {
            return Diagnosis.good(
                    "clock", Instant.now().truncatedTo(ChronoUnit.SECONDS) + ", nothing to compare it with", needed);
        }
        Duration skew = Duration.between(theirs.get(), Instant.now()).abs();
        return Diagnosis.of(
                skew.compareTo(LARGEST_SKEW) < 0,
                "clock",
                "%d s from the store's".formatted(skew.toSeconds()),
                needed,
                "let NTP set it: timedatectl set-ntp true");
    }

    private static Optional<HttpResponse<Void>> ask(URI address) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            return Optional.of(client.send(request, HttpResponse.BodyHandlers.discarding()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
