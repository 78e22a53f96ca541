"""CSV files that tests open: small tables whose answer is known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np


def write_csv(path: Path, names: Sequence[str], columns: Sequence[Sequence[Any]]) -> Path:
    rows = [",".join(str(cell) for cell in row) for row in zip(*columns, strict=True)]
    path.write_text("\n".join([",".join(names), *rows]) + "\n", encoding="utf-8")
    return path


def write_sparse(path: Path, n_rows: int = 120) -> Path:
    """y = 3 a − 2 b + noise, and six columns that say nothing; decimals everywhere."""
    generator = np.random.default_rng(7)
    inputs = generator.normal(size=(8, n_rows)).round(3)
    y = (3 * inputs[0] - 2 * inputs[1] + 0.3 * generator.normal(size=n_rows)).round(3)
    return write_csv(path, [*"abcdefgh", "y"], [*inputs, y])


def write_curve(path: Path, n_rows: int = 40) -> Path:
    """One input, one target, in units of their own."""
    generator = np.random.default_rng(3)
    hour = np.sort(generator.uniform(0, 24, n_rows)).round(2)
    degrees = (12 + 6 * np.sin(hour / 3.8) + generator.normal(size=n_rows)).round(2)
    return write_csv(path, ["hour", "degrees"], [hour, degrees])


def write_classes(path: Path, n_inputs: int = 4, n_rows: int = 90) -> Path:
    """Two classes in words, told apart by the first two inputs, not perfectly."""
    generator = np.random.default_rng(11)
    inputs = generator.normal(size=(max(n_inputs, 2), n_rows)).round(3)
    is_red = inputs[0] + inputs[1] ** 2 + 0.5 * generator.normal(size=n_rows) > 0.8
    return write_csv(
        path,
        [*(f"x{number}" for number in range(n_inputs)), "colour"],
        [*inputs[:n_inputs], np.where(is_red, "red", "blue")],
    )


def write_kinds(path: Path, n_classes: int = 3, n_inputs: int = 4, n_rows: int = 120) -> Path:
    """Several classes in words, as many rows of each, around centres that lie apart; the inputs are centimetres."""
    generator = np.random.default_rng(5)
    kinds = np.arange(n_rows) % n_classes
    centres = 2.5 * generator.normal(size=(n_classes, max(n_inputs, 2)))
    inputs = (10.0 + centres[kinds] + generator.normal(size=(n_rows, max(n_inputs, 2)))).round(3).T
    names = [f"kind {chr(ord('a') + kind)}" for kind in kinds]
    return write_csv(path, [*(f"x{number}" for number in range(n_inputs)), "kind"], [*inputs[:n_inputs], names])


def write_steep(path: Path) -> Path:
    """Inputs in the hundreds: without standardising, gradient descent with a learning rate of 1 diverges."""
    generator = np.random.default_rng(0)
    first, second = (generator.normal(size=(2, 40)) * 100).round(2)
    return write_csv(path, ["a", "b", "y"], [first, second, first + second])
