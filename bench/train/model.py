"""The word aligner as a torch module, the same function as app/collate/words.run.

Rows and columns share their weights and the kernel is mirrored at the diagonal, so swapping the
two sentences transposes the answer.
"""

import numpy as np
import torch
from torch import nn


class Grid(nn.Module):
    def __init__(self, features: int, channels: int = 24, layers: int = 2, drop: float = 0.1):
        super().__init__()
        self.drop, self.layers = drop, layers
        self.input = nn.Linear(features, channels)
        self.kernel = nn.Parameter(
            torch.randn(layers, 3, 3, channels, channels) * (2 / (9 * channels)) ** 0.5
        )
        self.line = nn.Parameter(torch.randn(layers, channels, channels) * (0.5 / channels) ** 0.5)
        self.mean = nn.Parameter(torch.randn(layers, channels, channels) * (0.5 / channels) ** 0.5)
        self.own = nn.Parameter(torch.randn(layers, channels, channels) * (1 / channels) ** 0.5)
        self.b = nn.Parameter(torch.zeros(layers, channels))
        self.out = nn.Linear(channels, 1)

    def mirrored(self) -> torch.Tensor:
        return (self.kernel + self.kernel.transpose(1, 2)) / 2

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """x: batch × n × m × features, mask: batch × n × m; returns logits batch × n × m."""
        m = mask[..., None].to(x.dtype)
        h = torch.relu(self.input(x)) * m
        kernel = self.mirrored()
        for layer in range(self.layers):
            # h is 0 or more, and 0 outside the mask: the maximum needs no further masking.
            u = nn.functional.conv2d(
                h.permute(0, 3, 1, 2), kernel[layer].permute(3, 2, 0, 1), padding=1
            )
            u = u.permute(0, 2, 3, 1) + self.b[layer] + h @ self.own[layer]
            for axis in (1, 2):
                count = m.sum(axis, keepdim=True).clamp(min=1)
                u = u + h.amax(axis, keepdim=True) @ self.line[layer]
                u = u + (h.sum(axis, keepdim=True) / count) @ self.mean[layer]
            u = torch.relu(u)
            if self.training and self.drop:
                keep = torch.rand(u.shape[0], 1, 1, u.shape[3]) >= self.drop
                u = u * keep / (1 - self.drop)
            h = (h + u) * m
        return self.out(h)[..., 0]

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights in the form that app/collate/words.run reads."""
        layers, channels = self.b.shape
        with torch.no_grad():
            found = {
                "w_in": self.input.weight.T,
                "b_in": self.input.bias,
                "k": self.mirrored().reshape(layers, 9 * channels, channels),
                "line": self.line,
                "mean": self.mean,
                "own": self.own,
                "b": self.b,
                "w": self.out.weight[0],
                "c": self.out.bias[0],
            }
            return {name: tensor.numpy().astype(np.float32) for name, tensor in found.items()}
