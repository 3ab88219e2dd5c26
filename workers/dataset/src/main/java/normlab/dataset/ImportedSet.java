package normlab.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import normlab.dataset.shard.SourceImage;
import normlab.port.ArtifactStore;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;
import normlab.trial.PreparedDataset.Part;

/** The images of class folders, all of which have been read once. In the heap are their digests, and not their pixels. */
final class ImportedSet implements AutoCloseable {
    private final ClassFolders folders;
    private final List<ClassFolders.ImageFile> files;
    private final ImportOptions options;
    private final ImportGeometry geometry;
    private final FileProblems unusable;
    private final FileProblems mismatches = new FileProblems();
    private final ImageDigests digests;
    private final BitSet usable = new BitSet();
    private final int[] checksums;
    private final int[] lengths;
    private final long[] sums;
    private final Path scratch;
    private final PixelSpool pixels;
    private int[] train = {};
    private int[] test = {};

    private ImportedSet(
            ClassFolders folders, ImportOptions options, ImportGeometry geometry, Path scratch, FileProblems unusable)
            throws IOException {
        this.folders = folders;
        this.files = new ArrayList<>(folders.train());
        files.addAll(folders.test());
        this.options = options;
        this.geometry = geometry;
        this.unusable = unusable;
        this.digests = new ImageDigests(files.size());
        this.checksums = new int[files.size()];
        this.lengths = new int[files.size()];
        this.sums = new long[geometry.isStreamed() ? files.size() * 6 : 0];
        this.scratch = scratch;
        this.pixels = new PixelSpool(scratch, geometry.bytesPerImage());
    }

    /**
     * @param unusable collects the files that cannot be used
     * @throws IOException if the disk is full
     */
    static ImportedSet read(
            ClassFolders folders, ImportOptions options, Path scratch, FileProblems unusable, TaskContext context)
            throws IOException, TaskInProgress {
        ImportGeometry geometry = ImportGeometry.of(folders, options);
        ImportedSet images = new ImportedSet(folders, options, geometry, scratch, unusable);
        try {
            ParallelWork.each(images.files.size(), context, options.name() + ": %,d of %,d images read", images::read);
            images.divide();
            return images;
        } catch (ExecutionException e) {
            images.close();
            throw new IOException("cannot keep decoded images: " + e.getCause(), e);
        } catch (TaskInProgress | RuntimeException e) {
            images.close();
            throw e;
        }
    }

    private void read(int index) throws IOException {
        ClassFolders.ImageFile file = files.get(index);
        SourceImage image;
        byte[] bytes;
        try {
            bytes = folders.read(file);
            image = SourceImage.read(bytes);
        } catch (IOException e) {
            unusable.add("cannot be read", file.name(), String.valueOf(e.getMessage()));
            return;
        }
        if (image.loss().isPresent()) {
            unusable.add(
                    "has more than its pixels in 8 bits; convert",
                    file.name(),
                    image.loss().get());
            return;
        }
        geometry.check(file.name(), image, options, mismatches);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        checksums[index] = (int) checksum.getValue();
        lengths[index] = bytes.length;
        if (geometry.problems().isEmpty()) {
            keep(index, image);
        }
        synchronized (usable) {
            usable.set(index);
        }
    }

    private void keep(int index, SourceImage image) throws IOException {
        int label = files.get(index).label();
        if (geometry.isStreamed()) {
            digests.set(index, label, ImageDigests.of(image));
            byte[] seen = image.centre(geometry.height(), geometry.width());
            PixelStatistics.add(seen, seen.length, 3, sums, 6 * index);
        } else {
            byte[] scaled = image.scaled(geometry.height(), geometry.width(), geometry.channels());
            byte[] digest = ImageDigests.of(geometry.height(), geometry.width(), geometry.channels(), scaled);
            digests.set(index, label, digest);
            pixels.write(index, scaled);
        }
    }

    /** Into training and test set, each in canonical order. */
    private void divide() {
        int[] all = usable.stream().toArray();
        BitSet tested = folders.hasTest() ? new BitSet() : heldOut().of(digests, all);
        if (folders.hasTest()) {
            tested.set(folders.train().size(), files.size());
        }
        train = ordered(IntStream.of(all).filter(i -> !tested.get(i)).toArray());
        test = ordered(IntStream.of(all).filter(tested::get).toArray());
    }

    private HeldOut heldOut() {
        return new HeldOut(options.testShare(), options.seed());
    }

    private int[] ordered(int[] images) {
        return IntStream.of(digests.select(images).order()).map(i -> images[i]).toArray();
    }

    /** All that hinders the import but the files that cannot be used. */
    List<String> problems() {
        List<String> problems = new ArrayList<>(mismatches.lines());
        problems.addAll(geometry.problems());
        int[] trained = perClass(train);
        int[] tested = perClass(test);
        for (int label = 0; label < trained.length; label++) {
            if (trained[label] < 2 || tested[label] < 1) {
                problems.add(
                        "class %s has %d usable training images and %d test images, expected at least 2 and 1: one is for validation"
                                .formatted(folders.classes().get(label), trained[label], tested[label]));
            }
        }
        return problems;
    }

    private int[] perClass(int[] images) {
        int[] count = new int[folders.classes().size()];
        IntStream.of(images).forEach(image -> count[files.get(image).label()]++);
        return count;
    }

    DatasetManifest manifest() {
        ImageDigests trained = digests.select(train);
        ImageDigests tested = digests.select(test);
        int[] perClass = perClass(train);
        long bytes = geometry.isStreamed()
                ? usable.stream().mapToLong(i -> lengths[i]).sum()
                : (long) (train.length + test.length) * geometry.bytesPerImage();
        return new DatasetManifest(
                options.name(),
                options.name(),
                new DatasetManifest.Licence(options.licence(), "as stated at the import", "not stated"),
                "not stated",
                "docs/how-to/own-data.md",
                geometry.isStreamed() ? Format.IMAGE_FILES : Format.IMAGES,
                geometry.height(),
                geometry.width(),
                geometry.channels(),
                folders.classes(),
                Optional.of(new ImageContent(
                        train.length,
                        test.length,
                        IntStream.of(perClass).min().orElseThrow(),
                        IntStream.of(perClass).max().orElseThrow(),
                        bytes,
                        ImageDigests.fingerprint(folders.classes().size(), trained, tested))),
                List.of(),
                List.of(new Source.Imported()),
                geometry.isStreamed() ? Optional.of(seenStatistics()) : Optional.empty());
    }

    /** Of the training images as a network sees them in evaluation. */
    private PixelStatistics seenStatistics() {
        long[] total = new long[6];
        for (int image : train) {
            for (int i = 0; i < total.length; i++) {
                total[i] += sums[6 * image + i];
            }
        }
        return PixelStatistics.of(total, (long) train.length * geometry.height() * geometry.width());
    }

    /** What a user should know of the images. */
    List<String> remarks() {
        ImageDigests trained = digests.select(train);
        ImageDigests tested = digests.select(test);
        List<String> remarks = new ArrayList<>();
        if (!folders.hasTest()) {
            remarks.add(heldOut().toString());
        }
        if (trained.repeated() + tested.repeated() + tested.sharedWith(trained) > 0) {
            remarks.add(
                    "duplicates: %,d training images repeat the pixels of another one, %,d of them with another class; %,d test images do; %,d test images are training images too"
                            .formatted(
                                    trained.repeated(),
                                    trained.contradicted(),
                                    tested.repeated(),
                                    tested.sharedWith(trained)));
        }
        return remarks;
    }

    /** The files whose pixels another one has. They are kept, and so they hinder nothing. */
    List<String> duplicates() {
        if (!geometry.problems().isEmpty()) {
            // Nothing has been scaled.
            return List.of();
        }
        FileProblems duplicates = new FileProblems();
        int[] order = ordered(usable.stream().toArray());
        for (int i = 1; i < order.length; i++) {
            if (Arrays.equals(digests.digest(order[i - 1]), digests.digest(order[i]))) {
                String other = files.get(order[i - 1]).name();
                duplicates.add(
                        "has the pixels of another file; both are kept",
                        files.get(order[i]).name(),
                        "as " + FileProblems.printable(other));
            }
        }
        return duplicates.lines();
    }

    ImportedImages put(ArtifactStore store, TaskContext context) throws IOException, TaskInProgress {
        if (!geometry.isStreamed()) {
            return new ImportedImages(decoded(store, train, context), decoded(store, test, context));
        }
        ShardedPreparation shards = new ShardedPreparation(store, options.name(), context);
        return new ImportedImages(
                shards.write("train", new Files(), train, false), shards.write("test", new Files(), test, false));
    }

    private Part decoded(ArtifactStore store, int[] order, TaskContext context) throws IOException, TaskInProgress {
        byte[] labels = new byte[order.length];
        byte[] image = new byte[geometry.bytesPerImage()];
        try (PixelSpool ordered = new PixelSpool(scratch, geometry.bytesPerImage())) {
            for (int i = 0; i < order.length; i++) {
                pixels.read(order[i], image);
                ordered.write(i, image);
                labels[i] = (byte) digests.label(order[i]);
            }
            context.stopIfAsked();
            return ImportedImages.put(store, ordered.map(order.length), labels);
        }
    }

    /** The files themselves, which must be what they were when they were decoded. */
    private final class Files implements EncodedData.Images {
        private final ImageIndex index = new ImageIndex();

        Files() {
            for (int i = 0; i < files.size(); i++) {
                index.add(i, lengths[i], files.get(i).label());
            }
        }

        @Override
        public ImageIndex index() {
            return index;
        }

        @Override
        public byte[] read(int image) throws IOException {
            byte[] bytes = folders.read(files.get(image));
            CRC32C checksum = new CRC32C();
            checksum.update(bytes);
            if ((int) checksum.getValue() != checksums[image]) {
                throw new IOException("[%s] has changed during the import; import again"
                        .formatted(FileProblems.printable(files.get(image).name())));
            }
            return bytes;
        }
    }

    @Override
    public void close() throws IOException {
        pixels.close();
    }
}
