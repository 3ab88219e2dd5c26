package normlab.platform.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        SafeFiles.write(properties, properties(folder).getBytes(StandardCharsets.UTF_8), SafeFiles.PRIVATE);
        Jvm jvm = new Jvm(
                "256m",
                folder.data("s3proxy-tmp"),
                SafeFiles.directory(folder.servers()).resolve("s3proxy.jsa"));
        List<String> command = jvm.command(List.of("-jar", jar.toString(), "--properties", properties.toString()));
        return ProcessSpec.server(name(), command, Map.of(), STOP_GRACE).first(() -> Leftovers.sweep(objects(folder)));
    }

    private String properties(DataFolder folder) {
        return """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                s3proxy.ignore-unknown-headers=true
                jclouds.provider=filesystem
                jclouds.filesystem.basedir=%s
                """.formatted(
                        endpoints.s3Endpoint(),
                        credentials.accessKey(),
                        credentials.secretKey(),
                        objects(folder).toString().replace("\\", "\\\\"));
    }

    private static Path objects(DataFolder folder) {
        return SafeFiles.directory(folder.data("s3"));
    }

    @Override
    public HealthCheck health() {
        return HealthCheck.answers(endpoints.s3Endpoint());
    }
}
