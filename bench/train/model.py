"""The word aligner as a torch module, the same function as app/collate/words.run.

Rows and columns share their weights and the kernel is mirrored at the diagonal, so swapping the
two sentences transposes the answer.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional


class Grid(nn.Module):
    """Two logits a cell: is the link sure, and is it sure or possible. The second only teaches."""

    def __init__(self, features: int, described: int, o):
        super().__init__()
        self.drop, self.word_drop = o.drop, o.word_drop
        channels, layers = o.channels, o.layers
        self.heads = nn.Parameter(torch.randn(described, o.heads, o.width) / described**0.5)
        self.kind = nn.Linear(described, channels, bias=False)
        self.input = nn.Linear(features + o.heads, channels)
        self.kernel = nn.Parameter(
            torch.randn(layers, 3, 3, channels, channels) * (2 / (9 * channels)) ** 0.5
        )
        self.line = nn.Parameter(torch.randn(layers, channels, channels) * (0.5 / channels) ** 0.5)
        self.mean = nn.Parameter(torch.randn(layers, channels, channels) * (0.5 / channels) ** 0.5)
        self.own = nn.Parameter(torch.randn(layers, channels, channels) * (1 / channels) ** 0.5)
        self.b = nn.Parameter(torch.zeros(layers, channels))
        self.out = nn.Linear(channels, 2)

    def mirrored(self) -> torch.Tensor:
        """The kernels, with the weights of a cell itself put into their middle."""
        kernel = (self.kernel + self.kernel.transpose(1, 2)) / 2
        middle = torch.zeros(3, 3, 1, 1)
        middle[1, 1] = 1
        return kernel + middle * self.own[:, None, None]

    def forward(
        self, grid: torch.Tensor, a: torch.Tensor, b: torch.Tensor, mask: torch.Tensor
    ) -> torch.Tensor:
        """grid: batch × n × m × features, a and b: batch × n or m × described, mask: batch × n × m;
        returns logits batch × n × m × 2.
        """
        m = mask[..., None].to(grid.dtype)
        a, b = (functional.dropout(x, self.word_drop, self.training) for x in (a, b))
        seen_a, seen_b = (torch.einsum("bid,dhp->bhip", x, self.heads) for x in (a, b))
        like = (seen_a @ seen_b.transpose(2, 3)).permute(0, 2, 3, 1)
        first = self.input(torch.cat([grid, like], -1))
        h = torch.relu(first + self.kind(a)[:, :, None] + self.kind(b)[:, None]) * m
        count = [m.sum(axis, keepdim=True).clamp(min=1) for axis in (1, 2)]
        for kernel, line, mean, bias in zip(
            self.mirrored(), self.line, self.mean, self.b, strict=True
        ):
            # h is 0 or more, and 0 outside the mask: the maximum needs no further masking.
            u = functional.conv2d(
                h.permute(0, 3, 1, 2), kernel.permute(3, 2, 0, 1), bias, padding=1
            )
            u = u.permute(0, 2, 3, 1)
            for axis in (1, 2):
                u = u + (
                    h.amax(axis, keepdim=True) @ line
                    + (h.sum(axis, keepdim=True) / count[axis - 1]) @ mean
                )
            keep = m
            if self.training and self.drop:
                kept = torch.rand(u.shape[0], 1, 1, u.shape[3]) >= self.drop
                keep = m * (kept / (1 - self.drop))
            h = torch.addcmul(h, torch.relu(u), keep)
        return self.out(h)

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights in the form that app/collate/words.run reads."""
        layers, channels = self.b.shape
        found = {
            "heads": self.heads,
            "kind": self.kind.weight.T,
            "w_in": self.input.weight.T,
            "b_in": self.input.bias,
            "k": self.mirrored().reshape(layers, 3, 3 * channels, channels),
            "line": self.line,
            "mean": self.mean,
            "b": self.b,
            "w": self.out.weight[:1].T,
            "c": self.out.bias[0],
        }
        return {k: v.detach().numpy().astype(np.float32) for k, v in found.items()}
