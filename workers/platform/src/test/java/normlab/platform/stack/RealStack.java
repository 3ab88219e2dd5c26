package normlab.platform.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The real servers by hand: {@code supervise|up|down <root> <infra>}. For trying out, not part of the tests. */
final class RealStack {
    private RealStack() {}

    public static void main(String[] args) throws InterruptedException {
        StackSettings settings = StackSettings.of(Path.of(args[1]), Path.of(args[2]));
        Stack stack = new Stack(settings.paths());
        switch (args[0]) {
            case "supervise" ->
                new Supervisor(
                                settings,
                                state -> System.out.println("servers are healthy: " + state.endpoints()),
                                state -> List.of(ProcessSpec.worker(
                                        "worker-0", List.of("sleep", "1000"), Map.of(), Duration.ofSeconds(5))))
                        .run();
            case "up" -> System.out.println(stack.up(supervisor(args), Duration.ofMinutes(10), RealStack::print));
            case "down" -> System.out.println(stack.down(RealStack::print));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static List<String> supervisor(String[] args) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                RealStack.class.getName(),
                "supervise",
                args[1],
                args[2]);
    }

    private static void print(String line) {
        System.out.println(java.time.LocalTime.now().withNano(0) + " " + line);
    }
}
