import json
import torch
from network import load

network = load()
count, *size = json.load(open("test-images.json"))["shape"]
images = torch.frombuffer(bytearray(open("test-images.u8", "rb").read()), dtype=torch.uint8).view(count, *size)
labels = torch.frombuffer(bytearray(open("test-labels.u8", "rb").read()), dtype=torch.uint8).long()
hits = loss = 0
with torch.no_grad():
    for x, y in zip(images.split(500), labels.split(500)):
        logits = network(network.standardise(x))
        hits += (logits.argmax(1) == y).sum().item()
        loss += torch.nn.functional.cross_entropy(logits, y, reduction="sum").item()
print(f"test accuracy {hits / count:.4f} loss {loss / count:.4f}")
