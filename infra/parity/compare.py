"""Recomputes with plain PyTorch what `normlab parity` trained, and prints the largest deviation of each case.

Usage: compare.py FOLDER [--each]   (the folder that was given to --out; --each prints every tensor)

Exit code 1 if a loss of the steps deviates by more than 1e-4 of its value, or a gradient of the first step by more than
1e-3 of its largest value.
"""

import argparse
import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

from networks import Model

LOSS, GRADIENT = 1e-4, 1e-3


def batches(folder, case):
    """Standardised images (N, C, H, W) and labels of each step."""
    stored = load_file(folder / "batches.safetensors")
    mean, sd = (torch.tensor(case[key]).view(1, -1, 1, 1) for key in ("mean", "sd"))
    images = (stored["images"].permute(0, 3, 1, 2) / 255 - mean) / sd
    size = case["spec"]["recipe"]["batchSize"]
    return zip(images.split(size), stored["labels"].long().split(size))


def train(folder, case):
    """@return losses, gradients of the first step, and the tensors after the last."""
    model = Model(case["spec"], load_file(folder / "initial.safetensors"))
    recipe = case["spec"]["recipe"]
    names = model.parameters()
    decayed = [model.tensors[n] for n in names if model.decayed(n)]
    others = [model.tensors[n] for n in names if not model.decayed(n)]
    optimizer = torch.optim.SGD(
        [{"params": decayed, "weight_decay": recipe["weightDecay"]}, {"params": others, "weight_decay": 0.0}],
        lr=0.0,
        momentum=recipe["momentum"],
    )
    losses, gradients = [], {}
    for rate, (images, labels) in zip(case["learningRates"], batches(folder, case)):
        optimizer.zero_grad()
        loss = F.cross_entropy(model.forward(images), labels)
        loss.backward()
        losses.append(loss.item())
        gradients = gradients or {n: model.tensors[n].grad.clone() for n in names}
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.step()
    return losses, gradients, {n: t.detach() for n, t in model.tensors.items()}


def deviations(found, expected):
    """Largest absolute difference of each tensor, as a share of its largest value.

    Some gradients are zero in exact arithmetic, such as that of a scale in front of a normaliser; there, as a share of a
    thousandth of the largest value of all tensors.
    """
    if found.keys() != expected.keys():
        raise SystemExit(f"parity: the tensors differ: {sorted(found.keys() ^ expected.keys())}")
    largest = {name: tensor.abs().max().item() for name, tensor in expected.items()}
    floor = 1e-3 * max(largest.values())
    return {n: (found[n] - t).abs().max().item() / max(largest[n], floor) for n, t in expected.items()}


def compare(folder, each):
    """@return whether the case is within the limits."""
    case = json.loads((folder / "case.json").read_text())
    losses, gradients, final = train(folder, case)
    loss = max(abs(a - b) / abs(b) for a, b in zip(case["losses"], losses))
    by_gradient = deviations(load_file(folder / "gradients.safetensors"), gradients)
    by_final = deviations(load_file(folder / "final.safetensors"), final)
    good = loss <= LOSS and max(by_gradient.values()) <= GRADIENT
    worst_gradient, worst_final = (max(d, key=d.get) for d in (by_gradient, by_final))
    print(
        f"{case['name']:34} {loss:9.1e} {by_gradient[worst_gradient]:9.1e} {worst_gradient:16}"
        f" {by_final[worst_final]:9.1e} {worst_final:20} {'ok' if good else 'DEVIATES'}",
        flush=True,
    )
    if each:
        for name in by_final:
            gradient = f"{by_gradient[name]:9.1e}" if name in by_gradient else " " * 9
            print(f"    {name:30} {gradient} {'':16} {by_final[name]:9.1e}")
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", action="store_true", help="print every tensor")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    cases = sorted(p.parent for p in arguments.folder.glob("*/case.json"))
    if not cases:
        raise SystemExit(f"parity: {arguments.folder} has no case: write them with `./normlab parity --out`")
    print(f"PyTorch {torch.__version__}, {len(cases)} cases; largest deviation, relative:")
    print(f"{'case':34} {'loss':>9} {'gradient':>9} {'of':16} {'final':>9} of")
    good = [compare(folder, arguments.each) for folder in cases]
    print(f"{sum(good)} of {len(good)} within {LOSS:g} (losses) and {GRADIENT:g} (gradients of the first step)")
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
