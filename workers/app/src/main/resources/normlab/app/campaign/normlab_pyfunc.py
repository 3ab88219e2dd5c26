"""The python_function flavour of a network trained by NormLab: MLflow imports this module to load the model."""

import importlib.util
from pathlib import Path

import numpy as np
import torch

BATCH = 500


class Classifier:
    def __init__(self, network):
        self.network = network

    def predict(self, images, params=None):
        """Logits, float32 (N, classes), of images as they are stored: uint8 (N, H, W, C)."""
        pixels = torch.from_numpy(np.array(images, dtype=np.uint8))
        with torch.no_grad():
            return torch.cat([self.network(self.network.standardise(x)) for x in pixels.split(BATCH)]).numpy()


def _load_pyfunc(path):
    """Each model computes with its own network.py, so that models of several versions can be loaded side by side."""
    spec = importlib.util.spec_from_file_location("network", Path(path) / "network.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return Classifier(module.load(path))
