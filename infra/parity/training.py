"""Trains a case of `normlab parity` in plain PyTorch."""

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

from networks import Model


def batches(folder, case):
    """Standardised images (N, C, H, W) and labels of each step."""
    stored = load_file(folder / "batches.safetensors")
    mean, sd = (torch.tensor(case[key]).view(1, -1, 1, 1) for key in ("mean", "sd"))
    images = (stored["images"].permute(0, 3, 1, 2) / 255 - mean) / sd
    size = case["spec"]["recipe"]["batchSize"]
    return zip(images.split(size), stored["labels"].long().split(size))


def train(
    folder, case, dtype=torch.float32, layout=torch.contiguous_format, fused=False, moved=None, autocast=False
):
    """@param autocast whether to compute in bfloat16 by PyTorch's autocast
    @param moved seed that selects the initial weights to move to the next float, or None
    @return losses, gradients of the first step, and the tensors after the last step"""
    tensors = load_file(folder / "initial.safetensors")
    if moved is not None:
        tensors = {n: next_floats(t, moved) for n, t in tensors.items()}
    tensors = {n: t.to(dtype).contiguous(memory_format=layout) if t.dim() == 4 else t.to(dtype) for n, t in tensors.items()}
    model = Model(case["spec"], tensors)
    model.fused = fused
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
        with torch.autocast("cpu", torch.bfloat16, enabled=autocast):
            logits = model.forward(images.to(dtype).contiguous(memory_format=layout))
        loss = F.cross_entropy(logits.to(dtype), labels)
        loss.backward()
        losses.append(loss.item())
        gradients = gradients or {n: model.tensors[n].grad.clone() for n in names}
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.step()
    return losses, gradients, {n: t.detach() for n, t in model.tensors.items()}


def next_floats(tensor, seed):
    chosen = torch.rand(tensor.shape, generator=torch.Generator().manual_seed(seed)) < 0.5
    return torch.where(chosen, torch.nextafter(tensor, torch.zeros(())), tensor)
