package normlab.platform.mlflow;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The address of an MLflow server, and its login.
 *
 * @param address of its API, for example {@code http://127.0.0.1:5000}
 * @param ui the address for browsers
 * @param login if the server requires one (MLflow's basic-auth app)
 */
public record MlflowServer(URI address, URI ui, Optional<Login> login) {
    public MlflowServer {
        address = withoutSlash(address);
        ui = withoutSlash(ui);
    }

    /** The list of experiments in the view for model training; the bare address opens the view for language models. */
    public URI experimentsPage() {
        return URI.create(ui + "/#/experiments" + MlflowTracker.VIEW);
    }

    private static URI withoutSlash(URI address) {
        return URI.create(address.toString().replaceAll("/+$", ""));
    }

    /** A server without login. */
    public static MlflowServer open(URI address) {
        return new MlflowServer(address, address, Optional.empty());
    }

    /** User and password; the text form hides the password. */
    public record Login(String user, String password) {
        /** Value of the header {@code Authorization}. */
        String header() {
            byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }

        @Override
        public String toString() {
            return "Login[user=" + user + ", password=hidden]";
        }
    }
}
