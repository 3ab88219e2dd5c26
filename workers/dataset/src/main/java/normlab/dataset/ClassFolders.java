package normlab.dataset;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The image files of class folders, as torchvision's {@code ImageFolder} has them: {@code train/CLASS/*} and
 * {@code test/CLASS/*}, or {@code CLASS/*} alone. Hidden files, and files beside the folders, are left out.
 *
 * @param root absolute
 * @param classes the folders' names in the order of their characters
 * @param hasTest whether there is a test set; else all files are in {@code train}
 */
record ClassFolders(Path root, List<String> classes, List<ImageFile> train, List<ImageFile> test, boolean hasTest) {
    private static final int LONGEST_CLASS = 100;
    private static final long MOST_BYTES = 1L << 26;
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "jpe", "bmp", "gif", "webp");

    /** @param name of the file's folder and of the file, relative to the root */
    record ImageFile(int label, String name) {}

    ClassFolders {
        classes = List.copyOf(classes);
        train = List.copyOf(train);
        test = List.copyOf(test);
    }

    /** Whether a folder has the layout with a training and a test set. */
    static boolean areIn(Path folder) {
        return Files.isDirectory(folder.resolve("train")) && Files.isDirectory(folder.resolve("test"));
    }

    /**
     * @param problems with names, links and layout, of all files
     * @throws IOException if a folder cannot be listed
     */
    static ClassFolders find(Path folder, FileProblems problems) throws IOException {
        Path root = folder.toRealPath();
        boolean hasTest = areIn(root);
        List<String> parts = hasTest ? List.of("train/", "test/") : List.of("");
        Set<String> names = new TreeSet<>();
        for (String part : parts) {
            for (Path child : children(root.resolve(part))) {
                String name = String.valueOf(child.getFileName());
                if (Files.isDirectory(child)
                        && isInside(root, part + name, problems)
                        && isClass(part + name, name, problems)) {
                    names.add(name);
                }
            }
        }
        List<String> classes = List.copyOf(names);
        List<ImageFile> train = files(root, parts.getFirst(), classes, problems);
        List<ImageFile> test = hasTest ? files(root, "test/", classes, problems) : List.of();
        return new ClassFolders(root, classes, train, test, hasTest);
    }

    private static boolean isClass(String path, String name, FileProblems problems) {
        boolean sound = name.length() <= LONGEST_CLASS
                && name.equals(name.strip())
                && name.codePoints().allMatch(FileProblems::isPrintable);
        if (!sound) {
            problems.add(
                    "names of classes must be 1 to %d printable characters; rename".formatted(LONGEST_CLASS), path, "");
        }
        return sound;
    }

    private static List<ImageFile> files(Path root, String part, List<String> classes, FileProblems problems)
            throws IOException {
        List<ImageFile> files = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            String folder = part + classes.get(label);
            if (!Files.isDirectory(root.resolve(folder))) {
                continue;
            }
            for (Path file : children(root.resolve(folder))) {
                String name = folder + "/" + file.getFileName();
                if (isImage(root, file, name, problems)) {
                    files.add(new ImageFile(label, name));
                }
            }
        }
        return files;
    }

    private static boolean isImage(Path root, Path file, String name, FileProblems problems) {
        if (!name.codePoints().allMatch(FileProblems::isPrintable)) {
            problems.add("names must be of printable characters; rename", name, "");
        } else if (!isInside(root, name, problems)) {
            return false;
        } else if (!Files.isRegularFile(file)) {
            problems.add("folders of classes must contain image files only; remove or move", name, "is not a file");
        } else if (!ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))) {
            problems.add("files must be PNG, JPEG, BMP, GIF or WebP; convert or remove", name, "");
        } else {
            return true;
        }
        return false;
    }

    private static boolean isInside(Path root, String name, FileProblems problems) {
        Path path = root.resolve(name);
        try {
            if (!Files.isSymbolicLink(path) || path.toRealPath().startsWith(root)) {
                return true;
            }
            problems.add("links must not lead out of the folder; replace by what they lead to", name, "");
        } catch (IOException e) {
            problems.add("links must lead to a file; remove", name, "");
        }
        return false;
    }

    /** Of a folder, in the order of their names, without hidden ones. */
    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path child : all) {
                if (!String.valueOf(child.getFileName()).startsWith(".")) {
                    children.add(child);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        children.sort(null);
        return children;
    }

    byte[] read(ImageFile file) throws IOException {
        Path path = root.resolve(file.name());
        long size = Files.size(path);
        if (size > MOST_BYTES) {
            throw new IOException("is %d bytes long, expected at most %d".formatted(size, MOST_BYTES));
        }
        return Files.readAllBytes(path);
    }
}
