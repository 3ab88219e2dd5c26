package normlab.platform.conductor;

import java.net.URI;

/** The Conductor server does not answer; what was asked of it may or may not have happened. */
public final class ConductorUnavailableException extends RuntimeException {
    private final URI address;

    ConductorUnavailableException(URI address, String what, Throwable cause) {
        super(
                "[Conductor] %s does not answer (%s: %s); ./normlab doctor says whether it is being started again, ./normlab up starts the embedded one"
                        .formatted(address, what, Reason.of(cause)),
                cause);
        this.address = address;
    }

    /** Where the server was expected. */
    public URI address() {
        return address;
    }
}
