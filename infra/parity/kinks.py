"""Finds units at the kink of ReLU or SELU, which rounding may put on either side of it.

The derivative jumps there, so one unit on the other side moves a gradient by up to several per cent between any two
implementations, even between PyTorch and itself in another memory layout. To show that this explains a deviation, the same
units are taken to the other side in PyTorch too: then the gradients agree.
"""

import torch
import torch.nn.functional as F

from networks import Model

ACTIVATIONS = ("relu", "selu")
MARGIN = 8
MOST = 24


def crossed(spec, tensors, images, labels, distance, limit):
    """Takes units within rounding error of the kink to its other side, one by one, as long as the distance shrinks.

    @param distance function of gradients: their distance from the gradients to explain
    @return the units (activation, index) on the other side, and the distance that remains
    """
    near = candidates(spec, tensors, images)
    chosen, left = [], distance(gradients(spec, tensors, images, labels, []))
    while left > limit and near:
        tried = {unit: distance(gradients(spec, tensors, images, labels, chosen + [unit])) for unit in near}
        best = min(tried, key=tried.get)
        if tried[best] >= left:
            break
        left = tried[best]
        chosen.append(best)
        near.remove(best)
    return chosen, left


def candidates(spec, tensors, images):
    """Units whose distance from the kink is at most MARGIN times the largest difference of single and double precision."""
    single, double = (inputs(spec, tensors, images, dtype) for dtype in (torch.float32, torch.float64))
    near = []
    for layer, (x, exact) in enumerate(zip(single, double)):
        error = (x - exact).abs().max().item()
        for index in (x.abs().flatten() <= MARGIN * error).nonzero().flatten().tolist():
            near.append((x.flatten()[index].abs().item() / error, (layer, index)))
    return [unit for _, unit in sorted(near)[:MOST]]


def inputs(spec, tensors, images, dtype):
    """The input of each activation."""
    model = Model(spec, {n: t.detach().clone().to(dtype) for n, t in tensors.items()})
    read, activation = [], model.activation

    def watched(x):
        read.append(x.detach())
        return activation(x)

    model.activation = watched
    model.forward(images.to(dtype))
    return read


def gradients(spec, tensors, images, labels, flipped):
    """Gradients of the first step, with these units mirrored at the kink."""
    model = Model(spec, {n: t.detach().clone() for n, t in tensors.items()})
    count, activation = iter(range(10**6)), model.activation

    def flipping(x):
        layer = next(count)
        for _, index in (unit for unit in flipped if unit[0] == layer):
            place = torch.zeros(x.numel()).index_fill(0, torch.tensor(index), 1).view(x.shape)
            x = x - 2 * x.detach() * place
        return activation(x)

    model.activation = flipping
    F.cross_entropy(model.forward(images), labels).backward()
    return {n: model.tensors[n].grad for n in model.parameters()}
