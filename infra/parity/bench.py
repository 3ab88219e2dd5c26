"""Measures the training speed of plain PyTorch in one process and mode (autocast: bfloat16, channels-last); `./normlab bench` starts it and sums up the results.

Waits for a line on standard input before it measures, so that several processes measure at the same time. Prints one JSON
object.
"""

import argparse
import json
import sys
import time

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

from networks import Model

MODES = ("eager", "channels_last", "compiled", "autocast")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("case", help="folder of a parity case: network, initial weights, batches")
    parser.add_argument("--mode", choices=MODES, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5)
    return parser.parse_args()


def main():
    given = arguments()
    torch.set_num_threads(given.threads)
    case = json.load(open(given.case + "/case.json"))
    recipe = case["spec"]["recipe"]
    layout = torch.contiguous_format if given.mode == "eager" else torch.channels_last
    tensors = load_file(given.case + "/initial.safetensors")
    tensors = {n: t.contiguous(memory_format=layout) if t.dim() == 4 else t for n, t in tensors.items()}
    model = Model(case["spec"], tensors)
    optimizer = torch.optim.SGD(
        [model.tensors[n] for n in model.parameters()],
        lr=recipe["learningRate"],
        momentum=recipe["momentum"],
        weight_decay=recipe["weightDecay"],
    )
    stored = load_file(given.case + "/batches.safetensors")
    pixels, labels = stored["images"].permute(0, 3, 1, 2), stored["labels"].long()
    images = ((pixels / 255 - 0.5) / 0.25).contiguous(memory_format=layout)
    size = recipe["batchSize"]

    def loss_of(batch, target):
        with torch.autocast("cpu", torch.bfloat16, enabled=given.mode == "autocast"):
            logits = model.forward(batch)
        return F.cross_entropy(logits.float(), target)

    if given.mode == "compiled":
        loss_of = torch.compile(loss_of)

    def step():
        chosen = torch.randint(len(labels), (size,))
        optimizer.zero_grad()
        loss_of(images[chosen].contiguous(memory_format=layout), labels[chosen]).backward()
        optimizer.step()

    repeat(step, min(2.0, given.seconds))
    print("ready", flush=True)
    sys.stdin.readline()
    count, seconds, processor = repeat(step, given.seconds)
    print(json.dumps({"count": count * size, "seconds": seconds, "cpuSeconds": processor}), flush=True)


def repeat(work, seconds):
    processor, started, count = time.process_time(), time.perf_counter(), 0
    while time.perf_counter() - started < seconds or count < 3:
        work()
        count += 1
    return count, time.perf_counter() - started, time.process_time() - processor


if __name__ == "__main__":
    main()
