#!/usr/bin/env python3
"""Counts the test images of class folders (train/CLASS/*.png, test/CLASS/*.png) that closely resemble a training image.

usage: near-duplicates.py FOLDER [CORRELATION ...]

Each image is averaged over blocks of 2 x 2 pixels, and the mean of each channel is taken away. Two images are near-duplicates if
the correlation of what is left, over all pixels and channels, is at least CORRELATION (0.99, 0.95 and 0.9, unless stated), as
they are or with one of them mirrored. Brightness and contrast do not matter; a shift or another crop is not recognised, and images
of plain ground may resemble each other by chance. Needs NumPy and Pillow.
"""
import sys
from pathlib import Path

import numpy
from PIL import Image


def features(folder):
    """The images without their means, each of unit length, in half the resolution."""
    files = sorted(folder.glob("*/*.png"))
    images = numpy.stack([numpy.asarray(Image.open(file).convert("RGB"), dtype=numpy.float32) for file in files])
    count, height, width, channels = images.shape
    small = images.reshape(count, height // 2, 2, width // 2, 2, channels).mean(axis=(2, 4))
    small -= small.mean(axis=(1, 2), keepdims=True)
    length = numpy.sqrt((small**2).sum(axis=(1, 2, 3), keepdims=True))
    return small / numpy.maximum(length, 1e-6)


def largest(test, train):
    """Of each test image, the largest correlation with a training image or its mirror image."""
    test, columns = test.reshape(len(test), -1), [t.reshape(len(t), -1).T for t in (train, train[:, :, ::-1])]
    pieces = (test[i : i + 500] for i in range(0, len(test), 500))
    return numpy.concatenate([numpy.maximum(*((p @ c).max(axis=1) for c in columns)) for p in pieces])


def main(folder, limits):
    found = largest(features(folder / "test"), features(folder / "train"))
    for limit in limits:
        count = (found >= limit).sum()
        print(f"correlation of at least {limit}: {count} of {len(found)} test images ({100 * count / len(found):.2f} %)")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), [float(limit) for limit in sys.argv[2:]] or [0.99, 0.95, 0.9])
