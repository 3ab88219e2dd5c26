package normlab.platform.mlflow;

/** Uploads the files of a run to the address that the tracking server gives for them. */
@FunctionalInterface
public interface ArtifactUploader {
    /**
     * Writes or replaces one file.
     *
     * @param address for example {@code s3://normlab/mlflow/1/0f3a/artifacts/report.html}
     * @throws normlab.port.StoreException if the file cannot be written
     */
    void upload(String address, byte[] bytes);
}
