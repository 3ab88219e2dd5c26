"""A network trained by NormLab, in plain PyTorch: `load()` reads architecture.json and model.safetensors beside this file.

The tensors keep PyTorch's names and layouts: conv1.weight is O·I·kh·kw as in Conv2d, norm1.running_mean as in BatchNorm2d.
What is called CBN is CBN-R, our reconstruction from the abstract of Peng, Yu and Yu (TPAMI 2024), not their definition.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

PYTORCH_NAMES = {"swish": "silu"}


class Network:
    """In evaluation mode: normalizers use their running statistics."""

    def __init__(self, architecture, tensors):
        self.layers, self.input, self.classes = (architecture[key] for key in ("layers", "input", "classes"))
        self.tensors = tensors

    def standardise(self, pixels):
        """uint8 (N, H, W, C) as the network wants them: float (N, C, H, W), the training images' mean 0 and SD 1."""
        mean, sd = torch.tensor(self.input["mean"]), torch.tensor(self.input["sd"])
        return ((pixels.float() / 255 - mean) / sd).permute(0, 3, 1, 2)

    def __call__(self, x):
        """Logits (N, classes)."""
        return self.run(self.layers, x)

    def run(self, layers, x):
        for layer in layers:
            x = getattr(self, layer["kind"].replace("-", "_"))(x, layer)
        return x

    def named(self, layer, part, default=None):
        return self.tensors.get(f"{layer['name']}.{part}", default)

    def activation(self, x, layer):
        name = PYTORCH_NAMES.get(layer["function"], layer["function"])
        return (getattr(torch, name, None) or getattr(F, name))(x) - layer["mean"]

    def convolution(self, x, layer):
        weight, gain = self.named(layer, "weight"), self.named(layer, "gain")
        weight = self.standardised(weight) if layer["standardised"] else weight
        weight = weight if gain is None else weight * gain.view(-1, 1, 1, 1)
        return F.conv2d(x, weight, self.named(layer, "bias"), layer["stride"], layer["padding"], 1, layer["groups"])

    @staticmethod
    def standardised(weight):
        """Each filter with mean 0 and norm 1."""
        centred = weight - weight.mean((1, 2, 3), keepdim=True)
        return centred / (centred.square().sum((1, 2, 3), keepdim=True) + 1e-5).sqrt()

    def input_scale(self, x, layer):
        return layer["scale"] * x

    def fully_connected(self, x, layer):
        return F.linear(x, self.named(layer, "weight"), self.named(layer, "bias"))

    def normalization(self, x, layer):
        """(x − μ)/√(σ² + ε)·scale + shift; BN learnt both, the normaliser of CBN-R has the constants c and 0."""
        mean, variance = self.named(layer, "running_mean"), self.named(layer, "running_var")
        weight = self.named(layer, "weight", torch.full_like(mean, layer["scale"]))
        return F.batch_norm(x, mean, variance, weight, self.named(layer, "bias"), False, 0.0, layer["epsilon"])

    def bounded(self, x, layer):
        """c·(x − μ)/max(√(σ² + ε), floor)."""
        mean, variance = (self.named(layer, part).view([1, -1] + [1] * (x.dim() - 2)) for part in ("running_mean", "running_var"))
        return layer["scale"] * (x - mean) / (variance + layer["epsilon"]).sqrt().clamp(min=layer["floor"])

    def root_mean_square(self, x, layer):
        square = self.named(layer, "running_mean_square").view([1, -1] + [1] * (x.dim() - 2))
        return layer["scale"] * x / (square + layer["epsilon"]).sqrt()

    def whitening(self, x, layer):
        """Σ^(−½)·(x − μ)·scale + shift in groups of channels, Σ^(−½) by seven steps of Newton and Schulz, as in training."""
        covariance = self.named(layer, "running_cov")
        groups, size, _ = covariance.shape
        unit = torch.eye(size)
        trace = covariance.diagonal(dim1=1, dim2=2).sum(1).view(-1, 1, 1)
        ridge = trace * layer["epsilon"] / size + 1e-7
        ridged = trace + ridge * size
        y, z = (covariance + ridge * unit) / ridged, unit.expand_as(covariance)
        for _ in range(7):
            step = (3 * unit - z @ y) / 2
            y, z = y @ step, step @ z
        rows = x.movedim(1, -1)
        centred = (rows - self.named(layer, "running_mean")).reshape(-1, groups, size)
        white = torch.einsum("ngi,gij->ngj", centred, z / ridged.sqrt()).reshape(rows.shape)
        scale, shift = self.named(layer, "weight", layer["scale"]), self.named(layer, "bias", 0.0)
        return (white * scale + shift).movedim(-1, 1)

    def max_pool(self, x, layer):
        return F.max_pool2d(x, layer["size"], layer["stride"], layer["padding"])

    def average_pool(self, x, layer):
        return F.avg_pool2d(x, layer["size"])

    def global_average_pool(self, x, layer):
        return x.mean((2, 3))

    def residual(self, x, layer):
        entered = self.run(layer["entry"], x)
        around = self.run(layer["shortcut"], entered if layer["shortcutReadsEntry"] else x)
        return self.run(layer["branch"], entered) + around

    def zero_padded(self, x, layer):
        kept = x[:, :, :: layer["stride"], :: layer["stride"]]
        return F.pad(kept, (0, 0, 0, 0, 0, layer["channels"] - kept.shape[1]))

    def concatenation(self, x, layer):
        return torch.cat([x, self.run(layer["branch"], x)], 1)

    def sequence(self, x, layer):
        return self.run(layer["layers"], x)


def load(folder=Path(__file__).parent):
    """The trained network of an exported folder."""
    architecture = json.loads((Path(folder) / "architecture.json").read_text())
    return Network(architecture, load_file(str(Path(folder) / "model.safetensors")))
