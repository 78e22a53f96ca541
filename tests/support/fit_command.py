"""``regdesk fit`` in this process: a CSV file in, its record out, and what tests compute from either."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from regdesk.cli import headless
from regdesk.core.model.dataset import Dataset
from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.encoding import prepare_dataset


def write_csv(path: Path, names: Iterable[str], columns: Iterable[Iterable[Any]]) -> Path:
    """A file of ``columns`` under ``names``; the path again."""
    rows = [",".join(str(cell) for cell in row) for row in zip(*columns, strict=True)]
    path.write_text("\n".join([",".join(names), *rows]) + "\n", encoding="utf-8")
    return path


def fit(capsys: pytest.CaptureFixture[str], file: Path, target: str, *options: str) -> dict[str, Any]:
    """The record of a fit that ends well and says nothing else."""
    assert headless.run(["fit", str(file), "--target", target, "--json", *options]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    record: dict[str, Any] = json.loads(out)
    return record


def dataset_of(file: Path, **settings: Any) -> Dataset:
    """What a fit with seed 0 trains on; ``settings`` are those of ``DataSettings``."""
    return prepare_dataset(read_table(file), DataSettings(**settings), 0)


def forward(record: dict[str, Any], inputs: np.ndarray) -> np.ndarray:
    """Outputs ``(n_rows, n_outputs)`` of the reported tanh network for standardised ``inputs``."""
    values = inputs
    for number, layer in enumerate(record["layers"]):
        values = values @ np.array(layer["weights"]) + np.array(layer["biases"])
        if number < len(record["layers"]) - 1:
            values = np.tanh(values)
    return values
