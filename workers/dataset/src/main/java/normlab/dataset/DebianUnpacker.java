package normlab.dataset;

import static normlab.dataset.UnusableDataException.Kind.UNREACHABLE;
import static normlab.dataset.UnusableDataException.absent;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import normlab.task.TaskInProgress;

/** Gets a package from the system's package source and unpacks it into a temporary folder; needs no root. */
final class DebianUnpacker {
    private final Commands commands;

    DebianUnpacker(Commands commands) {
        this.commands = commands;
    }

    /** What is done with the unpacked files while they are there. */
    interface Use {
        DatasetContent of(Path folder) throws UnusableDataException, TaskInProgress;
    }

    DatasetContent unpack(Source.DebianPackage source, Use use) throws UnusableDataException, TaskInProgress {
        Path fetcher = commands.find("apt-get");
        Path unpacker = commands.find("dpkg-deb");
        try {
            Path folder = Files.createTempDirectory("normlab-package");
            try {
                commands.run(folder, fetcher, "download", source.name());
                Path content = folder.resolve("content");
                commands.run(folder, unpacker, "-x", onlyPackage(folder).toString(), content.toString());
                return use.of(content.resolve(source.folder()));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UnusableDataException(UNREACHABLE, "[%s] cannot be unpacked (%s)".formatted(source.name(), e), e);
        }
    }

    private static Path onlyPackage(Path folder) throws IOException, UnusableDataException {
        try (DirectoryStream<Path> packages = Files.newDirectoryStream(folder, "*.deb")) {
            for (Path found : packages) {
                return found;
            }
        }
        throw absent("[%s] has no package file after a download".formatted(folder));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> childrenFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : childrenFirst) {
                Files.delete(path);
            }
        }
    }
}
