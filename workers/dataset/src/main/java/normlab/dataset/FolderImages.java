package normlab.dataset;

import static normlab.dataset.UnusableDataException.damaged;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import normlab.dataset.shard.SourceImage;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;

/** Reads the class folders of a dataset whose manifest is there, into memory. */
final class FolderImages {
    private final DatasetManifest manifest;
    private final ClassFolders folders;
    private final FileProblems problems;

    private FolderImages(DatasetManifest manifest, ClassFolders folders, FileProblems problems) {
        this.manifest = manifest;
        this.folders = folders;
        this.problems = problems;
    }

    /** @throws UnusableDataException with all problems, if classes, files or sizes are not those of the manifest */
    static OfficialData read(DatasetManifest manifest, Path folder, TaskContext context)
            throws UnusableDataException, TaskInProgress {
        FileProblems problems = new FileProblems();
        try {
            ClassFolders folders = ClassFolders.find(folder, problems);
            return new FolderImages(manifest, folders, problems).read(context);
        } catch (UnusableDataException e) {
            throw e.about(folder, "replace it by the original, see " + manifest.homepage());
        } catch (IOException e) {
            throw damaged(e, "cannot be read (%s)".formatted(e)).about(folder, "check its permissions");
        }
    }

    private OfficialData read(TaskContext context) throws UnusableDataException, TaskInProgress {
        ImageContent content = manifest.content().orElseThrow();
        List<Integer> labels =
                folders.classes().stream().map(manifest.classes()::indexOf).toList();
        if (labels.contains(-1) || labels.size() != manifest.classes().size()) {
            throw damaged("has the classes %s, the manifest %s", folders.classes(), manifest.classes());
        }
        check("training", folders.train(), content.train());
        check("test", folders.test(), content.test());
        OfficialData data = new OfficialData(
                read("training", folders.train(), labels, context),
                read("test", folders.test(), labels, context),
                "class folders");
        if (!problems.isEmpty()) {
            throw damaged("%s", String.join("; ", problems.lines()));
        }
        return data;
    }

    private static void check(String what, List<ClassFolders.ImageFile> files, int expected)
            throws UnusableDataException {
        if (files.size() != expected) {
            throw damaged("has %d %s images, the manifest says %d", files.size(), what, expected);
        }
    }

    private ImageSet read(String what, List<ClassFolders.ImageFile> files, List<Integer> labels, TaskContext context)
            throws UnusableDataException, TaskInProgress {
        ImageSet images = ImageSet.blank(files.size(), manifest.bytesPerImage());
        try {
            ParallelWork.each(files.size(), context, manifest.name() + ": %,d of %,d " + what + " images read", i -> {
                ClassFolders.ImageFile file = files.get(i);
                images.classes()[i] = labels.get(file.label()).byteValue();
                read(file, i, images);
            });
        } catch (ExecutionException e) {
            throw damaged(e, "cannot be read (%s)".formatted(e.getCause()));
        }
        return images;
    }

    private void read(ClassFolders.ImageFile file, int place, ImageSet images) {
        try {
            SourceImage image = SourceImage.read(folders.read(file));
            if (image.height() != manifest.height() || image.width() != manifest.width()) {
                problems.add(
                        "images must be %d × %d pixels".formatted(manifest.width(), manifest.height()),
                        file.name(),
                        "is %d × %d".formatted(image.width(), image.height()));
                return;
            }
            images.pixels().put(place * images.bytesPerImage(), image.values(manifest.channels()));
        } catch (IOException e) {
            problems.add("files cannot be read", file.name(), String.valueOf(e.getMessage()));
        }
    }
}
