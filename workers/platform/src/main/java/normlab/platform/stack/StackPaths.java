package normlab.platform.stack;

import java.nio.file.Path;

/**
 * Where the embedded stack keeps its things.
 *
 * @param root the data root, usually {@code .normlab}
 */
public record StackPaths(Path root) {
    public StackPaths {
        root = root.toAbsolutePath().normalize();
    }

    public Path stateFile() {
        return root.resolve("state/stack.json");
    }

    /** Where a worker process answers for its metrics, in the form of Prometheus' file-based service discovery. */
    public Path metrics(String role) {
        return root.resolve("state/metrics").resolve(role + ".json");
    }

    /** Held by an {@code up} or a {@code down} while it works. */
    Path commandLock() {
        return root.resolve("state/command.lock");
    }

    /** Held by the supervisor while it lives. */
    Path supervisorLock() {
        return root.resolve("state/supervisor.lock");
    }

    /** The file of mode 0600 with the keys of the S3 server. */
    public Path credentials() {
        return root.resolve("credentials");
    }

    /** The same keys, of the same mode, as Amazon's libraries in Python read them. */
    public Path awsCredentials() {
        return root.resolve("credentials.aws");
    }

    /** The log of a server or worker, by its name; {@code supervisor} for the supervisor itself. */
    public Path log(String process) {
        return root.resolve("logs").resolve(process + ".log");
    }

    public Path data(String name) {
        return root.resolve("data").resolve(name);
    }

    /** What can be made again at any time: the Python environment, the unpacked Conductor. */
    Path servers() {
        return root.resolve("servers");
    }
}
