package normlab.platform.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import normlab.platform.process.ProcessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonTest {
    @TempDir
    Path folder;

    private String python(String name, String answer) throws IOException {
        return FakePython.in(folder, name, answer, "true").file().toString();
    }

    @Test
    void aMissingPythonIsNamed() {
        assertThatThrownBy(() -> Python.find(List.of("python-that-is-not-there")))
                .isInstanceOf(ProcessException.class)
                .hasMessageContaining("needs Python 3.10 or newer")
                .hasMessageContaining("python-that-is-not-there is missing")
                .hasMessageContaining("apt install python3");
    }

    @Test
    void anOldPythonIsNamedWithItsVersion() throws IOException {
        String old = python("old", "3.8.10 venv");
        assertThatThrownBy(() -> Python.find(List.of(old)))
                .isInstanceOf(ProcessException.class)
                .hasMessageContaining(old + " is Python 3.8, too old");
    }

    @Test
    void aPythonWithoutVenvIsNamedWithThePackageToInstall() throws IOException {
        String bare = python("bare", "3.12.1 no-venv");
        assertThatThrownBy(() -> Python.find(List.of(bare)))
                .isInstanceOf(ProcessException.class)
                .hasMessageContaining(bare + " lacks venv or ensurepip: apt install python3-venv");
    }

    @Test
    void theFirstThatIsNewEnoughIsTaken() throws IOException, InterruptedException {
        String old = python("old", "3.9.2 venv");
        String good = python("good", "3.12.1 venv");
        assertThat(Python.find(List.of("python-that-is-not-there", old, good))).isEqualTo(new Python(good, "3.12"));
    }
}
