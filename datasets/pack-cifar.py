#!/usr/bin/env python3
"""Packs class folders of CIFAR (train/CLASS/*.png, test/CLASS/*.png) into an archive as the authors publish them.

usage: pack-cifar.py FOLDER ARCHIVE

The archive's name decides: cifar-10-binary.tar.gz, cifar-10-python.tar.gz, cifar-100-binary.tar.gz, cifar-100-python.tar.gz.
The images are in a random order, so the archive differs from the published one and has the same content. Coarse labels of
CIFAR-100 are all 0. Needs Pillow.
"""
import io
import pickle
import random
import re
import struct
import sys
import tarfile
import types
from pathlib import Path

PER_BATCH = 10000


def planes(file):
    from PIL import Image

    image = Image.open(file)
    assert image.mode == "RGB" and image.size == (32, 32), file
    return b"".join(channel.tobytes() for channel in image.split())


def images(folder, part, classes):
    files = [(label, file) for label, name in enumerate(classes) for file in sorted((folder / part / name).iterdir())]
    random.Random(part).shuffle(files)
    return [(label, planes(file)) for label, file in files]


def binary(samples, label_bytes):
    return b"".join(bytes(label_bytes - 1) + bytes([label]) + pixels for label, pixels in samples)


class Python2Pickler(pickle._Pickler):
    """CPython's own pickler at protocol 2, but that strings are the 8-bit ones of Python 2, which Python 3 does not write."""

    dispatch = dict(pickle._Pickler.dispatch)

    def save_string(self, value):
        data = value.encode("latin-1") if isinstance(value, str) else value
        short = len(data) < 256
        self.write((b"U" + bytes([len(data)]) if short else b"T" + struct.pack("<i", len(data))) + data)
        self.memoize(value)

    dispatch[str] = dispatch[bytes] = save_string


class Reduced:
    """Pickled as a call and a state, as NumPy has its arrays and types pickled."""

    def __init__(self, *parts):
        self.parts = parts

    def __reduce__(self):
        return self.parts


def global_name(module, name):
    """A stand-in for something of NumPy, of which only the name is pickled."""
    holder = sys.modules.setdefault(module, types.ModuleType(module))
    if not hasattr(holder, name):
        setattr(holder, name, type(name, (), {"__module__": module}))
    return getattr(holder, name)


def matrix(rows):
    """As NumPy 1 pickles an array of unsigned bytes."""
    kind = Reduced(global_name("numpy", "dtype"), ("u1", 0, 1), (3, "|", None, None, None, -1, -1, 0))
    call = global_name("numpy.core.multiarray", "_reconstruct"), (global_name("numpy", "ndarray"), (0,), "b")
    return Reduced(*call, (1, (len(rows), len(rows[0])), kind, False, b"".join(rows)))


def pickled(values):
    out = io.BytesIO()
    Python2Pickler(out, 2).dump(values)
    return out.getvalue()


def batch(samples, key):
    labels = [label for label, _ in samples]
    files = [f"image_{i:06}.png" for i in range(len(samples))]
    return pickled({"batch_label": "packed", key: labels, "data": matrix([p for _, p in samples]), "filenames": files})


def main(folder, archive):
    kind = re.fullmatch(r"cifar-(10|100)-(binary|python)\.tar\.gz", archive.name)
    if not kind:
        sys.exit(__doc__)
    ten, is_binary = kind[1] == "10", kind[2] == "binary"
    classes = sorted(path.name for path in (folder / "train").iterdir())
    train, test = images(folder, "train", classes), images(folder, "test", classes)
    top = f"cifar-{kind[1]}-" + ("batches-bin" if ten and is_binary else "batches-py" if ten else kind[2])
    pack = (lambda s: binary(s, 1 if ten else 2)) if is_binary else (lambda s: batch(s, "labels" if ten else "fine_labels"))
    ending = ".bin" if is_binary else ""
    files = {}
    if ten:
        for number in range(5):
            files[f"data_batch_{number + 1}{ending}"] = lambda n=number: pack(train[n * PER_BATCH : (n + 1) * PER_BATCH])
        files["test_batch" + ending] = lambda: pack(test)
    else:
        files.update({"train" + ending: lambda: pack(train), "test" + ending: lambda: pack(test)})
    if is_binary:
        files["batches.meta.txt" if ten else "fine_label_names.txt"] = lambda: "\n".join(classes).encode() + b"\n"
    else:
        key = "label_names" if ten else "fine_label_names"
        files["batches.meta" if ten else "meta"] = lambda: pickled({key: classes})
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
