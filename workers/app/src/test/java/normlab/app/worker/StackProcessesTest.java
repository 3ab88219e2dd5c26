package normlab.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import normlab.app.config.Home;
import org.junit.jupiter.api.Test;

class StackProcessesTest {
    private static final Pattern SETTING = Pattern.compile("\\b([A-Z_]+)=(\\S+)");

    /** Memory, threads and the page size decide how fast a slot is, wherever it runs. */
    @Test
    void aSlotInAContainerHasTheSettingsOfOneInTheStack() throws IOException {
        Home home = Home.current();
        Map<String, String> inTheStack = new TreeMap<>(new StackProcesses(home).slotEnvironment(1));
        inTheStack.keySet().removeAll(List.of("DJL_CACHE_DIR", "LD_LIBRARY_PATH"));

        Map<String, String> inAContainer = Files.readAllLines(home.root().resolve("infra/worker-environment")).stream()
                .filter(line -> line.startsWith("export "))
                .flatMap(line -> SETTING.matcher(line).results())
                .collect(Collectors.toMap(s -> s.group(1), s -> s.group(2), (first, second) -> second, TreeMap::new));

        assertThat(inAContainer).isEqualTo(inTheStack);
    }
}
