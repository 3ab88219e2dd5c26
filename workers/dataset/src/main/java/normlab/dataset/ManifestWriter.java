package normlab.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import normlab.json.Json;

/** Writes the manifest of an import. */
final class ManifestWriter {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    private ManifestWriter() {}

    /** @param remarks for a comment at the top, a line each */
    static byte[] yaml(DatasetManifest manifest, List<String> remarks) throws IOException {
        StringBuilder text = new StringBuilder("# Written by `./normlab data import`; the images are in the store.\n");
        remarks.forEach(remark ->
                text.append("# ").append(FileProblems.printable(remark)).append('\n'));
        ObjectNode tree = (ObjectNode) Json.tree(manifest);
        if (manifest.statistics().isEmpty()) {
            tree.remove("statistics");
        }
        text.append(YAML.writeValueAsString(tree));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** In one step, so that there is never half a manifest. */
    static void write(Path file, byte[] yaml) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(part, yaml);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
