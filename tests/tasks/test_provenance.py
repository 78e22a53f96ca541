"""What results say of where they come from: it is so, and with it the layers give the program's own losses again."""

from __future__ import annotations

import csv
import hashlib
import json
import shlex
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fit_command import fit

from regdesk import __version__
from regdesk.cli import headless

N_ROWS = 90
MISSING = ("", "NA")
KEYS = ["version", "command", "file", "digest", "seed", "split", "optimizer", "cells", "encoding", "target"]
TARGETS = {"price": 1, "sold": 2, "grade": 3, "agreed": 2, "stars": 3}
"""How many numbers or classes each is."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All kinds of columns, with cells missing and labels that only rows of one part have."""
    generator = np.random.default_rng(4)
    size, age = generator.normal(80, 20, N_ROWS).round(1), generator.integers(0, 90, N_ROWS)
    colour = np.array(["red", "green", "blue"])[generator.integers(0, 3, N_ROWS)]
    side = np.array(["left", "right"])[generator.integers(0, 2, N_ROWS)]
    garden = np.array(["Yes", "no", "yes", "NO"])[generator.integers(0, 4, N_ROWS)]
    flag = generator.integers(0, 2, N_ROWS)
    day = [f"20{10 + number % 9}-0{1 + number % 8}-11" for number in range(N_ROWS)]
    price = (size * 2.5 - age + 20 * (colour == "red") + 9 * (side == "left") + generator.normal(size=N_ROWS)).round(2)
    sold = np.where(price + 20 * generator.normal(size=N_ROWS) > np.median(price), "yes", "no")
    grade = np.array(["a", "b", "c"])[
        np.digitize(price + 9 * generator.normal(size=N_ROWS), np.quantile(price, [0.3, 0.7]))
    ]
    columns = [[str(cell) for cell in one] for one in (size, age, colour, side, garden, flag, day, price, sold, grade)]
    spelled = generator.integers(0, 2, N_ROWS)
    agreed = [
        [("False", "false"), ("TRUE", "true")][cell == "yes"][spelling]
        for cell, spelling in zip(sold, spelled, strict=True)
    ]
    stars = [
        [str("abc".index(cell)), f"{'abc'.index(cell)}.0"][spelling]
        for cell, spelling in zip(grade, spelled, strict=True)
    ]
    paid = np.array(["TRUE", "true", "False", "false"])[generator.integers(0, 4, N_ROWS)].tolist()
    met = [f"{1 + number % 28:02}/0{1 + number % 7}/2024 {number % 24:02}:30" for number in range(N_ROWS)]
    columns += [agreed, stars, paid, met]
    for number, row in enumerate(generator.permutation(N_ROWS)[:28]):
        columns[number % 7][row] = MISSING[number % 2]
    # Of these two rows nobody knows, before the split, to which part they go.
    columns[2][1] = columns[2][3] = "violet"
    path = tmp_path_factory.mktemp("provenance") / "houses.csv"
    names = [
        "size",
        "age",
        "colour",
        "side",
        "garden",
        "flag",
        "day",
        "price",
        "sold",
        "grade",
        "agreed",
        "stars",
        "paid",
        "met",
    ]
    path.write_text("\n".join([",".join(names), *map(",".join, zip(*columns, strict=True))]) + "\n")
    return path


def days(cell: str, rule: dict[str, Any]) -> float:
    is_iso = rule["format"] == "ISO 8601"
    moment = datetime.fromisoformat(cell) if is_iso else datetime.strptime(cell, rule["format"])
    return (moment.replace(tzinfo=UTC) - datetime.fromisoformat(rule["epoch"])) / timedelta(**{rule["unit"]: 1})


def label_of(cell: str, rule: dict[str, Any]) -> str:
    """As inputs and classes name what a cell says."""
    return cell if rule["case"] == "exact" else rule["words"].get(cell.casefold(), cell)


def input_of(cell: str, rule: dict[str, Any], cells: dict[str, Any]) -> float:
    """One input of a raw cell, standardised, by nothing but what the JSON says."""
    assert cells["spaces"] == "stripped"
    cell = cell.strip()
    if rule["level"] is None:
        is_missing = cell in cells["missing" if rule["format"] else "missing_numbers"]
        read = days(cell, rule) if rule["format"] and not is_missing else cell.replace(cells["decimal"], ".")
        number = rule["fill"] if is_missing else float(read)
    else:
        label = label_of(cell, rule)
        is_filled = cell in cells["missing"] or (rule["labels"] is not None and label not in rule["labels"])
        number = float((rule["fill"] if is_filled else label) == rule["level"])
    return (number - rule["mean"]) / rule["scale"]


def outputs_of(record: dict[str, Any], row: dict[str, str]) -> np.ndarray:
    """``(n_outputs,)`` of one raw row."""
    found = record["provenance"]
    values = np.array([input_of(row[rule["column"]], rule, found["cells"]) for rule in found["encoding"]])
    act: Callable[[np.ndarray], np.ndarray] = np.tanh if record["activation"] == "tanh" else lambda x: np.maximum(x, 0)
    for number, layer in enumerate(record["layers"]):
        values = values @ np.array(layer["weights"]) + np.array(layer["biases"])
        if number < len(record["layers"]) - 1:
            values = act(values)
    return values


def loss_of(outputs: np.ndarray, cell: str, target: dict[str, Any]) -> float:
    if target["classes"] is None:
        return 0.5 * ((float(cell) - target["mean"]) / target["scale"] - outputs[0]) ** 2
    if target["numbers"] is not None:
        place = target["numbers"].index(float(cell))
    else:
        place = target["classes"].index(label_of(cell, target))
    logits = outputs if len(outputs) > 1 else np.array([0.0, outputs[0]])
    return float(np.log(np.exp(logits - logits.max()).sum()) + logits.max() - logits[place])


def rows_of(file: Path) -> dict[int, dict[str, str]]:
    """Raw rows by the line of the file."""
    with file.open(newline="") as stream:
        return dict(enumerate(csv.DictReader(stream), 2))


MODELS = {
    "linear": (["--hidden", "", "--penalty", "l1", "--lam", "0.01"], 1e-12),
    "softly": (["--hidden", "", "--penalty", "l2", "--lam", "0.1", "--no-standardize-target"], 1e-12),
    "raw": (["--hidden", "", "--lam", "0.1", "--no-standardize", "--optimizer", "adam", "--epochs", "20"], 1e-12),
    "tanh": (["--hidden", "5,4", "--epochs", "60"], 1e-5),
    "relu": (["--hidden", "6", "--activation", "relu", "--epochs", "60"], 1e-5),
}  # fmt: skip


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("model", MODELS)
def test_the_layers_give_the_programs_own_loss_on_raw_rows(capsys, engine, file, target, model):
    options, tolerance = MODELS[model]
    features = "size,age,colour,side,garden,flag,day,paid,met"
    record = fit(
        capsys, file, target, "--features", features, "--validation-fraction", "0.4", "--test-fraction", "0.1",
        "--seed", "3", *options,
    )  # fmt: skip
    found, rows = record["provenance"], rows_of(file)
    assert [rule["column"] for rule in found["encoding"]] == [name.split("=")[0] for name in record["features"]]
    labelled = [rule for rule in found["encoding"] if rule["level"] is not None]
    assert [f"{rule['column']}={rule['level']}" for rule in labelled] == [n for n in record["features"] if "=" in n]
    seen = {rule["level"] for rule in labelled if rule["column"] == "colour"}
    held = {"validation": found["split"]["validation_lines"], "test": found["split"]["test_lines"]}
    cells = {rows[line]["colour"] for lines in held.values() for line in lines}
    # The file has what is difficult: a label that was not trained on, and cells that are missing, among held rows.
    assert cells - seen - set(MISSING) or "violet" in seen
    assert any(rows[line][name] in MISSING for line in held["validation"] for name in features.split(","))
    for part, lines in held.items():
        losses = [loss_of(outputs_of(record, rows[line]), rows[line][target], found["target"]) for line in lines]
        assert len(losses) == record[f"n_{part}"] == found["split"][part]
        assert np.mean(losses) == pytest.approx(record[part]["loss"], rel=tolerance)
    if target == "price":
        predicted = [
            outputs_of(record, rows[line])[0] * found["target"]["scale"] + found["target"]["mean"]
            for line in held["validation"]
        ]
        errors = np.array(predicted) - [float(rows[line]["price"]) for line in held["validation"]]
        assert np.sqrt((errors**2).mean()) == pytest.approx(record["validation"]["rmse"], rel=tolerance)


def test_words_dates_and_numbers_say_how_their_cells_are_read(capsys, engine, file):
    record = fit(capsys, file, "agreed", "--hidden", "", "--lam", "0.1", "--features", "size,colour,flag,day,paid,met")
    found = record["provenance"]
    first = {one["column"]: one for one in found["encoding"]}
    paid, spellings = first["paid"], {row["paid"] for row in rows_of(file).values()}
    assert spellings == {"TRUE", "true", "False", "false"}
    assert paid["case"] == "ignored"
    assert set(paid["words"]) == spellings
    assert {paid["words"][one] for one in ("TRUE", "true")} == {paid["level"]}
    assert set(paid["words"].values()) == set(paid["labels"])
    target = found["target"]
    assert (target["case"], target["numbers"]) == ("ignored", None)
    assert {word: target["classes"].index(label) for word, label in target["words"].items()} == {
        "TRUE": 1, "true": 1, "False": 0, "false": 0,
    }  # fmt: skip
    assert (first["colour"]["case"], first["colour"]["words"]) == ("exact", None)
    for name in ("size", "flag", "day", "met"):
        assert (first[name]["case"], first[name]["words"]) == (None, None)
    dates = {name: [first[name][key] for key in ("format", "unit", "epoch")] for name in ("size", "day", "met")}
    assert dates == {
        "size": [None, None, None],
        "day": ["ISO 8601", "days", "1970-01-01T00:00:00+00:00"],
        "met": ["%d/%m/%Y %H:%M", "days", "1970-01-01T00:00:00+00:00"],
    }
    stars = fit(capsys, file, "stars", "--hidden", "", "--lam", "0.1", "--features", "size")["provenance"]["target"]
    assert (stars["case"], stars["words"], stars["numbers"]) == (None, None, [0.0, 1.0, 2.0])


def test_the_layers_apply_to_cells_with_commas_spaces_and_numbers_that_are_none(capsys, engine, tmp_path):
    generator = np.random.default_rng(1)
    sizes, words = generator.normal(size=40).round(3), generator.choice([" Yes", "no ", "YES", "No"], 40)
    prices = sizes * 2 + (np.char.lower(np.char.strip(words)) == "yes") + generator.normal(0, 0.1, 40).round(3)
    cells = [" None " if number % 9 == 4 else f"{size}".replace(".", ",") for number, size in enumerate(sizes)]
    lines = [
        f"{cell};{word};{price:.6f}".replace(".", ",") for cell, word, price in zip(cells, words, prices, strict=True)
    ]
    file = tmp_path / "commas.csv"
    file.write_text("\n".join(["size;garden;price", *lines]) + "\n")
    record = fit(capsys, file, "price", "--hidden", "", "--penalty", "l2", "--lam", "0.01")
    found = record["provenance"]
    with file.open(newline="") as stream:
        rows = dict(enumerate(csv.DictReader(stream, delimiter=";"), 2))
    held = [rows[line] for line in found["split"]["validation_lines"]]
    losses = [
        loss_of(outputs_of(record, row), row["price"].replace(found["cells"]["decimal"], "."), found["target"])
        for row in held
    ]
    assert np.mean(losses) == pytest.approx(record["validation"]["loss"], rel=1e-12)


def test_what_a_fit_says_of_where_it_comes_from(capsys, engine, file):
    options = ["--hidden", "", "--lam", "0.2", "--seed", "7", "--features", "size,colour,side"]
    record = fit(capsys, file, "price", *options)
    found = record["provenance"]
    assert list(found) == KEYS
    assert found["version"] == __version__
    assert shlex.split(found["command"]) == ["regdesk", "fit", str(file), "--target", "price", "--json", *options]
    assert (found["file"], found["seed"], found["optimizer"]) == (str(file), 7, "exact")
    assert found["digest"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert found["split"]["how"] == "drawn with seed 7"
    held = found["split"]["validation_lines"]
    assert (len(held), found["split"]["train"]) == (record["n_validation"], record["n_train"])
    # The figures are those of the training rows, which are all the others.
    sizes = [row["size"] for line, row in rows_of(file).items() if line not in held]
    present = np.array([float(cell) for cell in sizes if cell not in MISSING])
    size = found["encoding"][0]
    assert (size["column"], size["kind"], size["level"]) == ("size", "numeric", None)
    assert size["fill"] == np.median(present)
    filled = np.append(present, np.full(len(sizes) - len(present), size["fill"]))
    assert size["mean"] == pytest.approx(filled.mean(), rel=1e-14)
    assert size["scale"] == pytest.approx(filled.std(), rel=1e-14)
    side = found["encoding"][-1]
    assert (side["column"], side["kind"], side["level"], side["labels"]) == (
        "side", "categorical", "right", ["left", "right"],
    )  # fmt: skip
    assert found["target"]["classes"] is None
    assert (
        fit(capsys, file, "price", *options, "--optimizer", "sgd", "--epochs", "1")["provenance"]["optimizer"] == "sgd"
    )


def test_the_command_makes_the_result_again(capsys, engine, file):
    record = fit(capsys, file, "grade", "--hidden", "4", "--epochs", "5", "--features", "size,garden")
    assert headless.run(shlex.split(record["provenance"]["command"])[1:]) == 0
    again = json.loads(capsys.readouterr().out)
    assert again["weights_digest"] == record["weights_digest"]
    assert again["provenance"] == record["provenance"]


@pytest.mark.parametrize(
    ("options", "optimizer", "how", "rows"),
    [
        (["--folds", "3"], "exact", "3 folds drawn with seed 0", (90, 0, 0, [30, 30, 30])),
        (["--folds", "1", "--test-fraction", "0.1"], "exact", "drawn with seed 0", (58, 23, 9, None)),
        (["--fold-column", "flag", "--missing", "drop"], "exact", "2 folds as flag says", None),
        (["--hidden", "3", "--folds", "2", "--epochs", "3", "--optimizer", "momentum"], "momentum", "2 folds", None),
        (["--hidden", "3", "--folds", "2", "--max-epochs", "20"], "l-bfgs", "2 folds drawn with seed 0", None),
    ],
)
def test_what_a_sweep_says_of_where_it_comes_from(capsys, engine, file, tmp_path, options, optimizer, how, rows):
    features = ["--features", "size,colour"] if "--fold-column" not in options else ["--features", "day"]
    command = ["sweep", str(file), "--target", "price", "--hidden", "", *features, "--lambdas", "0.1,0.01", "--json"]
    if "--fold-column" in options:
        # A fold for every row: of those where one is missing nothing can be said.
        rows_with_fold = [row for row in file.read_text().splitlines() if row.split(",")[5] not in MISSING]
        own = tmp_path / "folds.csv"
        own.write_text("\n".join(rows_with_fold) + "\n")
        command[1] = str(own)
    assert headless.run([*command, *options, "--out", str(tmp_path / "out")]) == 0
    record = json.loads(capsys.readouterr().out)
    found = record["provenance"]
    assert list(found) == KEYS
    assert json.loads((tmp_path / "out" / "summary.json").read_text()) == record
    assert found["digest"] == hashlib.sha256(Path(command[1]).read_bytes()).hexdigest()
    assert (found["optimizer"], found["split"]["how"][: len(how)]) == (optimizer, how)
    assert len(found["encoding"]) == len(record["features"])
    if rows is not None:
        assert tuple(found["split"].get(name) for name in ("train", "validation", "test", "folds")) == rows


def test_weights_of_a_sweep_have_their_intercepts_and_biases(capsys, engine, file, tmp_path):
    command = ["sweep", str(file), "--target", "grade", "--features", "size,side", "--folds", "2", "--json"]
    assert headless.run([*command, "--hidden", "", "--lambdas", "1,0.1", "--out", str(tmp_path / "linear")]) == 0
    record = json.loads(capsys.readouterr().out)
    rows = list(csv.DictReader((tmp_path / "linear" / "weights.csv").read_text().splitlines()))
    assert len(rows) == 2 * (1 + len(record["features"])) * 3
    for number, lam in enumerate(record["lambdas"]):
        biases = [one for one in rows if float(one["lambda"]) == lam and one["feature"] == "(intercept)"]
        assert [one["class"] for one in biases] == ["a", "b", "c"]
        assert [float(one["original"]) for one in biases] == record["intercepts"][number]
        # On the standardised scale all inputs are 0 at their means.
        means = [rule["mean"] for rule in record["provenance"]["encoding"]]
        at_means = np.array(record["intercepts"][number]) + means @ np.array(record["coefficients"][number])
        np.testing.assert_allclose([float(one["standardized"]) for one in biases], at_means, atol=1e-12)
    options = ["--hidden", "4,3", "--lambdas", "0.1", "--epochs", "2", "--out", str(tmp_path / "network")]
    assert headless.run([*command, *options]) == 0
    record = json.loads(capsys.readouterr().out)
    rows = list(csv.DictReader((tmp_path / "network" / "weights.csv").read_text().splitlines()))
    biases = [(one["layer"], one["to"]) for one in rows if one["from"] == "(bias)"]
    units = [*(("1", f"unit {unit}") for unit in (1, 2, 3, 4)), *(("2", f"unit {unit}") for unit in (1, 2, 3))]
    assert biases == [*units, ("3", "a"), ("3", "b"), ("3", "c")]
    # In the order of the layers, biases after weights, the rows are the parameters that the digest is of.
    parts = []
    for layer in ("1", "2", "3"):
        own = [one for one in rows if one["layer"] == layer]
        parts += [[float(one["weight"]) for one in own if one["from"] != "(bias)"]]
        parts += [[float(one["weight"]) for one in own if one["from"] == "(bias)"]]
    digest = hashlib.sha256(np.concatenate(parts).astype("<f4").tobytes()).hexdigest()
    assert digest == record["weights_digest"][0]
