package normlab.dataset;

import static normlab.dataset.UnusableDataException.damaged;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

/**
 * What the development kit of ILSVRC2012 says of the images: which WordNet name each class number has, and the classes of
 * the validation images.
 *
 * @param labels of the validation images, by their number less one, as indices into the manifest's classes
 */
record IlsvrcDevkit(List<Integer> labels) {
    private static final String META = "data/meta.mat";
    private static final String TRUTH = "data/ILSVRC2012_validation_ground_truth.txt";
    private static final TarReader.Limits LIMITS = new TarReader.Limits(1000, 1 << 24, 1 << 26);

    IlsvrcDevkit {
        labels = List.copyOf(labels);
    }

    /** @param path whose hash has been verified */
    static IlsvrcDevkit read(DatasetManifest manifest, Path path) throws IOException, UnusableDataException {
        Map<String, byte[]> files = new HashMap<>();
        try (InputStream content = Gunzip.open(path)) {
            new TarReader(LIMITS).read(content, (name, size, file) -> {
                for (String wanted : List.of(META, TRUTH)) {
                    if (name.endsWith("/" + wanted)) {
                        files.put(wanted, file.readNBytes(Math.toIntExact(size)));
                    }
                }
            });
        }
        Map<Integer, Integer> labels = labels(manifest, file(files, META));
        List<Integer> truth = new ArrayList<>();
        for (String line : new String(file(files, TRUTH), StandardCharsets.US_ASCII)
                .lines()
                .toList()) {
            truth.add(label(line.strip(), labels));
        }
        return new IlsvrcDevkit(truth);
    }

    private static byte[] file(Map<String, byte[]> files, String name) throws UnusableDataException {
        return Optional.ofNullable(files.get(name)).orElseThrow(() -> damaged("has no file %s", name));
    }

    private static int label(String line, Map<Integer, Integer> labels) throws UnusableDataException {
        if (!line.matches("[0-9]{1,9}") || !labels.containsKey(Integer.valueOf(line))) {
            throw damaged("%s: class is '%s', expected a number that %s has", TRUTH, line, META);
        }
        return Optional.ofNullable(labels.get(Integer.valueOf(line))).orElseThrow();
    }

    /** The kit's number of each class that has images of its own, and the class's place in the manifest. */
    private static Map<Integer, Integer> labels(DatasetManifest manifest, byte[] meta)
            throws IOException, UnusableDataException {
        Map<Integer, Integer> labels = new HashMap<>();
        try (MatFile file = Mat5.newReader(Sources.wrap(meta)).readMat()) {
            Struct synsets = file.getStruct("synsets");
            for (int i = 0; i < synsets.getNumElements(); i++) {
                if (synsets.getMatrix("num_children", i).getInt(0) == 0) {
                    String name = synsets.getChar("WNID", i).getString();
                    int label = manifest.classes().indexOf(name);
                    if (label < 0) {
                        throw damaged("%s has the class '%s', which the manifest lacks", META, name);
                    }
                    labels.put(synsets.getMatrix("ILSVRC2012_ID", i).getInt(0), label);
                }
            }
        } catch (RuntimeException e) {
            throw damaged(e, "%s cannot be read (%s)".formatted(META, e));
        }
        if (labels.size() != manifest.classes().size()) {
            throw damaged(
                    "%s has %d classes, the manifest %d",
                    META, labels.size(), manifest.classes().size());
        }
        return labels;
    }
}
