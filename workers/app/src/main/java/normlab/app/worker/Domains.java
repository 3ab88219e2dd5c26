package normlab.app.worker;

import java.util.List;

/**
 * The domains of a cluster: the class of a device, and a size of memory. Equal classes compute equal bytes, and a worker
 * takes what is as large as itself before it takes what smaller ones can do as well.
 */
final class Domains {
    /** In GiB, the largest first. Few, since a worker that waits asks for each of its sizes in turn. */
    private static final List<Integer> SIZES = List.of(128, 32, 8, 2);

    private static final int MIB = 1024;

    private Domains() {}

    /** The domain of a trial: the smallest size that holds it, or the largest there is. */
    static String of(String deviceClass, long neededMiB) {
        int size = SIZES.stream()
                .filter(s -> neededMiB <= (long) s * MIB)
                .reduce(SIZES.getFirst(), (larger, smaller) -> smaller);
        return name(deviceClass, size);
    }

    /** The domains that a worker serves, the largest first; at least the smallest. */
    static List<String> servedBy(String deviceClass, long memoryMiB) {
        return SIZES.stream()
                .filter(s -> (long) s * MIB <= memoryMiB || s.equals(SIZES.getLast()))
                .map(s -> name(deviceClass, s))
                .toList();
    }

    private static String name(String deviceClass, int size) {
        return deviceClass + "-" + size + "g";
    }
}
