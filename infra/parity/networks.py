"""The networks of the benchmark in plain PyTorch, written from their definition and not from NormLab's code.

A model is a function of named tensors (NormLab's names, as in model.safetensors), so that weights, gradients and running
statistics can be compared one by one.
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


class Model:
    """Tensors by name, and the few layers that the networks are made of. `kind` decides where normalization stands."""

    def __init__(self, spec, tensors):
        self.kind = spec["normalization"]["kind"]
        self.normalization = spec["normalization"]
        self.head = spec["head"]
        self.activation = ACTIVATIONS[spec["activation"]]
        self.network = spec["network"]
        self.tensors = dict(tensors)
        for name in self.parameters():
            self.tensors[name].requires_grad_(True)
        self.training = True

    def parameters(self):
        """Names of what is learnt. The decayed ones are the weights of convolutions and of the classifier."""
        return [n for n in self.tensors if not n.endswith((".running_mean", ".running_var"))]

    @staticmethod
    def decayed(name):
        return name.endswith(".weight") and not name.split(".")[-2].startswith("norm")

    def forward(self, images):
        self.counts = {}
        if self.network.startswith("plain-"):
            return self.plain(images)
        if self.network == "resnet-20":
            return self.resnet(images, blocks=3)
        raise NotImplementedError(f"{self.network} is not written in PyTorch yet")

    def name(self, prefix, kind):
        """conv1, conv2, …, norm1, …: numbered within a block, or within the whole network outside of blocks."""
        self.counts[prefix, kind] = self.counts.get((prefix, kind), 0) + 1
        return f"{prefix}{kind}{self.counts[prefix, kind]}"

    def resnet(self, x, blocks):
        """He et al. 2016 for CIFAR: 16, 32, 64 channels, option A shortcuts. CBN reads φ, hence the pre-activation order."""
        x = self.convolution("", x)
        if self.kind != "complete-batch-norm":
            x = self.activation(self.batch_norm("", x) if self.kind == "batch-norm" else x)
        for layer, channels in enumerate((16, 32, 64), start=1):
            for block in range(blocks):
                stride = 2 if block == 0 and layer > 1 else 1
                x = self.block(f"layer{layer}.{block}.", x, channels, stride)
        if self.kind == "complete-batch-norm":
            x = self.activation(x)
        return self.classifier(x)

    def block(self, prefix, x, channels, stride):
        shortcut = x[:, :, ::stride, ::stride]
        shortcut = F.pad(shortcut, (0, 0, 0, 0, 0, channels - shortcut.shape[1]))
        if self.kind == "complete-batch-norm":
            for step in (stride, 1):
                x = self.complete_batch_norm(prefix, self.activation(x), self.normalization)
                x = self.convolution(prefix, x, step)
            return x + shortcut
        x = self.convolution(prefix, x, stride)
        x = self.activation(self.batch_norm(prefix, x) if self.kind == "batch-norm" else x)
        x = self.convolution(prefix, x)
        x = self.batch_norm(prefix, x) if self.kind == "batch-norm" else x
        return self.activation(x + shortcut)

    def plain(self, x):
        """16, 16, 16, 16, max-pool, 32, 32, 32, 32: 3×3 convolutions, the first with stride 2; quick-benchmark's net."""
        for stride in (2, 1, 1, 1):
            x = self.weight_layer(x, stride)
        x = F.max_pool2d(x, 2)
        for stride in (1, 1, 1, 1):
            x = self.weight_layer(x, stride)
        return self.classifier(x)

    def weight_layer(self, x, stride=1):
        """none: conv → φ. BN: conv → BN → φ. CBN (our reconstruction): CBN → conv → φ, without CBN on the image."""
        if self.kind == "complete-batch-norm" and self.counts:
            x = self.complete_batch_norm("", x, self.normalization)
        x = self.convolution("", x, stride)
        if self.kind == "batch-norm":
            x = self.batch_norm("", x)
        return self.activation(x)

    def convolution(self, prefix, x, stride=1):
        name = self.name(prefix, "conv")
        weight = self.tensors[name + ".weight"]
        return F.conv2d(x, weight, self.tensors.get(name + ".bias"), stride, padding=weight.shape[-1] // 2)

    def classifier(self, x):
        constants = self.normalization if self.kind == "complete-batch-norm" else {
            "c": 0.5**0.5, "epsilon": 1e-5, "momentum": 0.1
        }
        if self.head == "pre-gap":
            x = self.complete_batch_norm("", x, constants)
        x = x.mean(dim=(2, 3))
        if self.head == "post-gap":
            x = self.complete_batch_norm("", x, constants)
        return F.linear(x, self.tensors["fc.weight"], self.tensors["fc.bias"])

    def batch_norm(self, prefix, x):
        name = self.name(prefix, "norm")
        return F.batch_norm(
            x,
            self.tensors[name + ".running_mean"],
            self.tensors[name + ".running_var"],
            self.tensors[name + ".weight"],
            self.tensors[name + ".bias"],
            self.training,
            self.normalization["momentum"],
            self.normalization["epsilon"],
        )

    def complete_batch_norm(self, prefix, x, constants):
        """c·(x − μ)/√(σ² + ε), spelt out: μ and σ² over all axes but the channels, gradients through both."""
        name = self.name(prefix, "norm")
        axes = [d for d in range(x.dim()) if d != 1]
        shape = [1, -1] + [1] * (x.dim() - 2)
        if self.training:
            mean = x.mean(axes)
            variance = x.var(axes, unbiased=False)
            with torch.no_grad():
                count = x.numel() / x.shape[1]
                m = constants["momentum"]
                self.tensors[name + ".running_mean"].mul_(1 - m).add_(m * mean)
                self.tensors[name + ".running_var"].mul_(1 - m).add_(m * variance * count / (count - 1))
        else:
            mean, variance = self.tensors[name + ".running_mean"], self.tensors[name + ".running_var"]
        return constants["c"] * (x - mean.view(shape)) / torch.sqrt(variance.view(shape) + constants["epsilon"])
