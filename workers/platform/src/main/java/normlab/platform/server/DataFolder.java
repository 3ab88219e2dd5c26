package normlab.platform.server;

import java.nio.file.Path;

/**
 * Where the embedded stack keeps its files.
 *
 * @param root the folder, usually {@code .normlab} in the checkout
 */
public record DataFolder(Path root) {
    public DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    public Path stateFile() {
        return root.resolve("state/stack.json");
    }

    /** Where a worker process publishes the address of its metrics, as Prometheus' file-based service discovery wants. */
    public Path metrics(String role) {
        return root.resolve("state/metrics").resolve(role + ".json");
    }

    /** Held by an {@code up} or a {@code down} while it works. */
    public Path commandLock() {
        return root.resolve("state/command.lock");
    }

    /** Held by the supervisor while it lives. */
    public Path supervisorLock() {
        return root.resolve("state/supervisor.lock");
    }

    /** The file of mode 0600 with the keys of the S3 server. */
    public Path credentials() {
        return root.resolve("credentials");
    }

    /** The same keys, in a file of the same mode, in the format of Amazon's libraries. */
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
    public Path servers() {
        return root.resolve("servers");
    }
}
