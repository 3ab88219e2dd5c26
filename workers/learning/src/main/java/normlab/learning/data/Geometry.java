package normlab.learning.data;

import static normlab.json.Checks.check;

/** Size of a dataset's images and number of its classes. */
public record Geometry(int height, int width, int channels, int classes) {
    public static final Geometry FASHION_MNIST = new Geometry(28, 28, 1, 10);
    public static final Geometry CIFAR_10 = new Geometry(32, 32, 3, 10);
    public static final Geometry ILSVRC = new Geometry(224, 224, 3, 1000);

    public Geometry {
        check(height >= 1 && width >= 1, "images of %s × %s pixels, expected 1 or more", height, width);
        check(channels >= 1, "channels is %s, expected 1 or more", channels);
        check(classes >= 2, "classes is %s, expected 2 or more", classes);
    }

    /** Of the data that a network is usually trained on here: Fashion-MNIST for the plain ones, else what its name says, or CIFAR. */
    public static Geometry of(String network) {
        if (network.endsWith("-imagenet")) {
            return ILSVRC;
        }
        return network.startsWith("plain-") ? FASHION_MNIST : CIFAR_10;
    }

    /** Values of one image. */
    public int size() {
        return height * width * channels;
    }
}
