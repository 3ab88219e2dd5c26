package normlab.dataset;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.nio.file.Path;
import normlab.json.Problems;

/** A place where a dataset's files may be found. A manifest lists them in the order in which they are tried. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Source.NamedFolder.class, name = "named-folder"),
    @JsonSubTypes.Type(value = Source.Folder.class, name = "folder"),
    @JsonSubTypes.Type(value = Source.Cache.class, name = "cache"),
    @JsonSubTypes.Type(value = Source.Download.class, name = "download"),
    @JsonSubTypes.Type(value = Source.DebianPackage.class, name = "debian-package"),
    @JsonSubTypes.Type(value = Source.Imported.class, name = "imported"),
    @JsonSubTypes.Type(value = Source.Synthetic.class, name = "synthetic")
})
public sealed interface Source {
    /** The folder that the user named, if any: the files lie in it, or in its subfolder with the dataset's name. */
    record NamedFolder() implements Source {}

    /** @param path absolute, or relative to the folder of the manifests and inside it */
    record Folder(String path) implements Source {}

    /** What earlier downloads left. */
    record Cache() implements Source {}

    /** @param url http or https, with a final {@code /}; the file's name and {@code .gz} are appended */
    record Download(String url) implements Source {}

    /** What {@code data import} has put into the store. */
    record Imported() implements Source {}

    /**
     * A package of the system's package source, unpacked without installing it.
     *
     * @param folder inside the package where the files lie, relative to its root
     */
    record DebianPackage(String name, String folder) implements Source {}

    /**
     * The generator of synthetic images; its bytes are checked against the manifest, like those of any source.
     *
     * @param seed of all that is random in them
     */
    record Synthetic(long seed) implements Source {}

    /** Whether it takes a network to get at the data. */
    default boolean isRemote() {
        return switch (this) {
            case NamedFolder named -> false;
            case Folder folder -> false;
            case Cache cache -> false;
            case Imported imported -> false;
            case Synthetic synthetic -> false;
            case Download download -> true;
            case DebianPackage pack -> true;
        };
    }

    /** Adds what would make this source unsafe or useless. */
    default void check(Problems problems) {
        switch (this) {
            case NamedFolder named -> {}
            case Cache cache -> {}
            case Imported imported -> {}
            case Synthetic synthetic -> {}
            case Folder folder -> checkPath(folder.path(), "folder", problems);
            case Download download ->
                problems.check(
                        isDownloadAddress(download.url()),
                        "sources: url is '%s', expected http(s)://host/…/ without user, query and fragment"
                                .formatted(download.url()));
            case DebianPackage pack -> {
                problems.check(
                        pack.name().matches("[a-z0-9][a-z0-9+.-]+"),
                        "sources: package name is '%s', expected lower-case letters, digits, '+', '.' and '-'"
                                .formatted(pack.name()));
                checkPath(pack.folder(), "package folder", problems);
                problems.check(
                        !pack.folder().startsWith("/"),
                        "sources: package folder is '%s', expected a relative path".formatted(pack.folder()));
            }
        }
    }

    private static void checkPath(String path, String what, Problems problems) {
        boolean sound = !path.isBlank()
                && path.indexOf('\0') < 0
                && Path.of(path).normalize().equals(Path.of(path))
                && !path.startsWith("..");
        problems.check(sound, "sources: %s is '%s', expected a path without '..'".formatted(what, path));
    }

    private static boolean isDownloadAddress(String url) {
        try {
            URI uri = URI.create(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawPath().endsWith("/");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
