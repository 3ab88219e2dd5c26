package normlab.dataset;

import static normlab.dataset.UnusableDataException.damaged;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;

/**
 * Makes colour images of ten classes, for machines that cannot have the real ones: a {@link SyntheticScene} each. The
 * same seed gives the same bytes everywhere, which the hashes of the manifest prove; image n of a part does not depend on
 * how many there are.
 */
final class SyntheticImages {
    private static final int IMAGES_BETWEEN_QUESTIONS = 512;

    private final DatasetManifest manifest;
    private final TaskContext context;

    SyntheticImages(DatasetManifest manifest, TaskContext context) {
        this.manifest = manifest;
        this.context = context;
    }

    /**
     * All four files of the dataset, each checked against its manifest.
     *
     * @throws UnusableDataException if the manifest is not of ten classes in colour, or states other hashes
     */
    Map<FileRole, IdxFile> generate(long seed) throws UnusableDataException, TaskInProgress {
        if (manifest.channels() != 3 || manifest.classes().size() != SyntheticScene.CLASSES) {
            throw damaged(
                    "[%s] synthetic images have 3 channels and %d classes, the manifest says %d and %d",
                    manifest.name(),
                    SyntheticScene.CLASSES,
                    manifest.channels(),
                    manifest.classes().size());
        }
        SplittableRandom random = new SplittableRandom(seed);
        Map<FileRole, IdxFile> files = new EnumMap<>(FileRole.class);
        part(FileRole.TRAIN_IMAGES, FileRole.TRAIN_LABELS, random.split(), files);
        part(FileRole.TEST_IMAGES, FileRole.TEST_LABELS, random.split(), files);
        FileVerifier verifier = new FileVerifier(manifest, VerifiedFiles.none());
        for (Map.Entry<FileRole, IdxFile> entry : files.entrySet()) {
            verifier.verify(entry.getValue(), manifest.file(entry.getKey()));
        }
        return files;
    }

    private void part(FileRole images, FileRole labels, SplittableRandom random, Map<FileRole, IdxFile> files)
            throws TaskInProgress {
        int count = manifest.file(images).count();
        ByteBuffer pixels = ByteBuffer.allocateDirect(Math.multiplyExact(count, manifest.bytesPerImage()));
        byte[] image = new byte[manifest.bytesPerImage()];
        byte[] classes = new byte[count];
        for (int i = 0; i < count; i++) {
            if (i % IMAGES_BETWEEN_QUESTIONS == 0) {
                context.stopIfAsked();
            }
            classes[i] = (byte) (i % SyntheticScene.CLASSES);
            new SyntheticScene(manifest.height(), manifest.width(), classes[i], random.split()).paint(image, 0);
            pixels.put(image);
        }
        files.put(images, new IdxFile(manifest.dimensions(manifest.file(images)), pixels.flip()));
        files.put(labels, new IdxFile(List.of(count), ByteBuffer.wrap(classes)));
    }
}
