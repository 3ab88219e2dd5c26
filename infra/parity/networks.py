"""The networks of the benchmark in plain PyTorch, written from the papers that define them.

A model is a function of named tensors, so that weights, gradients and running statistics can be compared one by one.
Convolutions take kernel, channels and groups from their weights.
"""

import torch
import torch.nn.functional as F

from layers import Layers

VGG_16 = (2, 2, 3, 3, 3)
RESNET_50 = (3, 4, 6, 3)
# Sandler et al. 2018, table 2, with the strides that are usual for CIFAR: expansion, channels, blocks, stride.
MOBILENET_V2 = ((1, 16, 1, 1), (6, 24, 2, 1), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))


class Model(Layers):
    def __init__(self, spec, tensors):
        super().__init__(spec, tensors)
        self.network = spec["network"]
        # Arms that normalise weight inputs have no normaliser after a branch, so their blocks have the pre-activation order.
        self.pre = self.normalises_weight_inputs() or self.network.startswith(("preact-", "wrn-"))

    def forward(self, images):
        self.counts = {}
        family, _, size = self.network.removeprefix("preact-").partition("-")
        if family == "plain":
            return self.plain(images, int(size))
        if family == "vgg":
            return self.vgg(images)
        if family == "resnet":
            return self.resnet(images, int(size))
        if family == "wrn":
            return self.wide(images, int(size.split("-")[0]))
        if family == "densenet":
            return self.densenet(images, int(size.split("-")[1]))
        if self.network == "mobilenet-v2":
            return self.mobilenet(images)
        raise SystemExit(f"parity: {self.network} has no PyTorch version yet; add it to infra/parity/networks.py")

    def unit(self, x, stride=1):
        """[normaliser of inputs →] weights → [normaliser of pre-activations →] φ."""
        return self.activate("", self.weights("", x, stride))

    def plain(self, x, depth):
        """Half of the 3×3 convolutions with 16 channels, the first with stride 2; max-pool; half with 32."""
        for layer in range(depth // 2):
            x = self.unit(x, 2 if layer == 0 else 1)
        x = F.max_pool2d(x, 2)
        for _ in range(depth // 2):
            x = self.unit(x)
        return self.classifier(x)

    def vgg(self, x):
        """Simonyan and Zisserman 2015, configuration D, with one fully connected layer."""
        for convolutions in VGG_16:
            for _ in range(convolutions):
                x = self.unit(x)
            x = F.max_pool2d(x, 2)
        return self.classifier(x)

    def resnet(self, x, depth):
        """He et al. 2015: for CIFAR with option A, or 18 and 50 layers with projections; 2016 in the pre-activation order."""
        x = self.stem(x)
        if depth == 50:
            for layer, blocks in enumerate(RESNET_50, start=1):
                for block in range(blocks):
                    stride = 2 if block == 0 and layer > 1 else 1
                    shortcut = "projection" if block == 0 else "identity"
                    x = self.residual(x, f"layer{layer}.{block}.", (1, stride, 1), shortcut)
        else:
            layers, blocks, changed = (4, 2, "projection") if depth == 18 else (3, (depth - 2) // 6, "zero-padded")
            for layer in range(1, layers + 1):
                for block in range(blocks):
                    reduces = block == 0 and layer > 1
                    shortcut = changed if reduces else "identity"
                    x = self.residual(x, f"layer{layer}.{block}.", (2 if reduces else 1, 1), shortcut)
        return self.end(x)

    def wide(self, x, depth):
        """Zagoruyko and Komodakis 2016, without dropout."""
        x = self.stem(x)
        for layer in (1, 2, 3):
            for block in range((depth - 4) // 6):
                strides = (2 if block == 0 and layer > 1 else 1, 1)
                x = self.residual(x, f"layer{layer}.{block}.", strides, "projection" if block == 0 else "identity")
        return self.end(x)

    def stem(self, x):
        x = self.weights("", x)
        return x if self.pre else self.activate("", x)

    def end(self, x):
        return self.classifier(self.activate("", x) if self.pre else x)

    def residual(self, x, prefix, strides, shortcut):
        if self.pre:
            entered = self.weight_input(prefix, self.activate(prefix, x))
            y = self.convolution(prefix, entered, strides[0])
            for stride in strides[1:]:
                y = self.weights(prefix, self.activate(prefix, y), stride)
            return y + self.shortcut(prefix, x, entered, y, shortcut)
        y = self.branch(prefix, x, strides)
        kept = self.shortcut(prefix, x, x, y, shortcut)
        if shortcut == "projection":
            kept = self.pre_activation(prefix + "shortcut.", kept)
        return self.activation(y + kept)

    def branch(self, prefix, x, strides):
        """Weights and φ in turn, without φ after the last weights."""
        for stride in strides[:-1]:
            x = self.activate(prefix, self.weights(prefix, x, stride))
        return self.pre_activation(prefix, self.weights(prefix, x, strides[-1]))

    def shortcut(self, prefix, x, entered, y, kind):
        stride = x.shape[-1] // y.shape[-1]
        if kind == "projection":
            return self.convolution(prefix + "shortcut.", entered, stride)
        if kind == "zero-padded":
            return F.pad(x[:, :, ::stride, ::stride], (0, 0, 0, 0, 0, y.shape[1] - x.shape[1]))
        return x

    def densenet(self, x, depth):
        """Huang et al. 2017 with bottlenecks and compression: three blocks, 1×1 and average pool between them."""
        x = self.weights("", x)
        for block in (1, 2, 3):
            for layer in range(1, (depth - 4) // 6 + 1):
                prefix = f"block{block}.{layer}."
                y = self.weights(prefix, self.activate(prefix, x))
                y = self.weights(prefix, self.activate(prefix, y))
                x = torch.cat([x, y], dim=1)
            if block < 3:
                x = F.avg_pool2d(self.weights("", self.activate("", x)), 2)
        return self.classifier(self.activate("", x))

    def mobilenet(self, x):
        """Sandler et al. 2018: expansion, depthwise, linear bottleneck; φ stands for ReLU6."""
        x, inputs = self.unit(x), 32
        for layer, (expansion, channels, blocks, first) in enumerate(MOBILENET_V2, start=1):
            for block in range(blocks):
                stride = first if block == 0 else 1
                strides = (stride, 1) if expansion == 1 else (1, stride, 1)
                y = self.branch(f"layer{layer}.{block}.", x, strides)
                x = x + y if stride == 1 and inputs == channels else y
                inputs = channels
        return self.classifier(self.unit(x))
