package normlab.platform.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import normlab.platform.process.HealthCheck;
import normlab.platform.process.Jvm;
import normlab.platform.process.ProcessException;
import normlab.platform.process.ProcessSpec;
import normlab.platform.process.SafeFiles;
import normlab.platform.s3.Leftovers;

/** S3Proxy on a folder. */
public record EmbeddedS3(ServerSettings settings, Endpoints endpoints, Credentials credentials)
        implements EmbeddedServer {
    private static final Duration STOP_GRACE = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public ProcessSpec prepare(Consumer<String> progress) {
        DataFolder folder = settings.data();
        Path jar = settings.infra().resolve("target/servers/s3proxy-jar-with-dependencies.jar");
        if (!Files.isRegularFile(jar)) {
            throw new ProcessException(
                    "[" + jar + "] does not exist, expected the server's jar: mvn -pl infra process-resources");
        }
        // Of mode 0600 like the credentials in it: a command line would show them to every user.
        Path properties = folder.data("s3proxy.properties");
        SafeFiles.write(properties, properties(folder), SafeFiles.PRIVATE);
        Jvm jvm = new Jvm(
                "256m",
                folder.data("s3proxy-tmp"),
                SafeFiles.directory(folder.servers()).resolve("s3proxy.jsa"));
        List<String> command = jvm.command(List.of("-jar", jar.toString(), "--properties", properties.toString()));
        return ProcessSpec.server(name(), command, Map.of(), STOP_GRACE)
                .in(folder.data("s3proxy-tmp"))
                .first(() -> Leftovers.sweep(objects(folder)));
    }

    private byte[] properties(DataFolder folder) {
        Properties properties = new Properties();
        properties.setProperty("s3proxy.endpoint", endpoints.s3Endpoint());
        properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
        properties.setProperty("s3proxy.identity", credentials.accessKey());
        properties.setProperty("s3proxy.credential", credentials.secretKey());
        properties.setProperty("s3proxy.ignore-unknown-headers", "true");
        properties.setProperty("jclouds.provider", "filesystem");
        properties.setProperty("jclouds.filesystem.basedir", objects(folder).toString());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            // Escapes what the format cannot hold, such as letters outside of Latin-1.
            properties.store(bytes, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Path objects(DataFolder folder) {
        return SafeFiles.directory(folder.data("s3"));
    }

    @Override
    public HealthCheck health() {
        return HealthCheck.answers(endpoints.s3Endpoint());
    }
}
