package normlab.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import normlab.experiment.DatasetSpec;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.json.StrictBinding;
import normlab.provenance.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The manifests in a folder: {@code <name>.yaml} each. It needs no data, so plans and keys can be made without any. */
public final class DatasetCatalog {
    /** Goes up whenever the same files and split would be prepared to other bytes. */
    private static final int PREPARATION_FORMAT = 1;

    private static final Logger LOG = LoggerFactory.getLogger(DatasetCatalog.class);

    private final Path folder;

    /** @param folder of the manifests; relative folders of sources are relative to it */
    public DatasetCatalog(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Names of all manifests, in order.
     *
     * @throws InvalidInputException if the folder cannot be listed
     */
    public List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".yaml"))
                    .map(f -> f.substring(0, f.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException(folder.toString(), "cannot be listed, expected dataset manifests: " + e);
        }
    }

    /**
     * Most bytes that preparing a dataset takes outside the heap: all its images, and those of a split beside them. A
     * dataset in shards takes next to nothing. A manifest that cannot be read is left to whoever wants its dataset.
     */
    public long mostPreparationBytes() {
        long most = 0;
        for (String name : names()) {
            try {
                DatasetManifest manifest = load(name);
                most = Math.max(most, manifest.format() == Format.ILSVRC ? 0 : 2 * manifest.decodedBytes());
            } catch (InvalidInputException unreadable) {
                LOG.warn("{}", unreadable.getMessage());
            }
        }
        return most;
    }

    /** @throws InvalidInputException if there is no such manifest (naming the nearest), or with all its problems */
    public DatasetManifest load(String name) {
        // Only listed names become paths, so a name cannot lead out of the folder.
        List<String> names = names();
        if (!names.contains(name)) {
            throw new InvalidInputException(
                    "dataset " + name,
                    "has no manifest in %s%s".formatted(folder, StrictBinding.suggestion(name, names)));
        }
        return ManifestReader.read(folder.resolve(name + ".yaml"));
    }

    /**
     * What decides the bytes of the prepared samples: content hashes, geometry, split and preparation format, as 64
     * hexadecimal digits.
     *
     * @throws InvalidInputException if the dataset is unknown, or too small for the split
     */
    public String fingerprint(DatasetSpec spec) {
        DatasetManifest manifest = load(spec.name());
        checkSize(manifest, spec);
        Map<String, String> hashes = new TreeMap<>();
        manifest.files().forEach(f -> hashes.put(f.role().name(), f.sha256()));
        Map<String, Object> facts = new TreeMap<>(Map.of(
                "name", manifest.name(),
                "files", hashes,
                "geometry", List.of(manifest.height(), manifest.width(), manifest.channels()),
                "classes", manifest.classes().size(),
                "trainPerClass", spec.trainPerClass(),
                "validationPerClass", spec.validationPerClass(),
                "preparationFormat", PREPARATION_FORMAT));
        manifest.statistics().ifPresent(statistics -> facts.put("statistics", statistics));
        if (manifest.format() == Format.ILSVRC) {
            // A class's label is its place in the manifest; in the other formats the files hold the labels.
            facts.put("classNames", manifest.classes());
        }
        return Sha256.of(Json.bytes(facts));
    }

    private static void checkSize(DatasetManifest manifest, DatasetSpec spec) {
        long asked = ((long) spec.trainPerClass() + spec.validationPerClass())
                * manifest.classes().size();
        int count = manifest.trainCount();
        // The classes of ILSVRC2012 differ in size: there trainPerClass is the most that is taken.
        if (asked > count && manifest.format() != Format.ILSVRC) {
            throw new InvalidInputException(
                    "dataset " + spec.name(),
                    "trainPerClass %d and validationPerClass %d need %d training images, and it has %d; lower one of them"
                            .formatted(spec.trainPerClass(), spec.validationPerClass(), asked, count));
        }
    }

    /** A source's folder: absolute, or inside the folder of the manifests. */
    Path resolve(Source.Folder source) {
        return folder.resolve(source.path()).normalize();
    }
}
