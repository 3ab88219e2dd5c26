"""Compares a case that NormLab trained in bfloat16 with PyTorch's autocast, channels-last.

Limits: a loss may deviate by bfloat16's unit roundoff, 2^-8 of its value, in each step, and the gradient of the first step, all
tensors as one vector, has a cosine of at least 0.999 with PyTorch's. A case beyond them is explained by rounding if it
deviates at most three times as much as PyTorch's autocast from PyTorch's own float32; otherwise it deviates.
"""

import torch
from safetensors.torch import load_file

from training import train

LOSS, COSINE, LEEWAY = 2**-8, 0.999, 3


def compare(folder, case):
    """Prints the result. @return the deviations and the verdict"""
    expected = train(folder, case, layout=torch.channels_last, fused=True, autocast=True)
    wide = train(folder, case, layout=torch.channels_last, fused=True)
    found = case["losses"], load_file(folder / "gradients.safetensors")
    (loss, cosine), (own_loss, own_cosine) = distance(found, expected), distance(wide, expected)
    if loss <= LOSS and cosine >= COSINE:
        verdict = "ok"
    elif loss <= max(LOSS, LEEWAY * own_loss) and 1 - cosine <= max(1 - COSINE, LEEWAY * (1 - own_cosine)):
        verdict = "rounding"
    else:
        verdict = "DEVIATES"
    print(f"{case['name']:50} loss {loss:.1e} {own_loss:.1e} cosine {cosine:.6f} {own_cosine:.6f} {verdict}", flush=True)
    spec = case["spec"]
    return {
        "precision": "bfloat16",
        "network": spec["network"],
        "loss": loss,
        "cosine": cosine,
        "own loss": own_loss,
        "own cosine": own_cosine,
        "verdict": verdict,
    }


def distance(found, expected):
    """@return the largest relative deviation of the losses, and the cosine of the gradients of the first step; of a NaN, the worst"""
    shares = [abs(a - b) / abs(b) for a, b in zip(found[0], expected[0], strict=True)]
    if found[1].keys() != expected[1].keys():
        raise SystemExit(f"parity: the tensors differ: {sorted(found[1].keys() ^ expected[1].keys())}")
    a, b = (torch.cat([g[1][n].double().flatten() for n in expected[1]]) for g in (found, expected))
    cosine = (a @ b / (a.norm() * b.norm())).item()
    worst = max(s if s == s else float("inf") for s in shares)
    return worst, cosine if cosine == cosine else -1.0


def table(found):
    """One row per network; nothing without cases."""
    if not found:
        return ""
    text = f"""
In bfloat16, against PyTorch's autocast, {len(found)} cases:

| network | cases | within limits | rounding | deviating | loss: median, largest | autocast against float32 | cosine: median, smallest | autocast against float32 |
|---|---|---|---|---|---|---|---|---|
"""
    for network in dict.fromkeys(f["network"] for f in found):
        cases = [f for f in found if f["network"] == network]
        cells = [network, len(cases), *(sum(c["verdict"] == v for c in cases) for v in ("ok", "rounding", "DEVIATES"))]
        for loss, cosine in (("loss", "cosine"), ("own loss", "own cosine")):
            losses, cosines = sorted(c[loss] for c in cases), sorted(c[cosine] for c in cases)
            cells += [f"{losses[len(cases) // 2]:.0e}, {losses[-1]:.0e}", f"{cosines[len(cases) // 2]:.5f}, {cosines[0]:.5f}"]
        cells = [*cells[:6], cells[7], cells[6], cells[8]]
        text += "| " + " | ".join(map(str, cells)) + " |\n"
    return text
