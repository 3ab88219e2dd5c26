package normlab.platform.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A script that answers as a Python would, and records each call of pip and its environment. */
record FakePython(Path file, Path pipCalls) {
    /** @param pip what the script does when asked to run pip */
    static FakePython in(Path folder, String name, String answer, String pip) throws IOException {
        Path file = folder.resolve(name);
        Path calls = folder.resolve("pip-calls");
        Files.writeString(file, """
                #!/bin/sh
                [ "$1" = -I ] && shift
                case "$1 $2 $3" in
                  "-m pip config") cat "%s.conf" 2>/dev/null; exit 0 ;;
                esac
                case "$2" in
                  *mlflow.server*) [ ! -e "%s.broken" ]; exit ;;
                esac
                case "$1 $2" in
                  "-c "*) echo "%s" ;;
                  "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
                  "-m pip") echo called >> "%s"; env > "%s.env"; %s ;;
                esac
                """.formatted(calls, calls, answer, calls, calls, pip));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new FakePython(file, calls);
    }

    long timesPipWasCalled() throws IOException {
        return Files.exists(pipCalls) ? Files.readAllLines(pipCalls).size() : 0;
    }

    /** What pip lists as the user's settings. */
    void userHasSettings(String listed) throws IOException {
        Files.writeString(Path.of(pipCalls + ".conf"), listed);
    }

    /** From now on the packages do not import. */
    void breaks() throws IOException {
        Files.createFile(Path.of(pipCalls + ".broken"));
    }

    List<String> environmentOfPip() throws IOException {
        return Files.readAllLines(Path.of(pipCalls + ".env"));
    }
}
