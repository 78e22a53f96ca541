"""The same data twice: rows with whole-number weights, and each row as often as its weight says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from regdesk.core.model.dataset import Dataset
from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import Table
from regdesk.data.prepare.encoding import prepare_dataset

FEATURES = ("x1", "x2", "x3", "town")
LABELS = {"squared": None, "logistic": ("no", "yes"), "softmax": ("u", "v", "w")}
"""Of each loss the classes that make it; None makes a number."""
UNWEIGHED = {"n_train", "n_validation", "n_test", "n_rows", "row_weights", "weights_digest", "seconds", "provenance"}
UNWEIGHED |= {"snippet", "note"}
"""What a record says of rows as they stand in the file, of clocks and bits; and code, which is handed the weights."""


def write_pair(folder: Path, loss: str, n_rows: int = 60, seed: int = 0) -> tuple[Path, Path]:
    """Two files: ``weighted.csv`` with weights from 0 to 3, and ``repeated.csv`` with so many copies of weight 1.

    Numbers and labels with gaps, a column of parts and one of folds, which copies share.
    """
    generator = np.random.default_rng(seed)
    inputs, towns = generator.normal(size=(n_rows, 3)).round(3), generator.choice(["Oslo", "Bergen", "Narvik"], n_rows)
    scores = inputs @ [1.0, -2.0, 0.5] + (towns == "Oslo") + generator.normal(size=n_rows)
    labels = LABELS[loss]
    classes = np.digitize(scores, [0.0] if loss == "logistic" else [-1.0, 1.0])
    targets = scores.round(4) if labels is None else [labels[one] for one in classes]
    weights = generator.integers(0, 4, n_rows)
    parts, folds = generator.choice(["train", "train", "validation", "test"], n_rows), generator.integers(0, 3, n_rows)
    rows = []
    for number in range(n_rows):
        numbers = ["" if generator.random() < 0.1 else str(one) for one in inputs[number]]
        town = "" if generator.random() < 0.1 else towns[number]
        rows.append([*numbers, town, targets[number], parts[number], f"f{folds[number]}"])
    header = ",".join([*FEATURES, "y", "part", "fold", "w"])
    files = folder / "weighted.csv", folder / "repeated.csv"
    own = [[*row, weight] for row, weight in zip(rows, weights, strict=True)]
    copies = [[*row, 1] for row, weight in zip(rows, weights, strict=True) for _ in range(weight)]
    for file, lines in zip(files, (own, copies), strict=True):
        text = "\n".join([header, *(",".join(map(str, line)) for line in lines)])
        file.write_text(text + "\n", encoding="utf-8")
    return files


def tables_of(folder: Path, loss: str, n_rows: int = 60, seed: int = 0) -> tuple[Table, Table]:
    """The tables in the files of ``write_pair``."""
    weighted, repeated = write_pair(folder, loss, n_rows, seed)
    return read_table(weighted), read_table(repeated)


def settings_of(**others: Any) -> DataSettings:
    """All features, the column of weights, and for the rest ``others``."""
    return replace(DataSettings(target="y", features=FEATURES, weight_column="w"), **others)


def datasets_of(folder: Path, loss: str, **others: Any) -> tuple[Dataset, Dataset]:
    """Both as datasets under ``settings_of``, split by their column unless ``others`` say something else."""
    settings = settings_of(**({"split_column": "part"} | others))
    weighted, repeated = (prepare_dataset(table, settings) for table in tables_of(folder, loss))
    return weighted, repeated


def assert_same(found: Any, expected: Any, tolerance: float = 1e-10, path: str = "") -> int:
    """Two records hold the same but for ``UNWEIGHED``; numbers to ``tolerance`` of the larger of 1 and their size.

    How many numbers there were.
    """
    if isinstance(expected, dict):
        names = set(expected) - UNWEIGHED
        assert set(found) - UNWEIGHED == names, path
        return sum(assert_same(found[name], expected[name], tolerance, f"{path}.{name}") for name in names)
    if isinstance(expected, list | tuple):
        assert len(found) == len(expected), path
        return sum(
            assert_same(one, other, tolerance, f"{path}[{number}]")
            for number, (one, other) in enumerate(zip(found, expected, strict=True))
        )
    if isinstance(expected, float | int) and not isinstance(expected, bool):
        assert abs(found - expected) <= tolerance * max(1.0, abs(expected)), (path, found, expected)
        return 1
    assert found == expected, path
    return 0
