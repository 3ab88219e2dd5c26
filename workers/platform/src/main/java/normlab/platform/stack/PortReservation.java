package normlab.platform.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.platform.process.FileMutex;
import normlab.platform.process.ProcessException;
import normlab.platform.server.Ports;

/**
 * Three free ports, reserved among the supervisors of this user: a server binds its port only seconds after the port was
 * found free.
 */
final class PortReservation {
    private static final int WIDTH = 200;

    private final List<FileMutex> held = new ArrayList<>();
    private final Path locks;

    private PortReservation(Path locks) {
        this.locks = locks;
    }

    /** The folder of the locks that all supervisors of this user share. */
    static Path sharedLocks() {
        return Path.of(System.getProperty("java.io.tmpdir"), "normlab-ports-" + System.getProperty("user.name"));
    }

    static PortReservation in(Path locks) {
        try {
            return new PortReservation(Files.createDirectories(locks));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + locks, e);
        }
    }

    /** For each server its last port if that is free, else the preferred one, else the next free one above it. */
    Ports reserve(Optional<Ports> last, Ports preferred) {
        return new Ports(
                port(last.map(Ports::conductor), preferred.conductor()),
                port(last.map(Ports::mlflow), preferred.mlflow()),
                port(last.map(Ports::s3), preferred.s3()));
    }

    private int port(Optional<Integer> last, int preferred) {
        if (last.isPresent() && take(last.get())) {
            return last.get();
        }
        for (int port = preferred; port < Math.min(preferred + WIDTH, 65_536); port++) {
            if (take(port)) {
                return port;
            }
        }
        throw new ProcessException("no port from %d to %d is free on 127.0.0.1: end a program that listens on one"
                .formatted(preferred, preferred + WIDTH - 1));
    }

    private boolean take(int port) {
        Optional<FileMutex> mutex = FileMutex.tryAcquire(locks.resolve(port + ".lock"));
        if (mutex.isEmpty()) {
            return false;
        }
        if (!isFree(port)) {
            mutex.get().release();
            return false;
        }
        held.add(mutex.get());
        return true;
    }

    /** Whether a server can bind the port on 127.0.0.1 now. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    void release() {
        held.forEach(FileMutex::release);
    }
}
