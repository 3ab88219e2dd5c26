package normlab.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import normlab.experiment.DatasetSpec;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.json.Problems;
import normlab.json.StrictBinding;
import normlab.port.ArtifactStore;
import normlab.provenance.Sha256;
import normlab.trial.StoreLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The manifests in a folder: {@code <name>.yaml} each. It needs no data, so plans and keys can be made without any. */
public final class DatasetCatalog {
    /** Goes up whenever the same files and split would be prepared to other bytes. */
    private static final int PREPARATION_FORMAT = 1;

    private static final Logger LOG = LoggerFactory.getLogger(DatasetCatalog.class);

    private final Path folder;
    private final Optional<ArtifactStore> store;

    /** @param folder of the manifests; relative folders of sources are relative to it */
    public DatasetCatalog(Path folder) {
        this(folder, Optional.empty());
    }

    /** @param store whose imports are known too, for a process that may run elsewhere than the import did */
    public DatasetCatalog(Path folder, Optional<ArtifactStore> store) {
        this.folder = folder.toAbsolutePath().normalize();
        this.store = store;
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
                most = Math.max(most, manifest.format().isStreamed() ? 0 : 2 * manifest.decodedBytes());
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
            String key = StoreLayout.importedManifest(name);
            Optional<byte[]> imported =
                    store.filter(s -> name.matches("[a-z0-9-]+")).flatMap(s -> s.get(key));
            if (imported.isPresent()) {
                return ManifestReader.read(imported.get(), name, key);
            }
            throw new InvalidInputException(
                    "dataset " + name,
                    "has no manifest in %s%s".formatted(folder, StrictBinding.suggestion(name, names)));
        }
        return ManifestReader.read(folder.resolve(name + ".yaml"));
    }

    /**
     * What decides the bytes of the prepared samples: content, geometry, split and preparation format, as 64 hexadecimal
     * digits. Two datasets of equal content have the same.
     *
     * @throws InvalidInputException if the dataset is unknown, or too small for the split
     */
    public String fingerprint(DatasetSpec spec) {
        DatasetManifest manifest = load(spec.name());
        checkSize(manifest, spec);
        Map<String, Object> facts = new TreeMap<>(Map.of(
                "geometry", List.of(manifest.height(), manifest.width(), manifest.channels()),
                "classes", manifest.classes().size(),
                "trainPerClass", spec.trainPerClass(),
                "validationPerClass", spec.validationPerClass(),
                "preparationFormat", PREPARATION_FORMAT));
        if (manifest.content().isPresent()) {
            facts.put("content", manifest.content().get().sha256());
        } else {
            Map<String, String> hashes = new TreeMap<>();
            manifest.files().forEach(f -> hashes.put(f.role().name(), f.sha256()));
            facts.put("name", manifest.name());
            facts.put("files", hashes);
        }
        manifest.statistics().ifPresent(statistics -> facts.put("statistics", statistics));
        if (manifest.format() == Format.ILSVRC) {
            // A class's label is its place in the manifest; in the other formats the files contain the labels.
            facts.put("classNames", manifest.classes());
        }
        return Sha256.of(Json.bytes(facts));
    }

    private static void checkSize(DatasetManifest manifest, DatasetSpec spec) {
        long perClass = (long) spec.trainPerClass() + spec.validationPerClass();
        manifest.content().ifPresent(content -> checkSize(content, spec, perClass));
        long asked = perClass * manifest.classes().size();
        int count = manifest.trainCount();
        // Classes of other formats differ in size: there trainPerClass is the most that is taken.
        if (asked > count && manifest.format() == Format.IDX) {
            throw new InvalidInputException(
                    "dataset " + spec.name(),
                    "trainPerClass %d and validationPerClass %d need %d training images, and it has %d; lower one of them"
                            .formatted(spec.trainPerClass(), spec.validationPerClass(), asked, count));
        }
    }

    private static void checkSize(ImageContent content, DatasetSpec spec, long perClass) {
        Problems problems = new Problems();
        problems.check(
                perClass <= content.largestClass(),
                "trainPerClass %d and validationPerClass %d need %d training images of each class, and the largest class has %d; lower one of them"
                        .formatted(spec.trainPerClass(), spec.validationPerClass(), perClass, content.largestClass()));
        problems.check(
                spec.validationPerClass() < content.smallestClass(),
                "validationPerClass is %d, and the smallest class has %d training images; lower it"
                        .formatted(spec.validationPerClass(), content.smallestClass()));
        problems.throwIfAny("dataset " + spec.name());
    }

    /** A source's folder: absolute, or inside the folder of the manifests. */
    Path resolve(Source.Folder source) {
        return folder.resolve(source.path()).normalize();
    }
}
