"""The layers of the benchmark's networks in plain PyTorch, written from their definitions and not from NormLab's code.

Normalizations that PyTorch does not have are spelt out as arithmetic, so an error would have to be made twice to stay hidden.
What is called CBN is our reconstruction.
"""

import torch
import torch.nn.functional as F

ACTIVATIONS = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": F.relu,
    "selu": F.selu,
    "swish": F.silu,
}

# E φ(u) for standard normal u.
NORMAL_MEANS = {"sigmoid": 0.5, "tanh": 0.0, "relu": (2 * torch.pi) ** -0.5, "selu": 0.0, "swish": 0.2066209641419043}

NEWTON_SCHULZ_STEPS = 7
WEIGHT_EPSILON = 1e-5


class Layers:
    """Tensors under NormLab's names, as in model.safetensors, and the layers that read them. The arm decides what goes where."""

    def __init__(self, spec, tensors):
        self.arm = spec["normalization"]
        self.kind = self.arm["kind"]
        self.variant = self.arm.get("variant")
        self.head = spec["head"]
        self.head_normaliser = spec.get("headNormaliser")
        mean = NORMAL_MEANS[spec["activation"]] if spec.get("centredActivation") else 0.0
        self.activation = lambda x: ACTIVATIONS[spec["activation"]](x) - mean
        self.tensors = dict(tensors)
        for name in self.parameters():
            self.tensors[name].requires_grad_(True)
        self.training = True
        # Whether to use PyTorch's own layers instead of arithmetic: the same function with other rounding.
        self.fused = False
        self.counts = {}

    def parameters(self):
        """Names of the learnable tensors."""
        return [n for n in self.tensors if not n.split(".")[-1].startswith("running_")]

    @staticmethod
    def decayed(name):
        """The weights of convolutions and of the classifier."""
        return name.endswith(".weight") and not name.split(".")[-2].startswith("norm")

    def normalises_weight_inputs(self):
        return self.kind in ("complete-batch-norm", "complete-whitening")

    def name(self, prefix, kind):
        """conv1, conv2, …, norm1, …: numbered within a block, or within the network outside of blocks."""
        self.counts[prefix, kind] = self.counts.get((prefix, kind), 0) + 1
        return f"{prefix}{kind}{self.counts[prefix, kind]}"

    # Which normaliser goes where.

    def pre_activation(self, prefix, x):
        """The place of batch normalization, between weights and φ."""
        if self.kind == "batch-norm" or self.variant == "dual":
            return self.batch_norm(prefix, x, self.arm)
        if self.kind == "whitened-batch-norm":
            return self.whiten(prefix, x, self.arm, c=None)
        return x

    def weight_input(self, prefix, x):
        """The place of CBN, before weights; images are already standardised."""
        first = ("", "conv") not in self.counts
        return x if first or not self.normalises_weight_inputs() else self.complete(prefix, x)

    def complete(self, prefix, x):
        if self.kind == "complete-whitening":
            return self.whiten(prefix, x, self.arm, self.arm["c"])
        if self.variant == "rms":
            return self.root_mean_square(prefix, x, self.arm)
        if self.variant == "swap":
            return self.batch_norm(prefix, x, self.arm)
        constants = {**self.arm, "c": 1.0} if self.arm.get("perFanIn") else self.arm
        return self.bounded(prefix, x, constants) if "floor" in self.arm else self.standardise(prefix, x, constants)

    def activate(self, prefix, x):
        return self.activation(self.pre_activation(prefix, x))

    def weights(self, prefix, x, stride=1):
        return self.convolution(prefix, self.weight_input(prefix, x), stride)

    def classifier(self, x):
        if self.head == "pre-gap":
            x = self.normalise_head(x)
        x = x.mean(dim=(2, 3))
        if self.head == "post-gap":
            x = self.normalise_head(x)
        return F.linear(x, self.tensors["fc.weight"], self.tensors["fc.bias"])

    def normalise_head(self, x):
        """Without learnable parameters, with the constants of an arm that normalises weight inputs, or the usual ones."""
        kind, c = self.head_normaliser["kind"], self.head_normaliser["c"]
        constants = {
            "c": c / x.shape[1] ** 0.5 if self.head_normaliser.get("perFanIn") else c,
            "epsilon": self.arm["epsilon"] if self.kind == "complete-batch-norm" else 1e-5,
            "momentum": self.arm["momentum"] if self.normalises_weight_inputs() else 0.1,
            "floor": self.arm.get("floor", 1.0),
        }
        if kind == "whiten":
            return self.whiten("", x, {**constants, "epsilon": self.arm.get("epsilon", 1e-3)}, constants["c"])
        arithmetic = {"standardise": self.standardise, "bounded": self.bounded, "root-mean-square": self.root_mean_square}
        return arithmetic[kind]("", x, constants)

    # Layers.

    def convolution(self, prefix, x, stride=1):
        first = not self.counts
        name = self.name(prefix, "conv")
        weight, bias = self.tensors[name + ".weight"], self.tensors.get(name + ".bias")
        groups = x.shape[1] // weight.shape[1]
        if self.arm.get("perFanIn") and not first:
            x = x * self.arm["c"] / weight[0].numel() ** 0.5
        if self.variant == "weight-standardised":
            centred = weight - weight.mean(dim=(1, 2, 3), keepdim=True)
            weight = centred / torch.sqrt((centred * centred).sum(dim=(1, 2, 3), keepdim=True) + WEIGHT_EPSILON)
        gain = self.tensors.get(name + ".gain")
        if gain is not None and not self.fused:
            y = F.conv2d(x, weight, None, stride, weight.shape[-1] // 2, groups=groups)
            y = y * per_channel(gain, y)
            return y if bias is None else y + per_channel(bias, y)
        if gain is not None:
            weight = weight * gain.view(-1, 1, 1, 1)
        return F.conv2d(x, weight, bias, stride, weight.shape[-1] // 2, groups=groups)

    def batch_norm(self, prefix, x, constants):
        name = self.name(prefix, "norm")
        statistics = [self.tensors[name + ".running_" + s] for s in ("mean", "var")]
        affine = [self.tensors[name + s] for s in (".weight", ".bias")]
        return F.batch_norm(x, *statistics, *affine, self.training, constants["momentum"], constants["epsilon"])

    def standardise(self, prefix, x, constants):
        """c·(x − μ)/√(σ² + ε): μ and σ² over all axes but the channels, gradients through both."""
        name = self.name(prefix, "norm")
        if self.fused:
            statistics = [self.tensors[name + ".running_" + s] for s in ("mean", "var")]
            c = torch.full_like(statistics[0], constants["c"])
            affine = [c, torch.zeros_like(c)]
            return F.batch_norm(x, *statistics, *affine, self.training, constants["momentum"], constants["epsilon"])
        if self.training:
            mean, variance = x.mean(axes(x)), x.var(axes(x), unbiased=False)
            self.move(name + ".running_mean", mean, constants)
            self.move(name + ".running_var", variance * unbiased(x), constants)
        else:
            mean, variance = self.tensors[name + ".running_mean"], self.tensors[name + ".running_var"]
        return constants["c"] * (x - per_channel(mean, x)) / torch.sqrt(per_channel(variance, x) + constants["epsilon"])

    def bounded(self, prefix, x, constants):
        """c·(x − μ)/max(√(σ² + ε), floor)."""
        name = self.name(prefix, "norm")
        narrow, x = x.dtype, x.to(self.tensors[name + ".running_mean"].dtype)
        if self.training:
            mean, variance = x.mean(axes(x)), x.var(axes(x), unbiased=False)
            self.move(name + ".running_mean", mean, constants)
            self.move(name + ".running_var", variance * unbiased(x), constants)
        else:
            mean, variance = self.tensors[name + ".running_mean"], self.tensors[name + ".running_var"]
        divisor = torch.clamp(torch.sqrt(per_channel(variance, x) + constants["epsilon"]), min=constants["floor"])
        return (constants["c"] * (x - per_channel(mean, x)) / divisor).to(narrow)

    def root_mean_square(self, prefix, x, constants):
        """c·x/√(E[x²] + ε)."""
        name = self.name(prefix, "norm")
        narrow, x = x.dtype, x.to(self.tensors[name + ".running_mean_square"].dtype)
        if self.training:
            mean_square = (x * x).mean(axes(x))
            self.move(name + ".running_mean_square", mean_square, constants)
        else:
            mean_square = self.tensors[name + ".running_mean_square"]
        return (constants["c"] * x / torch.sqrt(per_channel(mean_square, x) + constants["epsilon"])).to(narrow)

    def whiten(self, prefix, x, constants, c):
        """In the precision of the statistics, also under autocast, which would take the products in bfloat16."""
        with torch.autocast("cpu", enabled=False):
            wide = x.to(self.tensors["fc.weight"].dtype)
            return self.whiten_wide(prefix, wide, constants, c).to(x.dtype)

    def whiten_wide(self, prefix, x, constants, c):
        """Σ^(−½)·(x − μ) within groups of channels, times c, or with γ and β; Σ^(−½) by Newton and Schulz."""
        name = self.name(prefix, "norm")
        running = self.tensors[name + ".running_cov"]
        groups, size, _ = running.shape
        values = x.transpose(0, 1).reshape(groups, size, -1)
        count = values.shape[-1]
        if self.training:
            mean = values.mean(-1)
            centred = values - mean[..., None]
            covariance = centred @ centred.transpose(1, 2) / count
            self.move(name + ".running_mean", mean.reshape(-1), constants)
            self.move(name + ".running_cov", covariance * count / (count - 1), constants)
        else:
            centred = values - self.tensors[name + ".running_mean"].reshape(groups, size, 1)
            covariance = running
        y = inverse_root(covariance, constants["epsilon"]) @ centred
        y = y.reshape(x.shape[1], x.shape[0], *x.shape[2:]).transpose(0, 1)
        if c is not None:
            return c * y
        return y * per_channel(self.tensors[name + ".weight"], x) + per_channel(self.tensors[name + ".bias"], x)

    def move(self, name, batch, constants):
        with torch.no_grad():
            self.tensors[name].mul_(1 - constants["momentum"]).add_(constants["momentum"] * batch)


def inverse_root(covariance, epsilon):
    """Σ^(−½) of each matrix, Σ with ε times its mean diagonal and 1e-7 on the diagonal: Y₀ = Σ/tr Σ, Z₀ = I, seven times
    T = ½(3I − Z·Y), Y ← Y·T, Z ← T·Z; Z/√tr Σ."""
    unit = torch.eye(covariance.shape[-1], dtype=covariance.dtype)
    mean_diagonal = covariance.diagonal(dim1=1, dim2=2).mean(-1)[:, None, None]
    covariance = covariance + (epsilon * mean_diagonal + 1e-7) * unit
    trace = covariance.diagonal(dim1=1, dim2=2).sum(-1)[:, None, None]
    y, z = covariance / trace, unit
    for _ in range(NEWTON_SCHULZ_STEPS):
        t = (3 * unit - z @ y) / 2
        y, z = y @ t, t @ z
    return z / torch.sqrt(trace)


def axes(x):
    return [d for d in range(x.dim()) if d != 1]


def unbiased(x):
    count = x.numel() // x.shape[1]
    return count / (count - 1)


def per_channel(values, x):
    return values.view([1, -1] + [1] * (x.dim() - 2))
