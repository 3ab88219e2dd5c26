package normlab.platform.conductor;

import java.nio.file.Path;
import java.util.Objects;
import normlab.platform.server.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The real server, as the stack starts it, for one test class. */
final class RunningConductor implements BeforeAllCallback, AfterAllCallback {
    private @Nullable TestServer running;

    ConductorServer server() {
        return new ConductorServer(Objects.requireNonNull(running, "the server runs between beforeAll and afterAll")
                .address());
    }

    /** The workflow definitions of this checkout. */
    static Path workflows() {
        return TestServer.checkout().resolve("workflows");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = TestServer.conductor();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (running != null) {
            running.close();
        }
    }
}
