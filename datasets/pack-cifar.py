#!/usr/bin/env python3
"""Packs class folders of CIFAR (train/CLASS/*.png, test/CLASS/*.png) into an archive as the authors publish them.

usage: pack-cifar.py FOLDER ARCHIVE

The archive's name decides: cifar-10-binary.tar.gz, cifar-10-python.tar.gz, cifar-100-binary.tar.gz, cifar-100-python.tar.gz.
The images are in a random order, so the archive differs from the published one and has the same content. Coarse labels of
CIFAR-100 are all 0. Needs Pillow. Pickles are written with the opcodes of Python 2, which Python 3 cannot write.
"""
import io
import random
import re
import struct
import sys
import tarfile
from pathlib import Path

from PIL import Image

PER_BATCH = 10000


def planes(file):
    image = Image.open(file)
    assert image.mode == "RGB" and image.size == (32, 32), file
    return b"".join(channel.tobytes() for channel in image.split())


def images(folder, part, classes):
    files = [(label, file) for label, name in enumerate(classes) for file in sorted((folder / part / name).iterdir())]
    random.Random(part).shuffle(files)
    return [(label, planes(file)) for label, file in files]


def binary(samples, label_bytes):
    return b"".join(bytes(label_bytes - 1) + bytes([label]) + pixels for label, pixels in samples)


def string(text):
    return b"U" + bytes([len(text)]) + text.encode()


def number(value):
    return b"K" + bytes([value]) if value < 256 else b"M" + struct.pack("<H", value)


def numbers(values):
    """A list as Python 2 writes it: at most 1,000 items at a time."""
    pieces = (values[i : i + 1000] for i in range(0, len(values), 1000))
    return b"]" + b"".join(b"(" + b"".join(map(number, piece)) + b"e" for piece in pieces)


def matrix(rows):
    count = number(1) + number(len(rows)) + number(len(rows[0])) + b"\x86"
    kind = b"cnumpy\ndtype\n" + string("u1") + number(0) + number(1) + b"\x87R(" + number(3) + string("|")
    kind += b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xff" + number(0) + b"tb"
    array = b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n" + number(0) + b"\x85" + string("b") + b"\x87R"
    values = b"".join(rows)
    return array + b"(" + count + kind + b"\x89T" + struct.pack("<I", len(values)) + values + b"tb"


def dictionary(**values):
    return b"\x80\x02}(" + b"".join(string(key) + value for key, value in values.items()) + b"u."


def names(classes):
    return b"](" + b"".join(map(string, classes)) + b"e"


def pickled(samples, key):
    labels = [label for label, _ in samples]
    return dictionary(**{"batch_label": string("packed"), key: numbers(labels), "data": matrix([p for _, p in samples])})


def main(folder, archive):
    kind = re.fullmatch(r"cifar-(10|100)-(binary|python)\.tar\.gz", archive.name)
    if not kind:
        sys.exit(__doc__)
    ten, is_binary = kind[1] == "10", kind[2] == "binary"
    classes = sorted(path.name for path in (folder / "train").iterdir())
    train, test = images(folder, "train", classes), images(folder, "test", classes)
    top = f"cifar-{kind[1]}-" + ("batches-bin" if ten and is_binary else "batches-py" if ten else kind[2])
    pack = (lambda s: binary(s, 1 if ten else 2)) if is_binary else (lambda s: pickled(s, "labels" if ten else "fine_labels"))
    ending = ".bin" if is_binary else ""
    files = {}
    if ten:
        for batch in range(5):
            files[f"data_batch_{batch + 1}{ending}"] = lambda b=batch: pack(train[b * PER_BATCH : (b + 1) * PER_BATCH])
        files["test_batch" + ending] = lambda: pack(test)
    else:
        files.update({"train" + ending: lambda: pack(train), "test" + ending: lambda: pack(test)})
    if is_binary:
        files["batches.meta.txt" if ten else "fine_label_names.txt"] = lambda: "\n".join(classes).encode() + b"\n"
    else:
        key = "label_names" if ten else "fine_label_names"
        files["batches.meta" if ten else "meta"] = lambda: dictionary(**{key: names(classes)})
    with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(f"{top}/{name}")
            data = content()
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
