"""Recomputes in plain PyTorch what `normlab parity` trained, and prints the largest deviation of each case.

Usage: compare.py FOLDER [--each] [--write PAGE]

Limits: 1e-4 of its value for the loss of each step, 1e-3 of the tensor's largest value for the gradients of the first step.
A case beyond the limits is either explained by rounding, or it deviates and the exit code is 1. Rounding explains

- a gradient that is within the limit once PyTorch takes the units within rounding error of φ's kink to its other side
  (kinks.py);
- a loss or a gradient whose distance from PyTorch's is at most three times PyTorch's distance from itself: in double precision,
  channels-last, with other operations, and from initial weights of which half are moved to the next float.

Cases in bfloat16 are compared with PyTorch's autocast, by the limits of bfloat16.py.
"""

import argparse
import json
import sys
from itertools import islice
from pathlib import Path

import torch
from safetensors.torch import load_file

import bfloat16
import kinks
import page
from training import batches, train

LOSS, GRADIENT = 1e-4, 1e-3
RERUNS, LEEWAY = 12, 3


def deviations(found, expected):
    """Largest absolute difference of each tensor, as a share of its largest value.

    Some gradients are zero in exact arithmetic, such as that of a scale before a normaliser. They are compared with a
    thousandth of the largest value of all tensors instead.
    """
    if found.keys() != expected.keys():
        raise SystemExit(f"parity: the tensors differ: {sorted(found.keys() ^ expected.keys())}")
    largest = {name: tensor.abs().max().item() for name, tensor in expected.items()}
    floor = 1e-3 * max(largest.values())
    return {n: (found[n] - t).abs().max().item() / max(largest[n], floor) for n, t in expected.items()}


def worst(shares):
    """The largest share. NaN, which compares with nothing, counts as infinite."""
    return max(share if share == share else float("inf") for share in shares)


def distance(found, expected):
    """@return the largest deviation of the losses and of the gradients"""
    losses = worst(abs(a - b) / abs(b) for a, b in zip(found[0], expected[0], strict=True))
    return losses, worst(deviations(found[1], expected[1]).values())


def reruns(folder, case):
    """PyTorch's own trainings of the same case, which differ only by rounding."""
    yield train(folder, case, dtype=torch.float64)
    yield train(folder, case, layout=torch.channels_last, fused=True)
    for seed in range(RERUNS):
        yield train(folder, case, moved=seed)


def own_distance(own, runs, expected, loss, gradient):
    """How far PyTorch is from itself: at least own, and more if more of these reruns are needed to explain a deviation."""
    for rerun in runs:
        own = tuple(map(max, own, distance(rerun, expected)))
        if explained(loss, own[0], LOSS) and explained(gradient, own[1], GRADIENT):
            break
    return own


def explained(found, own, limit):
    return found <= max(limit, LEEWAY * own)


def compare(folder, each):
    """Compares a case and prints the result.

    @return the deviations and the verdict"""
    case = json.loads((folder / "case.json").read_text())
    if case["spec"]["recipe"]["precision"] == "bfloat16":
        return bfloat16.compare(folder, case)
    expected = train(folder, case)
    found = case["losses"], load_file(folder / "gradients.safetensors"), load_file(folder / "final.safetensors")
    loss, gradient = distance(found, expected)
    runs = reruns(folder, case)
    own_loss, own_gradient = own_distance((0.0, 0.0), islice(runs, 2), expected, loss, gradient)
    crossed, left = [], gradient
    if not explained(gradient, own_gradient, GRADIENT) and case["spec"]["activation"] in kinks.ACTIVATIONS:
        images, labels = next(iter(batches(folder, case)))
        crossed, left = kinks.crossed(
            case["spec"],
            load_file(folder / "initial.safetensors"),
            images,
            labels,
            lambda gradients: worst(deviations(found[1], gradients).values()),
            GRADIENT,
        )
    if not (explained(loss, own_loss, LOSS) and explained(left, own_gradient, GRADIENT)):
        own_loss, own_gradient = own_distance((own_loss, own_gradient), runs, expected, loss, left)
    verdict = "ok"
    if loss > LOSS or gradient > GRADIENT:
        good = explained(loss, own_loss, LOSS) and explained(left, own_gradient, GRADIENT)
        verdict = "rounding" if good else "DEVIATES"
        if crossed:
            verdict += f"; {left:.0e} with {len(crossed)} unit(s) on the other side of the kink"
    by_gradient, by_final = deviations(found[1], expected[1]), deviations(found[2], expected[2])
    worst_gradient, worst_final = (max(d, key=d.get) for d in (by_gradient, by_final))
    print(
        f"{case['name']:42} {loss:8.1e} {own_loss:8.1e} {gradient:9.1e} {own_gradient:8.1e} {worst_gradient:22}"
        f" {by_final[worst_final]:8.1e} {worst_final:28} {verdict}",
        flush=True,
    )
    if each:
        for name in by_final:
            first = f"{by_gradient[name]:9.1e}" if name in by_gradient else " " * 9
            print(f"    {name:56} {first} {'':22} {by_final[name]:8.1e}")
    spec = case["spec"]
    return {
        "precision": "float32",
        "network": spec["network"],
        "kink": spec["activation"] in kinks.ACTIVATIONS,
        "loss": loss,
        "gradient": gradient,
        "own loss": own_loss,
        "own gradient": own_gradient,
        "verdict": verdict.partition(";")[0],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", action="store_true", help="print every tensor")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table into this page, between its markers")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    cases = sorted(p.parent for p in arguments.folder.glob("*/case.json"))
    if not cases:
        raise SystemExit(f"parity: {arguments.folder} has no cases; write them with `./normlab parity --out`")
    print(f"PyTorch {torch.__version__}, {len(cases)} cases; largest relative deviation, and PyTorch's own from itself:")
    print(f"{'case':42} {'loss':>8} {'own':>8} {'gradient':>9} {'own':>8} {'of':22} {'final':>8} of")
    found = [compare(folder, arguments.each) for folder in cases]
    table = page.table([f for f in found if f["precision"] == "float32"], torch.__version__)
    table += bfloat16.table([f for f in found if f["precision"] == "bfloat16"])
    print("\n" + table)
    if arguments.write:
        page.write(arguments.write, table)
    sys.exit(1 if any(f["verdict"] == "DEVIATES" for f in found) else 0)


if __name__ == "__main__":
    main()
