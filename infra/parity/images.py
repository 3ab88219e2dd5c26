"""Holds images that `./normlab bench decoding --images FOLDER --export FILE` decoded against torchvision's.

usage: images.py FOLDER FILE

Compares Resize(256) + CenterCrop(224), and a random region resized to 224 x 224, both bilinear with antialiasing. Fails if an
image deviates by more than 1 level on average, or by more than 4 levels in more than 0.1 % of its values.
"""
import struct
import sys

import numpy
from PIL import Image
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F

SIZE = 224
MOST_MEAN, LEVELS, LEAST_SHARE = 1, 4, 0.999


def records(path):
    with open(path, "rb") as file:
        while length := file.read(2):
            name = file.read(struct.unpack(">H", length)[0]).decode()
            region = struct.unpack(">5i", file.read(20))
            images = [
                numpy.frombuffer(file.read(SIZE * SIZE * 3), numpy.uint8).reshape(SIZE, SIZE, 3) for _ in range(2)
            ]
            yield name, region, images


def main(folder, path):
    deviations = []
    for name, (x, y, width, height, flipped), (centre, cut) in records(path):
        image = Image.open(f"{folder}/{name}").convert("RGB")
        bilinear = InterpolationMode.BILINEAR
        expected_centre = F.center_crop(F.resize(image, 256, bilinear), SIZE)
        expected_cut = F.resized_crop(image, y, x, height, width, [SIZE, SIZE], bilinear)
        if flipped:
            expected_cut = F.hflip(expected_cut)
        for what, ours, theirs in (("centre", centre, expected_centre), ("region", cut, expected_cut)):
            levels = numpy.abs(ours.astype(int) - numpy.asarray(theirs).astype(int))
            deviations.append((levels.mean(), (levels <= LEVELS).mean(), levels.max(), f"{name} {what}"))
    worst = max(deviations)
    print(f"{len(deviations) // 2} images, {len(deviations)} comparisons")
    print(f"equal to the byte: {sum(d[2] == 0 for d in deviations)}")
    print(f"largest mean deviation: {worst[0]:.3f} levels ({worst[3]})")
    print(f"smallest share within {LEVELS} levels: {min(d[1] for d in deviations):.5f}")
    print(f"largest deviation of a value: {max(d[2] for d in deviations)} levels")
    beyond = [d for d in deviations if d[0] > MOST_MEAN or d[1] < LEAST_SHARE]
    for mean, share, largest, what in beyond:
        print(f"deviates: {what}: mean {mean:.2f}, within {LEVELS} levels {share:.4f}, largest {largest}")
    return 1 if beyond else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
