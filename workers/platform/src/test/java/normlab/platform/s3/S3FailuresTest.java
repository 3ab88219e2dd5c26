package normlab.platform.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import normlab.port.StoreException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FailuresTest {
    private final S3Failures failures = new S3Failures(
            new S3Settings(URI.create("http://127.0.0.1:1"), "us-east-1", "normlab", "id", "secret", Optional.empty()));

    @Test
    void aStoreWithoutRoomIsWaitedForWhateverTheStatusInWhichItSaysSo() {
        assertThat(failure(403, "QuotaExceeded").retryable()).isTrue();
        assertThat(failure(507, "XMinioStorageFull").retryable()).isTrue();
        assertThat(failure(403, "QuotaExceeded")).hasMessageContaining("no room (403 QuotaExceeded)");
    }

    @Test
    void aRefusalIsNotTriedAgain() {
        assertThat(failure(403, "AccessDenied").retryable()).isFalse();
    }

    private StoreException failure(int status, String code) {
        return failures.of("key", (S3Exception) S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build());
    }
}
