"""Trains BN-ReLU ResNet-20 on class folders of CIFAR-10 in plain PyTorch, as the experiment cifar10-anchor does in NormLab.

Nothing is taken over from NormLab: network, initial weights, choice and order of images and augmentation are written here.
Prints one JSON object for each epoch.
"""

import argparse
import json
import math
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn

EPOCHS, BATCH, RATE, WARMUP, DECAY, PER_CLASS, VALIDATED = 8, 64, 0.1, 80, 5e-4, 4500, 500


class Block(nn.Module):
    """He et al. 2015, option A: a shortcut without parameters."""

    def __init__(self, inputs, channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.stride, self.added = stride, channels - inputs

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        kept = F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, 0, self.added))
        return F.relu(y + kept)


def resnet_20():
    blocks, inputs = [], 16
    for channels in (16, 32, 64):
        for block in range(3):
            blocks.append(Block(inputs, channels, 2 if block == 0 and channels > 16 else 1))
            inputs = channels
    stem = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()]
    model = nn.Sequential(*stem, *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))
    for layer in model.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    nn.init.zeros_(model[-1].bias)
    return model


def read(folder):
    """Images (N, 3, 32, 32) in [0, 255] and labels, by class."""
    images, labels = [], []
    for label, directory in enumerate(sorted(pathlib.Path(folder).iterdir())):
        for file in sorted(directory.iterdir()):
            images.append(np.asarray(Image.open(file).convert("RGB")))
            labels.append(label)
    return torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).contiguous(), torch.tensor(labels)


def split(labels, drawn):
    """Indices of 4,500 images of each class to train on, and of 500 to validate on."""
    train, validation = [], []
    for label in range(10):
        chosen = torch.nonzero(labels == label).flatten()
        chosen = chosen[torch.randperm(len(chosen), generator=drawn)]
        train.append(chosen[:PER_CLASS])
        validation.append(chosen[PER_CLASS : PER_CLASS + VALIDATED])
    return torch.cat(train), torch.cat(validation)


def augmented(images, drawn):
    """Pads with 4 black pixels, cuts at a random place, and flips half of the images."""
    padded = F.pad(images, (4, 4, 4, 4))
    tops, lefts = torch.randint(9, (2, len(images)), generator=drawn)
    flips = torch.rand(len(images), generator=drawn) < 0.5
    cut = torch.stack([p[:, t : t + 32, l : l + 32] for p, t, l in zip(padded, tops.tolist(), lefts.tolist())])
    return torch.where(flips.view(-1, 1, 1, 1), cut.flip(3), cut)


def accuracy(model, images, labels, standardise):
    model.eval()
    with torch.no_grad():
        hits = sum((model(standardise(x)).argmax(1) == y).sum().item() for x, y in zip(images.split(500), labels.split(500)))
    model.train()
    return hits / len(labels)


def rate(step, steps):
    """Linear warm-up, then a cosine to zero at the last step."""
    if step < WARMUP:
        return RATE * (step + 1) / WARMUP
    return RATE * 0.5 * (1 + math.cos(math.pi * (step - WARMUP) / (steps - WARMUP)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help="class folders: train/CLASS/*.png and test/CLASS/*.png")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    drawn = torch.Generator().manual_seed(given.seed)

    images, labels = read(given.folder + "/train")
    train, validation = split(labels, drawn)
    test = read(given.folder + "/test")
    pixels = images[train].float()
    mean, sd = (v.view(1, 3, 1, 1) for v in (pixels.mean((0, 2, 3)), pixels.std((0, 2, 3))))

    def standardise(batch):
        return ((batch.float() - mean) / sd).contiguous(memory_format=torch.channels_last)

    model = resnet_20().to(memory_format=torch.channels_last)
    weights = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() == 1]
    optimizer = torch.optim.SGD([{"params": weights, "weight_decay": DECAY}, {"params": others}], lr=0.0, momentum=0.9)
    steps = len(train) // BATCH * EPOCHS
    for epoch in range(EPOCHS):
        started, total, hits = time.perf_counter(), 0.0, 0
        order = train[torch.randperm(len(train), generator=drawn)]
        batches = [b for b in order.split(BATCH) if len(b) == BATCH]
        for number, chosen in enumerate(batches, start=epoch * len(batches)):
            for group in optimizer.param_groups:
                group["lr"] = rate(number, steps)
            logits = model(standardise(augmented(images[chosen], drawn)))
            loss = F.cross_entropy(logits, labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total, hits = total + loss.item(), hits + (logits.argmax(1) == labels[chosen]).sum().item()
        line = {
            "seed": given.seed,
            "epoch": epoch + 1,
            "seconds": round(time.perf_counter() - started, 1),
            "trainingLoss": total / len(batches),
            "trainingAccuracy": hits / len(batches) / BATCH,
            "validationAccuracy": accuracy(model, images[validation], labels[validation], standardise),
        }
        if epoch + 1 == EPOCHS:
            line["testAccuracy"] = accuracy(model, *test, standardise)
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
