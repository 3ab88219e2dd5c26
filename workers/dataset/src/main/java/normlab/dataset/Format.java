package normlab.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.Set;

/** How the files of a dataset are encoded. */
public enum Format {
    /**
     * The format of MNIST: a magic number, big-endian dimensions, unsigned bytes. Images with several channels have a
     * fourth dimension, which runs fastest.
     */
    @JsonProperty("idx")
    IDX(EnumSet.of(FileRole.TRAIN_IMAGES, FileRole.TRAIN_LABELS, FileRole.TEST_IMAGES, FileRole.TEST_LABELS)),
    /**
     * Images of one size, identified by their content: an archive of CIFAR in its binary or its Python version, class
     * folders, or the store. They are kept decoded, in their canonical order.
     */
    @JsonProperty("images")
    IMAGES(EnumSet.noneOf(FileRole.class)),
    /** Image files of any size, identified by their content and kept as they are, in shards. */
    @JsonProperty("image-files")
    IMAGE_FILES(EnumSet.noneOf(FileRole.class)),
    /** ILSVRC2012 in its published archives: too large for memory, and prepared in shards. */
    @JsonProperty("ilsvrc")
    ILSVRC(EnumSet.of(FileRole.TRAIN_ARCHIVE, FileRole.TEST_ARCHIVE, FileRole.DEVKIT));

    private final Set<FileRole> roles;

    Format(Set<FileRole> roles) {
        this.roles = roles;
    }

    /** Whether the images are kept as files and decoded while a network trains on them. */
    public boolean isStreamed() {
        return this == IMAGE_FILES || this == ILSVRC;
    }

    /** Whether a manifest states the images and not the files that they come in. */
    boolean isIdentifiedByContent() {
        return this == IMAGES || this == IMAGE_FILES;
    }

    /** A manifest of this format names one file for each, and of {@link #IMAGES} any number of archives. */
    Set<FileRole> roles() {
        return EnumSet.copyOf(roles);
    }
}
