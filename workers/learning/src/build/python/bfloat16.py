"""Writes bfloat16.pt, the TorchScript module by which training in bfloat16 casts arrays. Needs PyTorch 2.7.1.

    python workers/learning/src/build/python/bfloat16.py workers/learning/src/main/resources/normlab/learning/network/bfloat16.pt

DJL's own cast knows no bfloat16 and passes no gradient. The file is kept in the repository, so that the build needs no Python; Bfloat16Test compares
the code in it with this one.
"""

import sys

import torch


class Bfloat16(torch.nn.Module):
    @torch.jit.export
    def narrow(self, x):
        return x.to(torch.bfloat16)

    @torch.jit.export
    def widen(self, x):
        return x.to(torch.float32)


torch.jit.script(Bfloat16()).save(sys.argv[1])
