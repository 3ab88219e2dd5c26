package normlab.platform.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A script that answers as a Python would, and notes each call of pip. */
record FakePython(Path file, Path pipCalls) {
    /** @param pip what the script does when asked to run pip */
    static FakePython in(Path folder, String name, String answer, String pip) throws IOException {
        Path file = folder.resolve(name);
        Path calls = folder.resolve("pip-calls");
        Files.writeString(file, """
                #!/bin/sh
                case "$1 $2" in
                  "-c "*) echo "%s" ;;
                  "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
                  "-m pip") echo called >> "%s"; %s ;;
                esac
                """.formatted(answer, calls, pip));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new FakePython(file, calls);
    }

    long timesPipWasCalled() throws IOException {
        return Files.exists(pipCalls) ? Files.readAllLines(pipCalls).size() : 0;
    }
}
