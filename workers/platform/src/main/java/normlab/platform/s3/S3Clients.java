package normlab.platform.s3;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The SDK's client as all of NormLab uses it. */
final class S3Clients {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration ATTEMPT = Duration.ofMinutes(3);
    private static final Duration CALL = Duration.ofMinutes(10);

    /** A proxy that the user has set is for downloads: it must not see signed requests, nor be asked for the loopback interface. */
    private static final ProxyConfiguration NO_PROXY = ProxyConfiguration.builder()
            .useEnvironmentVariableValues(false)
            .useSystemPropertyValues(false)
            .build();

    private S3Clients() {}

    /**
     * Apache's HTTP client, because the one on {@code HttpURLConnection} loses the answer to conditional puts.
     * Checksums in trailers only where S3 requires them: several stores refuse them, and our SHA-256 covers more.
     */
    static S3Client open(S3Settings settings) {
        return S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE)
                        .proxyConfiguration(NO_PROXY))
                .overrideConfiguration(o -> o.retryStrategy(RetryMode.STANDARD)
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL))
                .endpointOverride(settings.endpoint())
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.bucketInPath())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKeyId(), settings.secretAccessKey())))
                .build();
    }
}
