package normlab.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    private static final Map<String, String> USER = Map.ofEntries(
            Map.entry("PATH", "/usr/bin"),
            Map.entry("HOME", "/home/u"),
            Map.entry("HTTP_PROXY", "http://proxy.example:3128"),
            Map.entry("NORMLAB_SLOTS", "2"),
            Map.entry("JAVA_TOOL_OPTIONS", "-Dhttp.proxyHost=127.0.0.1"),
            Map.entry("_JAVA_OPTIONS", "-Xmx64m"),
            Map.entry("CLASSPATH", "."),
            Map.entry("PYTHONPATH", "/tmp/mine"),
            Map.entry("PIP_TARGET", "/tmp/mine"),
            Map.entry("VIRTUAL_ENV", "/tmp/mine"),
            Map.entry("SPRING_DATASOURCE_URL", "jdbc:none"),
            Map.entry("ATEN_CPU_CAPABILITY", "default"),
            Map.entry("ONEDNN_MAX_CPU_ISA", "SSE41"),
            Map.entry("MKL_CBWR", "COMPATIBLE"),
            Map.entry("OMP_NUM_THREADS", "64"),
            Map.entry("AWS_SECRET_ACCESS_KEY", "secret"),
            Map.entry("MLFLOW_TRACKING_PASSWORD", "secret"));

    @Test
    void aServerGetsNothingThatIsMeantForOtherPrograms() {
        assertThat(Environment.ofServer(USER)).isEqualTo(Map.of("PATH", "/usr/bin", "HOME", "/home/u"));
    }

    @Test
    void aWorkerGetsNoOptionsOfJavaAndNothingThatChangesWhatATrainingComputes() {
        assertThat(Environment.ofWorker(USER))
                .containsKeys("PATH", "HOME", "HTTP_PROXY", "NORMLAB_SLOTS")
                .doesNotContainKeys(
                        "JAVA_TOOL_OPTIONS",
                        "_JAVA_OPTIONS",
                        "CLASSPATH",
                        "ATEN_CPU_CAPABILITY",
                        "ONEDNN_MAX_CPU_ISA",
                        "MKL_CBWR",
                        "OMP_NUM_THREADS");
    }

    @Test
    void theKeysOfClientsAreInTheEnvironmentOfNoProcess() {
        for (Map<String, String> environment :
                List.of(Environment.ofServer(USER), Environment.ofSupervisor(USER), Environment.ofWorker(USER))) {
            assertThat(environment)
                    .containsKey("PATH")
                    .doesNotContainKeys("AWS_SECRET_ACCESS_KEY", "MLFLOW_TRACKING_PASSWORD");
        }
    }

    @Test
    void pythonGetsNoneOfTheUsersPythonSettings() {
        assertThat(Environment.ofPython(USER))
                .containsEntry("PYTHONNOUSERSITE", "1")
                .containsKeys("HTTP_PROXY")
                .doesNotContainKeys("PYTHONPATH", "PIP_TARGET", "VIRTUAL_ENV");
    }
}
