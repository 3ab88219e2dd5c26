package normlab.platform.s3;

import com.fasterxml.jackson.databind.util.ByteBufferBackedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import normlab.platform.metrics.WorkerMetrics;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.provenance.Sha256;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects in one bucket of an S3 store. Each object carries the SHA-256 of its bytes as user metadata, and no byte is
 * handed out that does not match it.
 *
 * <p>A conditional put whose answer is lost is sent again by the SDK, and then refused because of its own first
 * success. So each put also carries a random id: a refused {@link #putIfAbsent} that finds its own id in the object is
 * the winner. The id decides, not the SHA-256, since two writers of equal bytes must not both win.
 */
public final class S3ArtifactStore implements ArtifactStore, AutoCloseable {
    static final String SHA256 = "normlab-sha256";
    private static final String WRITE = "normlab-write";
    private static final String ASIDE = "damaged/";
    private static final int MAX_KEY_BYTES = 1024;

    private final S3Settings settings;
    private final S3Client client;
    private final S3Failures failures;

    /** Opens no connection yet. */
    public S3ArtifactStore(S3Settings settings) {
        this.settings = settings;
        this.client = S3Clients.open(settings);
        this.failures = new S3Failures(settings);
    }

    /** Creates the bucket unless it exists. */
    public void ensureBucket() {
        asking("bucket " + settings.bucket(), () -> bucketExists() || createBucket());
    }

    private boolean bucketExists() {
        try {
            client.headBucket(r -> r.bucket(settings.bucket()));
            return true;
        } catch (NoSuchBucketException absent) {
            return false;
        }
    }

    private boolean createBucket() {
        try {
            client.createBucket(r -> r.bucket(settings.bucket()));
            return true;
        } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException createdMeanwhile) {
            return bucketExists();
        }
    }

    @Override
    public boolean read(String key, Sink sink) {
        return asking(key, () -> {
            try {
                Transfer transfer = new Transfer(key, sink);
                GetObjectResponse found = client.getObject(
                        r -> r.bucket(settings.bucket()).key(objectKey(key)),
                        (response, content) -> copied(transfer, response, content));
                transfer.verify(checksum(key, found));
                return true;
            } catch (NoSuchKeyException absent) {
                return false;
            }
        });
    }

    /** The SDK asks again where a transfer breaks off, and this starts over. */
    private static GetObjectResponse copied(Transfer transfer, GetObjectResponse response, InputStream content) {
        try {
            transfer.copy(content, response.contentLength());
            return response;
        } catch (IOException e) {
            throw RetryableException.create("the answer broke off", e);
        }
    }

    private static String checksum(String key, GetObjectResponse found) {
        String expected = found.metadata().get(SHA256);
        if (expected == null) {
            throw StoreException.damaged(
                    key,
                    "[%s] carries no SHA-256, expected one in its metadata %s: it was not written by NormLab, or the store lost it"
                            .formatted(key, SHA256));
        }
        return expected;
    }

    @Override
    public void put(String key, ByteBuffer... pieces) {
        String sha256 = Sha256.of(pieces);
        asking(key, () -> client.putObject(request(key, sha256, newWrite()).build(), body(pieces)));
    }

    @Override
    public boolean putIfAbsent(String key, ByteBuffer bytes) {
        String write = newWrite();
        PutObjectRequest request =
                request(key, Sha256.of(bytes), write).ifNoneMatch("*").build();
        return asking(key, () -> {
            try {
                client.putObject(request, body(bytes));
                return true;
            } catch (S3Exception refused) {
                if (refused.statusCode() != 412) {
                    throw refused;
                }
                return write.equals(metadata(key).orElse(Map.of()).get(WRITE));
            }
        });
    }

    /** The bytes where they lie: the SDK's own bodies copy them to the heap. */
    private static RequestBody body(ByteBuffer... pieces) {
        return RequestBody.fromContentProvider(
                () -> new SequenceInputStream(Collections.enumeration(Arrays.stream(pieces)
                        .map(piece -> new ByteBufferBackedInputStream(piece.duplicate()))
                        .toList())),
                Arrays.stream(pieces).mapToLong(ByteBuffer::remaining).sum(),
                "application/octet-stream");
    }

    private PutObjectRequest.Builder request(String key, String sha256, String write) {
        return PutObjectRequest.builder()
                .bucket(settings.bucket())
                .key(objectKey(key))
                .metadata(Map.of(SHA256, sha256, WRITE, write));
    }

    private static String newWrite() {
        return UUID.randomUUID().toString();
    }

    @Override
    public boolean exists(String key) {
        return asking(key, () -> metadata(key).isPresent());
    }

    private Optional<Map<String, String>> metadata(String key) {
        try {
            return Optional.of(
                    client.headObject(r -> r.bucket(settings.bucket()).key(objectKey(key)))
                            .metadata());
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(String prefix) {
        int cut = settings.objectKey("").length();
        return asking(
                prefix,
                () -> client
                        .listObjectsV2Paginator(r -> r.bucket(settings.bucket()).prefix(settings.objectKey(prefix)))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .map(k -> k.substring(cut))
                        .filter(k -> !Leftovers.isNamedLikeOne(k))
                        .sorted()
                        .toList());
    }

    @Override
    public List<String> children(String folder) {
        int cut = settings.objectKey(folder).length();
        return asking(
                folder,
                () -> client
                        .listObjectsV2Paginator(r -> r.bucket(settings.bucket())
                                .prefix(settings.objectKey(folder))
                                .delimiter("/"))
                        .stream()
                        .flatMap(page -> Stream.concat(
                                page.commonPrefixes().stream().map(CommonPrefix::prefix),
                                page.contents().stream().map(S3Object::key).filter(k -> !Leftovers.isNamedLikeOne(k))))
                        .map(k -> k.substring(cut).replace("/", ""))
                        .sorted()
                        .distinct()
                        .toList());
    }

    @Override
    public void delete(String key) {
        asking(key, () -> client.deleteObject(r -> r.bucket(settings.bucket()).key(objectKey(key))));
    }

    @Override
    public void setAside(String key) {
        asking(key, () -> {
            try {
                client.copyObject(r -> r.sourceBucket(settings.bucket())
                        .sourceKey(objectKey(key))
                        .destinationBucket(settings.bucket())
                        .destinationKey(objectKey(ASIDE + key)));
            } catch (NoSuchKeyException absent) {
                return false;
            }
            client.deleteObject(r -> r.bucket(settings.bucket()).key(objectKey(key)));
            return true;
        });
    }

    /**
     * Writes an object that other programs read, such as an artifact of the tracking server: anywhere in the bucket,
     * whatever this store's prefix.
     *
     * @param address {@code s3://<bucket>/<key>}; the bucket must be this store's
     */
    public void upload(String address, byte[] bytes) {
        String root = "s3://" + settings.bucket() + "/";
        if (!address.startsWith(root)) {
            throw new StoreException("[%s] lies outside this store, expected %s…".formatted(address, root), false);
        }
        String key = checked(address.substring(root.length()));
        asking(
                address,
                () -> client.putObject(
                        r -> r.bucket(settings.bucket()).key(key).metadata(Map.of(SHA256, Sha256.of(bytes))),
                        body(ByteBuffer.wrap(bytes))));
    }

    private String objectKey(String key) {
        return checked(settings.objectKey(key));
    }

    private static String checked(String key) {
        boolean usable = key.getBytes(StandardCharsets.UTF_8).length <= MAX_KEY_BYTES
                && List.of(key.split("/", -1)).stream().noneMatch(c -> c.isEmpty() || c.equals(".") || c.equals(".."))
                && !Leftovers.isNamedLikeOne(key);
        if (!usable) {
            throw new StoreException(
                    "[%s] is not a key; expected a relative path of at most %d bytes without empty, . and .. components and without a UUID at its end"
                            .formatted(key, MAX_KEY_BYTES),
                    false);
        }
        return key;
    }

    private <T> T asking(String subject, Supplier<T> question) {
        try {
            return question.get();
        } catch (SdkException failure) {
            StoreException meaning = failures.of(subject, failure);
            WorkerMetrics.storeFails(meaning.retryable());
            throw meaning;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
