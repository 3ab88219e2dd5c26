#!/usr/bin/env python3
"""Make datasets/fashion-mnist-sample from the official files: python3 make-sample.py SOURCE TARGET

Takes the first 30 training and the first 10 test images of each class, in file order. SOURCE has the four .gz
files; TARGET gets four files with the same names. No time stamp is written, so a second run with the same zlib
writes the same bytes; with another zlib the content is the same. Prints each file's entry for the manifest.
Needs only the standard library.
"""

import gzip
import hashlib
import io
import pathlib
import struct
import sys

PER_CLASS = {"train": 30, "t10k": 10}
CLASSES = 10


def read(path, rank):
    content = gzip.decompress(path.read_bytes())
    magic, *dimensions = struct.unpack_from(f">{1 + rank}I", content)
    if magic != 0x0800 | rank:
        sys.exit(f"{path}: magic number is {magic:#010x}, expected {0x0800 | rank:#010x}")
    return dimensions, content[4 * (1 + rank):]


def write(path, dimensions, values):
    rank = len(dimensions)
    content = struct.pack(f">{1 + rank}I", 0x0800 | rank, *dimensions) + values
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as stream:
        stream.write(content)
    path.write_bytes(packed.getvalue())
    print(f"{path.name}  bytes: {len(content)}  sha256: {hashlib.sha256(content).hexdigest()}")


def first_of_each_class(labels, per_class):
    taken = [0] * CLASSES
    for index, label in enumerate(labels):
        if taken[label] < per_class:
            taken[label] += 1
            yield index


def main(source, target):
    target.mkdir(parents=True, exist_ok=True)
    for part, per_class in PER_CLASS.items():
        images_name, labels_name = f"{part}-images-idx3-ubyte.gz", f"{part}-labels-idx1-ubyte.gz"
        (_, height, width), pixels = read(source / images_name, 3)
        _, labels = read(source / labels_name, 1)
        chosen = list(first_of_each_class(labels, per_class))
        size = height * width
        images = b"".join(pixels[i * size:(i + 1) * size] for i in chosen)
        write(target / images_name, [len(chosen), height, width], images)
        write(target / labels_name, [len(chosen)], bytes(labels[i] for i in chosen))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
