package normlab.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import normlab.json.InvalidInputException;
import normlab.json.StrictBinding;

/** Reads a manifest from YAML and reports all its problems at once. */
final class ManifestReader {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ManifestReader() {}

    /** @throws InvalidInputException naming the file and every problem */
    static DatasetManifest read(Path file) {
        try {
            String name = String.valueOf(file.getFileName());
            return read(Files.readAllBytes(file), name.replaceAll("\\.yaml$", ""), file.toString());
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "cannot be read: " + e);
        }
    }

    /**
     * @param name that it must state
     * @param subject for messages
     */
    static DatasetManifest read(byte[] yaml, String name, String subject) {
        DatasetManifest manifest;
        try {
            manifest = StrictBinding.bind(parse(yaml, subject), DatasetManifest.class, subject);
        } catch (InvalidInputException e) {
            // The record's own constructor joins its problems by line breaks.
            throw new InvalidInputException(
                    subject, e.problems().stream().flatMap(String::lines).toList());
        }
        if (!manifest.name().equals(name)) {
            throw new InvalidInputException(
                    subject, "name is '%s', expected the file's name without .yaml".formatted(manifest.name()));
        }
        return manifest;
    }

    private static JsonNode parse(byte[] yaml, String subject) {
        try {
            JsonNode node = YAML.readTree(yaml);
            if (node == null || node.isMissingNode() || node.isNull()) {
                throw new InvalidInputException(subject, "is empty, expected a manifest");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    subject, "is not YAML: " + e.getOriginalMessage().lines().toList());
        } catch (IOException e) {
            throw new InvalidInputException(subject, "cannot be read: " + e);
        }
    }
}
