package normlab.platform.s3;

import static normlab.json.Checks.check;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the store is and who asks.
 *
 * @param endpoint {@code http://host:port} or {@code https://host[:port]}
 * @param region any name for stores other than AWS, such as {@code us-east-1}
 * @param prefix below which all keys lie in the bucket, without a slash at either end; the whole bucket if absent
 */
public record S3Settings(
        URI endpoint,
        String region,
        String bucket,
        String accessKeyId,
        String secretAccessKey,
        Optional<String> prefix) {
    public S3Settings {
        String scheme = String.valueOf(endpoint.getScheme());
        check(
                (scheme.equals("http") || scheme.equals("https")) && endpoint.getHost() != null,
                "endpoint is '%s', expected http://host:port or https://host",
                endpoint);
        check(!region.isBlank(), "region is blank, expected a name such as us-east-1");
        check(
                bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
                "bucket is '%s', expected 3 to 63 lower-case letters, digits, dots and -",
                bucket);
        check(!accessKeyId.isBlank(), "accessKeyId is blank");
        check(!secretAccessKey.isBlank(), "secretAccessKey is blank");
        check(
                prefix.map(p -> p.matches("[^/]+(/[^/]+)*")).orElse(true),
                "prefix is '%s', expected components with / between them",
                prefix.orElse(""));
    }

    /** Stores other than AWS have no host name for each bucket: the bucket goes into the path. */
    boolean bucketInPath() {
        return !endpoint.getHost().toLowerCase(Locale.ROOT).endsWith(".amazonaws.com");
    }

    String objectKey(String key) {
        return prefix.map(p -> p + "/" + key).orElse(key);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "S3Settings[endpoint=%s, region=%s, bucket=%s, accessKeyId=%s, secretAccessKey=***, prefix=%s]"
                .formatted(endpoint, region, bucket, accessKeyId, prefix.orElse(""));
    }
}
