package normlab.platform.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.platform.process.ProcessException;
import normlab.platform.process.ProcessInfo;
import normlab.platform.process.ProcessInfo.Status;
import normlab.platform.process.ProcessRef;
import normlab.platform.server.DataFolder;
import normlab.platform.server.Endpoints;
import normlab.platform.server.Ports;
import normlab.platform.stack.StackState.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    @TempDir
    Path folder;

    private StateFile file() {
        return new StateFile(new DataFolder(folder));
    }

    @Test
    void whatIsWrittenIsRead() {
        ProcessRef self = ProcessRef.current();
        StackState state = StackState.starting(file().folder(), Endpoints.on(Ports.PREFERRED), Map.of("build", "b1"))
                .with(ProcessInfo.preparing("mlflow", "installing"))
                .with(new ProcessInfo("conductor", Status.UP, Optional.of(self), List.of(self), 2, "up"))
                .in(Phase.RUNNING);
        file().write(state);
        assertThat(file().read()).contains(state);
    }

    @Test
    void theStateOfAnotherFolderIsNoState() throws IOException {
        file().write(StackState.starting(file().folder(), Endpoints.on(Ports.PREFERRED), Map.of()));
        Path copy = folder.resolveSibling(folder.getFileName() + "-copy");
        Files.createDirectories(copy.resolve("state"));
        Files.copy(new DataFolder(folder).stateFile(), new DataFolder(copy).stateFile());
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);

        assertThat(new StateFile(new DataFolder(copy)).read()).isEmpty();
        assertThat(new StateFile(new DataFolder(link)).read()).isPresent();
    }

    @Test
    void noFileIsNoState() {
        assertThat(file().read()).isEmpty();
    }

    @Test
    void aDamagedFileIsRefusedWithAdvice() throws IOException {
        Path written = Files.createDirectories(folder.resolve("state")).resolve("stack.json");
        Files.writeString(written, "{\"endpoints\":{\"bucket\":\"norm");
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(ProcessException.class)
                .hasMessageContaining("stack.json")
                .hasMessageContaining("It is damaged, or another version wrote it: delete the file");
    }

    @Test
    void aFileOfAnotherVersionIsRefusedWithAdvice() throws IOException {
        Path written = Files.createDirectories(folder.resolve("state")).resolve("stack.json");
        Files.writeString(written, "{\"version\":7}");
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(ProcessException.class)
                .hasMessageContaining("stack.json")
                .hasMessageContaining("version is not known here")
                .hasMessageContaining("delete the file");
    }

    @Test
    void endpointsNameTheirPorts() {
        Endpoints endpoints = Endpoints.on(Ports.PREFERRED);
        assertThat(endpoints.conductorUrl()).isEqualTo("http://127.0.0.1:18080/api");
        assertThat(endpoints.ports()).isEqualTo(Ports.PREFERRED);
    }
}
