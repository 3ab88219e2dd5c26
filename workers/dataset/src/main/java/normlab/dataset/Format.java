package normlab.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How the files of a dataset are encoded. */
public enum Format {
    /**
     * The format of MNIST: a magic number, big-endian dimensions, unsigned bytes. Images with several channels have a
     * fourth dimension, which runs fastest.
     */
    @JsonProperty("idx")
    IDX(
            EnumSet.of(FileRole.TRAIN_IMAGES, FileRole.TRAIN_LABELS, FileRole.TEST_IMAGES, FileRole.TEST_LABELS),
            List.of()),
    /** The binary version of CIFAR-10, in its archive. */
    @JsonProperty("cifar-10")
    CIFAR_10(
            EnumSet.of(FileRole.ARCHIVE),
            List.of("cifar-10-batches-bin", "cifar-10-batches-py", "data_batch_1.bin", "data_batch_1")),
    /** The binary version of CIFAR-100 with its 100 fine classes, in its archive. */
    @JsonProperty("cifar-100")
    CIFAR_100(EnumSet.of(FileRole.ARCHIVE), List.of("cifar-100-binary", "cifar-100-python", "train.bin", "train")),
    /** ILSVRC2012 in its published archives: too large for memory, and prepared in shards. */
    @JsonProperty("ilsvrc")
    ILSVRC(
            EnumSet.of(FileRole.TRAIN_ARCHIVE, FileRole.TEST_ARCHIVE, FileRole.DEVKIT),
            List.of("train", "val", "ILSVRC", "n01440764"));

    private final Set<FileRole> roles;
    private final List<String> unpackedNames;

    Format(Set<FileRole> roles, List<String> unpackedNames) {
        this.roles = roles;
        this.unpackedNames = unpackedNames;
    }

    /** Files and folders that unpacking an archive leaves. */
    List<String> unpackedNames() {
        return unpackedNames;
    }

    /** A manifest of this format names one file for each. */
    Set<FileRole> roles() {
        return EnumSet.copyOf(roles);
    }
}
