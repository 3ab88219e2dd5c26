package normlab.platform.s3;

import normlab.port.StoreException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says what an SDK exception means for the caller: what was asked, where, and whether another try can help. */
record S3Failures(S3Settings settings) {
    /** @param subject what was asked for: a key, a prefix, or the bucket */
    StoreException of(String subject, SdkException failure) {
        return failure instanceof S3Exception answer ? answered(subject, answer) : away(subject, failure);
    }

    private StoreException answered(String subject, S3Exception answer) {
        int status = answer.statusCode();
        if (isFull(answer)) {
            return new StoreException(
                    "[%s] bucket %s at %s has no room (%d %s); make some, or raise its quota"
                            .formatted(subject, settings.bucket(), settings.endpoint(), status, code(answer)),
                    true,
                    answer);
        }
        if (status == 403) {
            return new StoreException(
                    "[%s] bucket %s at %s refuses the access key id '%s' (403 %s); check the id, its secret and its rights"
                            .formatted(
                                    subject,
                                    settings.bucket(),
                                    settings.endpoint(),
                                    settings.accessKeyId(),
                                    code(answer)),
                    false,
                    answer);
        }
        if (status == 404) {
            return new StoreException(
                    "[%s] bucket %s does not exist at %s (404 %s); `./normlab up` creates it"
                            .formatted(subject, settings.bucket(), settings.endpoint(), code(answer)),
                    false,
                    answer);
        }
        boolean retryable = status >= 500 || status == 429 || status == 409 || status == 408;
        return new StoreException(
                "[%s] bucket %s at %s answered %d %s%s"
                        .formatted(
                                subject,
                                settings.bucket(),
                                settings.endpoint(),
                                status,
                                code(answer),
                                retryable ? "; try again, and read the log of the store" : ""),
                retryable,
                answer);
    }

    /** Ceph and others say so with the status of a refusal; it passes, as a refusal does not. */
    private static boolean isFull(S3Exception answer) {
        return answer.statusCode() == 507 || code(answer).contains("QuotaExceeded");
    }

    private StoreException away(String subject, SdkException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new StoreException(
                "[%s] cannot reach the store at %s (bucket %s): %s; `./normlab up` starts the one of this machine"
                        .formatted(
                                subject,
                                settings.endpoint(),
                                settings.bucket(),
                                root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage()),
                true,
                failure);
    }

    private static String code(S3Exception answer) {
        return answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
                ? "without an error code"
                : answer.awsErrorDetails().errorCode();
    }
}
