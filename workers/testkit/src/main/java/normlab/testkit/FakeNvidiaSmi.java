package normlab.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A program in place of {@code nvidia-smi}, for machines without a GPU. It prints what the real one does. */
public final class FakeNvidiaSmi {
    private static final String NAME = "nvidia-smi";

    private FakeNvidiaSmi() {}

    /** A GPU as a row of the query. */
    public static String gpu(int index, String name, String capability, int memoryMiB) {
        return gpu(index, name, "550.54.15", capability, memoryMiB, "[N/A]");
    }

    /** @param mig Enabled, Disabled or [N/A] */
    public static String gpu(int index, String name, String driver, String capability, int memoryMiB, String mig) {
        return "%d, %s, GPU-%08d-0000, %s, %s, %d MiB, %s"
                .formatted(index, name, index, driver, capability, memoryMiB, mig);
    }

    /**
     * One that lists these GPUs.
     *
     * @param folder to be put on the {@code PATH}
     */
    public static Path listing(Path folder, String... rows) throws IOException {
        return dividing(folder, "", rows);
    }

    /** @param instances what {@code -L} says, where MIG divides a GPU */
    public static Path dividing(Path folder, String instances, String... rows) throws IOException {
        return program(folder, """
                case $1 in
                -L)
                cat <<'END'
                %s
                END
                ;;
                --query-gpu=index,name,uuid,driver_version,compute_cap,memory.total,mig.mode.current)
                cat <<'END'
                %s
                END
                ;;
                --query-gpu=uuid)
                cat <<'END'
                %s
                END
                ;;
                *) echo "unexpected: $*"; exit 2 ;;
                esac
                """.formatted(instances, String.join("\n", rows), uuids(rows)));
    }

    private static String uuids(String... rows) {
        return Arrays.stream(rows).map(row -> row.split(", ")[2]).collect(Collectors.joining("\n"));
    }

    /** One that says why it cannot answer. */
    public static Path failing(Path folder, int exitCode, String words) throws IOException {
        return program(folder, "cat <<'END'\n%s\nEND\nexit %d\n".formatted(words, exitCode));
    }

    private static Path program(Path folder, String script) throws IOException {
        Path program = Files.writeString(folder.resolve(NAME), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }
}
