package normlab.platform.mlflow;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientVersion;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;
import org.mlflow_project.apachehttp.client.config.RequestConfig;
import org.mlflow_project.apachehttp.impl.client.CloseableHttpClient;
import org.mlflow_project.apachehttp.impl.client.HttpClientBuilder;

/**
 * MLflow's client with another HTTP library. Its own waits minutes for an address where nothing is, and takes the login
 * along when it follows a redirect to another host; there is no setting for either. The library is in a private field, so
 * this works with one version of the client.
 */
final class GuardedClient {
    /** Whose private fields are known. */
    static final String VERSION = "2.17.2";

    private static final int CONNECT_MILLIS = 3_000;

    private GuardedClient() {}

    /** @throws UnsupportedOperationException with another version of the client, which has other fields */
    static MlflowClient open(MlflowServer server) {
        String address = server.address().toString();
        MlflowClient client = new MlflowClient(server.login()
                .map(login -> new BasicMlflowHostCreds(address, login.user(), login.password()))
                .orElseGet(() -> new BasicMlflowHostCreds(address)));
        Field caller = field(MlflowClient.class, "httpCaller", Object.class);
        Field library = field(caller.getType(), "httpClient", CloseableHttpClient.class);
        try {
            library.set(caller.get(client), http());
        } catch (IllegalAccessException e) {
            throw unknown(library.toString(), e);
        }
        return client;
    }

    private static CloseableHttpClient http() {
        return HttpClientBuilder.create()
                .setDefaultRequestConfig(
                        RequestConfig.custom().setConnectTimeout(CONNECT_MILLIS).build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .build();
    }

    /** @param type that the field takes */
    static Field field(Class<?> owner, String name, Class<?> type) {
        try {
            Field field = owner.getDeclaredField(name);
            if (!type.isAssignableFrom(field.getType())) {
                throw unknown(field.toString(), null);
            }
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw unknown(owner.getName() + "." + name, e);
        }
    }

    private static UnsupportedOperationException unknown(String field, @Nullable Exception cause) {
        return new UnsupportedOperationException(
                "[mlflow-client] version %s does not have the field %s, in which version %s keeps its HTTP library; set dep.mlflow-client in pom.xml to %3$s"
                        .formatted(MlflowClientVersion.getClientVersion(), field, VERSION),
                cause);
    }
}
