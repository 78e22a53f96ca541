"""Models with every kind of column, and rows with missing cells and labels that no training row has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from regdesk.core.fitted.fitted_model import FitCertificate, FittedModel, Predictions
from regdesk.core.model.network import Network
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.files.model_file import SavedModel
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.prepare.mapping_rows import MappingRows

Cells = Mapping[str, Sequence[Any]]
COLOURS = ("red", "green", "blue", "Gelb", "ocher")
SHAPES: dict[str, tuple[str, Architecture]] = {
    "linear": ("rent", Architecture(())),
    "logistic": ("taken", Architecture(())),
    "softmax": ("grade", Architecture(())),
    "tanh": ("rent", Architecture((5, 3), "tanh")),
    "relu": ("grade", Architecture((6,), "relu")),
    "cubic": ("rent", Architecture(())),
}
"""What each predicts, and its layers."""
DEGREES = {"cubic": 3}
"""Of the powers of numbers that are inputs, where they are."""
FEATURES = ("size", "colour", "side", "garden", "level", "day", "day month", "day weekday", "price", "euros")
N_ROWS = 120
"""So many that every column is missing in every way."""


def write_homes(path: Path, names: Mapping[str, str] | None = None) -> Path:
    """A CSV file with numbers, labels, truth values, dates, formatted numbers, missing cells; columns named anew."""
    generator = np.random.default_rng(8)
    header = ("size", "colour", "side", "garden", "level", "day", "price", "euros", "rent", "taken", "grade")
    lines = [";".join((names or {}).get(name, name) for name in header)]
    for row in range(90):
        size = generator.normal(80, 20)
        cells = [
            f"{size:.2f}", COLOURS[row % 5], ("left", "right")[row // 2 % 2], ("Yes", "no")[row % 3 > 0],
            f"L{row % 4}", f"20{19 + row % 5}-{1 + row % 12:02d}-{1 + row % 28:02d}", f"$ {1000 + 1013 * row:,}",
            f"{1 + row}.{100 + 7 * row},{row % 100:02d} kg", f"{2.5 * size + row % 3:.3f}",
            ("so", "not")[size > 80], "abc"[row % 3],
        ]  # fmt: skip
        if row % 7 == 3:
            cells[row % 8] = ""
        lines.append(";".join(cells))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


_made: dict[tuple[str, bytes, str, str, int], SavedModel] = {}
"""Models by the name and the content of their file, and what they were asked for with."""


def home_model(path: Path, shape: str, missing: str = "impute", seed: int = 5) -> SavedModel:
    """A model of the file that ``write_homes`` wrote, with weights by chance, some of them exactly 0.

    It is made once and has weights that cannot be written to: to read the file for each took 27 ms a hundred times.
    """
    key = (path.name, path.read_bytes(), shape, missing, seed)
    if key not in _made:
        target, architecture = SHAPES[shape]
        degree = DEGREES.get(shape, 1)
        data = DataSettings(target=target, features=FEATURES, missing=missing, date_parts=("day",), degree=degree)
        _made[key] = saved_model(path, data, architecture, seed)
        _made[key].model.parameters.flags.writeable = False
    kept = _made[key]
    return SavedModel(kept.model, dict(kept.provenance))


def saved_model(
    path: Path, data: DataSettings, architecture: Architecture, seed: int = 5, reading: ReadingOptions | None = None
) -> SavedModel:
    """A model of a file with weights by chance."""
    dataset = prepare_dataset(read_table(path, reading or ReadingOptions()), data, 3)
    assert dataset.encoding is not None
    network = Network.of(architecture, dataset.n_inputs, dataset.n_outputs, dataset.input_groups)
    generator = np.random.default_rng(seed)
    parameters = generator.normal(0, 0.5, network.n_parameters)
    parameters[generator.random(network.n_parameters) < 0.2] = 0.0
    scores = dict.fromkeys(("train", "validation", "test"))
    model = FittedModel(
        network,
        parameters,
        dataset.encoding,
        Configuration(data, architecture),
        scores,
        FitCertificate(None, None, False),
    )
    provenance = {"command": f"regdesk fit {path.name}", "file": path.name, "digest": "ab" * 32, "seed": 3}
    return SavedModel(model, provenance)


def new_homes(n_rows: int = N_ROWS) -> dict[str, list[Any]]:
    """Raw cells as texts: some are missing, some are labels that no training row has, some are damaged."""
    generator = np.random.default_rng(21)
    cells: dict[str, list[Any]] = {name: [] for name in (*FEATURES[:6], "price", "euros")}
    for row in range(n_rows):
        size, price = generator.normal(80, 30), int(generator.integers(0, 3_000_000))
        cells["size"].append((f"{size:.4f}", f" {size:.3e} ", str(round(size)), f"+{size:.1f}")[row % 4])
        cells["colour"].append((*COLOURS, "puce", " red ")[row % 7])
        cells["side"].append(("left", "right", "middle")[row % 3])
        cells["garden"].append(("Yes", "no", "YES", "No", "perhaps")[row % 5])
        cells["level"].append(f"L{row % 6}")
        clock = ("", "T06:30", " 18:45:30", "T23:59:59.25Z", "")[row % 5]
        cells["day"].append(f"20{15 + row % 12}-{1 + row * 7 % 12:02d}-{1 + row * 5 % 28:02d}{clock}")
        cells["price"].append((f"$ {price:,}", f"${price:,}.50", str(price), f"-$ {price:,}")[row % 4])
        cells["euros"].append(("2.500,75 kg", f"{row},5", f"{row} kg", "-1.234.567,25 kg")[row % 4])
        if row % 5 == 2:
            name = tuple(cells)[row % 8]
            cells[name][-1] = ("", "NA", None)[row % 3]
    if n_rows < N_ROWS:
        return cells
    cells["size"][11], cells["size"][17], cells["price"][23], cells["day"][31] = (
        "n/a",
        "1.2.3",
        "$ 1,2345",
        "2020-13-01",
    )
    cells["euros"][41], cells["size"][43], cells["day"][47] = "unknown", "-", "soon"
    # Too far from the training rows to mean anything.
    cells["size"][53] = "1e300"
    return cells


def expected_of(saved: SavedModel, cells: Cells) -> Predictions:
    """What regdesk itself says of rows."""
    return saved.model.predictions(MappingRows(dict(cells), saved.model.encoding))


def assert_same(
    saved: SavedModel, found: Sequence[Any], expected: Predictions, labels: Sequence[Any] | None = None
) -> None:
    """``found`` numbers ``(n_rows,)`` or probabilities ``(n_rows, n_classes)`` are those of regdesk.

    Within 1e-12 of the target's deviation, or of 1, and of what powers make larger; where regdesk has no prediction
    there is none.
    """
    numbers = np.array([[np.nan if one is None else one for one in np.atleast_1d(row)] for row in found], np.float64)
    if expected.values is not None:
        bound, wanted = 1e-12 * saved.model.encoding.target.scale, expected.values[:, np.newaxis]
    else:
        assert expected.probabilities is not None
        bound, wanted = 1e-12, expected.probabilities
    largest = 1e-14 if max(column.degree for column in saved.model.encoding.columns) > 1 else 0.0
    np.testing.assert_allclose(numbers, wanted, rtol=largest, atol=bound)
    if labels is not None:
        assert list(labels) == expected.labels.tolist()


FORMS = {
    "balance": ["(1,234.50)", "1,250", "12", "1,234,567.25", "(5)", "17-", "1,000", "2,345.5"],
    "share": ["12.5%", "3 %", "0", "40%", "100%", "7%", "8.25%", "55%"],
    "francs": ["1'234.50", "12'345", "77", "1'000'000", "2'500.25", "5", "9'999", "10'000"],
    "blank": ["1 234,5 €", "12 €", "3 456 789,25 €", "999 €", "1 000 €", "25 €", "4 321 €", "18 €"],
    "zone": ["1", "2", "3", "1", "2", "3", "1", "2"],
    "stamp": ["20240131", "20231201", "20240229", "20200615", "20190930", "20210101", "20221111", "20250704"],
    "second": [f"1{place}00000001" for place in (7, 6, 5, 4, 3, 2, 5, 4)],
    "kept": ["12", "-999", "15", "19", "-999", "21", "8", "3"],
    "only": ["flat"] * 8,
}  # fmt: skip
"""Numbers in brackets, per cent, with marks between thousands; labels and dates that are numbers; a code; a label."""
KINDS = (("zone", "categorical"), ("stamp", "datetime"), ("second", "datetime"))
NEW_FORMS = {
    "balance": ["(2,345)", "-5", "1,23", "", "(1,000", "250.75", "1,000,000", "3-", "(-3)", "0,123"],
    "share": ["5%", "5", "0.0", "-2.5 %", "NA", "%", "1,5%", "99%", "0%", "2%"],
    "francs": ["1\u2019234", "1'23", "1e3", "-7'500.5", "?", "5'000", "88", "1'234'567", ".5", "5."],
    "blank": ["12 345 €", "1\u00a0234,75 €", "1\u202f000 €", "12 34 €", "€", "5 €", "7,5", "-3 €", "1 234 567 €", "2€"],
    "zone": ["1", "2", "3", "4", "", " 2 ", "1", "3", "2", "1"],
    "stamp": ["20240101", "20241301", "20230228", "", "NA", "19991231", "20000229", "20210615", "20240131", "20230101"],
    "second": ["1600000000", "123456789", "", "1700000000", "NA", "1500000000", "1650000000", "1", "5", "1600000000"],
    "kept": ["-999", "-999.0", "7", "8", "x", "9", "10", "", "11", "12"],
    "only": ["flat", "Flat", "", "house", "NA", "flat", " flat ", "FLAT", "7", "x"],
}  # fmt: skip
"""Rows of these, as texts; some are damaged, some missing."""


def forms_model(path: Path) -> SavedModel:
    """A linear model of a file with the columns of ``FORMS``."""
    generator = np.random.default_rng(4)
    lines = ["\t".join([*FORMS, "y"])]
    for row in range(40):
        lines.append("\t".join([*(cells[row % 8] for cells in FORMS.values()), f"{generator.normal():.3f}"]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    data = DataSettings(target="y", features=tuple(FORMS))
    return saved_model(path, data, Architecture(()), reading=ReadingOptions(kinds=KINDS, missing_words=("-999", "NA")))
