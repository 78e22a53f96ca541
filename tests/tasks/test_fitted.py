"""Models that have left their table answer as they did in training, for whatever rows come after."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Lasso
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from regdesk.core.fitted.encoding_form import encoding_from_dict, encoding_to_dict
from regdesk.core.fitted.fitted_form import fitted_to_dict
from regdesk.core.fitted.fitted_model import FittedModel
from regdesk.core.fitted.json_form import FormError
from regdesk.core.model.losses import class_probabilities
from regdesk.core.settings.configuration import Configuration, EndingSettings, SweepSettings
from regdesk.core.settings.configuration_record import from_dict
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import Table
from regdesk.data.errors import DataError
from regdesk.data.prepare.encoding import fit_encoding, prepare_dataset
from regdesk.data.prepare.mapping_rows import MappingRows
from regdesk.data.prepare.table_rows import TableRows
from regdesk.tasks.fit import fit_model
from regdesk.tasks.fit_record import fit_record
from regdesk.tasks.fitted import model_of_fit, model_of_network_sweep, model_of_snapshot, model_of_sweep
from regdesk.tasks.linear_sweep import sweep_table
from regdesk.tasks.network_sweep import sweep_network
from regdesk.tasks.predict import predict

N_ROWS = 120
FEATURES = ("size", "colour", "side", "garden", "flag", "day", "met")
LINEAR, DEEP = Architecture(()), Architecture((5, 4))
CLASSES = {"price": 0, "sold": 2, "grade": 3}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind of column, decimal commas, missing cells, and colours that few rows have."""
    generator = np.random.default_rng(4)
    size = generator.normal(80, 20, N_ROWS).round(2)
    colour = np.array(["red", "green", "blue"])[generator.choice(3, N_ROWS, p=[0.5, 0.3, 0.2])]
    colour[[5, 17, 80]] = ["violet", "black", "white"]
    side = np.array(["left", "right"])[generator.integers(0, 2, N_ROWS)]
    garden = np.array(["Yes", "no", "yes", "NO"])[generator.integers(0, 4, N_ROWS)]
    flag = generator.integers(0, 2, N_ROWS)
    day = [f"{1 + row % 12:02}/0{1 + row % 8}/2024" for row in range(N_ROWS)]
    met = [f"2024-0{1 + row % 9}-11 0{row % 10}:30" for row in range(N_ROWS)]
    price = size * 2.5 + 20 * (colour == "red") + 9 * (side == "left") + 5 * generator.normal(size=N_ROWS)
    sold = np.where(price > np.median(price), "yes", "no")
    grade = np.array(["b", "c", "a"])[np.digitize(price, np.quantile(price, [0.3, 0.7]))]
    columns = [
        [f"{cell}".replace(".", ",") for cell in size],
        *[[str(cell) for cell in one] for one in (colour, side, garden, flag, day, met)],
        [f"{cell:.3f}".replace(".", ",") for cell in price],
        *[[str(cell) for cell in one] for one in (sold, grade)],
    ]
    for number, row in enumerate(generator.permutation(N_ROWS)[:28]):
        columns[number % 7][row] = ("", "NA")[number % 2]
    path = tmp_path_factory.mktemp("fitted") / "houses.csv"
    lines = [";".join(cells) for cells in zip(*columns, strict=True)]
    path.write_text("\n".join([";".join([*FEATURES, *CLASSES]), *lines]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def table(file: Path) -> Table:
    return read_table(file)


def settings_of(target: str, **others: Any) -> DataSettings:
    return DataSettings(target=target, features=FEATURES, validation_fraction=0.3, **others)


def configuration_of(target: str, architecture: Architecture = LINEAR, **others: Any) -> Configuration:
    return Configuration(settings_of(target, **others), architecture, TrainSettings("l2", 0.02), seed=3)


def linear(table: Table, target: str, **others: Any) -> FittedModel:
    configuration = configuration_of(target, **others)
    dataset = prepare_dataset(table, configuration.data, 3)
    return model_of_fit(dataset, configuration, fit_model(dataset, configuration))


@pytest.fixture(scope="module")
def model(table: Table) -> FittedModel:
    return linear(table, "price")


@pytest.mark.parametrize("standardize", [True, False])
@pytest.mark.parametrize("missing", ["impute", "drop"])
@pytest.mark.parametrize("target", CLASSES)
def test_encoding_the_training_table_gives_the_training_inputs(table, target, missing, standardize):
    settings = settings_of(target, missing=missing, standardize=standardize)
    dataset = prepare_dataset(table, settings, 3)
    kept = np.searchsorted(table.row_lines, dataset.row_lines)
    encoding = encoding_from_dict(json.loads(json.dumps(encoding_to_dict(fit_encoding(table, settings, 3)))))
    assert encoding == dataset.encoding
    applied = encoding.apply(TableRows(table))
    np.testing.assert_array_equal(applied.inputs[kept], dataset.inputs)
    standardized = encoding.input_scaler.apply(applied.inputs)[kept]
    np.testing.assert_array_equal(standardized, dataset.standardized_inputs(np.arange(len(kept))))
    assert encoding.target.scaler.mean == dataset.target_scaler.mean
    assert applied.is_sound.sum() == len(kept)
    colour, seen = table.column("colour"), dataset.encoding.columns[1].seen
    labels = [colour.levels[code] for code in colour.codes[kept] if code >= 0]
    expected = tuple(label for label in labels if label not in seen)
    assert applied.unseen.get("colour", ()) == expected
    assert expected or missing == "drop"


ENDINGS: dict[str, tuple[Architecture, int | None, float]] = {
    "exact": (LINEAR, None, 1e-12),
    "linear by epochs": (LINEAR, 40, 1e-12),
    "tanh": (DEEP, 60, 1e-5),
    "relu": (Architecture((6,), "relu"), 60, 1e-5),
}


@pytest.mark.parametrize("standardize_target", [True, False])
@pytest.mark.parametrize("target", CLASSES)
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_model_answers_as_in_training(engine, table, ending, target, standardize_target):
    architecture, n_epochs, tolerance = ENDINGS[ending]
    if target != "price" and not standardize_target:
        pytest.skip("classes are never standardised")
    configuration = configuration_of(target, architecture, standardize_target=standardize_target)
    configuration = replace(configuration, ending=EndingSettings(n_epochs))
    dataset = prepare_dataset(table, configuration.data, 3)
    fitted = fit_model(dataset, configuration)
    model = model_of_fit(dataset, configuration, fitted)
    found = model.predictions(TableRows(table))
    scale = max(float(np.abs(fitted.outputs).max()), 1.0)
    np.testing.assert_allclose(found.outputs, fitted.outputs, rtol=0, atol=tolerance * scale)
    if target == "price":
        values = dataset.target_scaler.invert(fitted.outputs)[:, 0]
        np.testing.assert_allclose(found.values, values, rtol=0, atol=tolerance * dataset.targets.std() * scale)
    else:
        np.testing.assert_allclose(found.probabilities, class_probabilities(fitted.outputs), atol=tolerance * scale)
        assert found.probabilities.shape == (N_ROWS, CLASSES[target])
        likeliest = [dataset.classes[number] for number in np.argmax(class_probabilities(fitted.outputs), axis=1)]
        assert model.predict(TableRows(table)).tolist() == likeliest
    assert model.certificate.converged == fitted.converged
    assert model.scores["validation"]["loss"] > 0.0
    assert model.scores["test"] is None


@pytest.mark.parametrize("architecture", [LINEAR, DEEP, Architecture((40,), "relu")])
@pytest.mark.parametrize("target", CLASSES)
def test_a_row_is_answered_the_same_alone_and_in_any_company(table, target, architecture):
    model = linear(table, target)
    generator = np.random.default_rng(0)
    n_inputs, n_outputs = model.network.sizes[0], model.network.sizes[-1]
    network = type(model.network).of(architecture, n_inputs, n_outputs)
    parameters = generator.normal(size=network.n_parameters).astype(np.float32)
    model = replace(model, network=network, parameters=parameters)
    whole = model.predictions(TableRows(table))
    order = generator.permutation(N_ROWS)
    shuffled = model.predictions(TableRows(table, order))
    np.testing.assert_array_equal(shuffled.outputs, whole.outputs[order])
    for size in (1, 2, 3, 7, 50):
        parts = [model.predictions(TableRows(table).part(at, at + size)) for at in range(0, N_ROWS, size)]
        np.testing.assert_array_equal(np.concatenate([one.outputs for one in parts]), whole.outputs)
        for name in ("values", "probabilities"):
            if getattr(whole, name) is not None:
                np.testing.assert_array_equal(
                    np.concatenate([getattr(one, name) for one in parts]), getattr(whole, name)
                )
    many = model.outputs(np.tile(model.encoding.apply(TableRows(table)).inputs, (20, 1)))
    np.testing.assert_array_equal(many, np.tile(whole.outputs, (20, 1)))


def rewritten(file: Path, change: Callable[[list[str], list[list[str]]], None], to: Path) -> Table:
    lines = [line.split(";") for line in file.read_text(encoding="utf-8").splitlines()]
    names, rows = lines[0], lines[1:]
    change(names, rows)
    to.write_text("\n".join(";".join(cells) for cells in [names, *rows]) + "\n", encoding="utf-8")
    return read_table(to)


def test_columns_may_stand_elsewhere_and_be_more(file, table, model, tmp_path):
    def turn(names: list[str], rows: list[list[str]]) -> None:
        for cells in [names, *rows]:
            cells[:] = [*reversed(cells[:-3]), "more" if cells is names else "7"]

    found = model.predictions(TableRows(rewritten(file, turn, tmp_path / "turned.csv")))
    np.testing.assert_array_equal(found.values, model.predict(TableRows(table)))


def test_numbers_with_points_are_the_same_as_with_commas(file, table, model, tmp_path):
    def point(names: list[str], rows: list[list[str]]) -> None:
        for cells in rows:
            cells[0] = cells[0].replace(",", ".")

    other = rewritten(file, point, tmp_path / "points.csv")
    for source in (other, other.path):
        found = np.concatenate([block.predictions.values for block in predict(model, source)])
        np.testing.assert_array_equal(found, model.predict(TableRows(table)))


def test_new_rows_may_come_packed(file, table, model, tmp_path):
    packed = tmp_path / "packed.csv"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    blocks = list(predict(model, packed))
    np.testing.assert_array_equal(blocks[0].lines, table.row_lines)
    np.testing.assert_array_equal(blocks[0].predictions.values, model.predict(TableRows(table)))
    packed.write_bytes(gzip.compress(b"size;colour\n1;red\n"))
    with pytest.raises(DataError, match=r"^packed\.csv: the model needs columns that are not there: 'side'"):
        list(predict(model, packed))


def test_an_unseen_level_is_filled_as_a_missing_cell_is_and_counted(file, model, tmp_path):
    def paint(names: list[str], rows: list[list[str]]) -> None:
        del rows[4:]
        for cells, colour, side in zip(rows, ["pink", "", "red", "pink"], ["left", "left", "up", ""], strict=True):
            cells[:7] = ["80,5", colour, side, "YES", "1", "05/03/2024", "2024-02-11 03:30"]

    other = rewritten(file, paint, tmp_path / "painted.csv")
    for source in (other, other.path):
        (block,) = predict(model, source)
        found = block.predictions
        assert found.values[0] == found.values[1]
        assert (dict(found.unseen), dict(found.imputed)) == (
            {"colour": ("pink", "pink"), "side": ("up",)}, {"colour": 1, "side": 1},
        )  # fmt: skip
        columns = {column.name: column for column in model.encoding.columns}
        rows = {
            "size": [80.5] * 2, "colour": [columns["colour"].fill, "red"], "side": ["left", columns["side"].fill],
            "garden": ["yes"] * 2, "flag": [1, True], "day": ["05/03/2024"] * 2, "met": ["2024-02-11 03:30"] * 2,
        }  # fmt: skip
        np.testing.assert_array_equal(model.predict(MappingRows(rows, model.encoding)), found.values[[0, 2]])


def test_the_day_comes_before_the_month_as_it_did_in_training(file, model, tmp_path):
    """A file in which every day is below 13 could be read either way; the form of the training file decides."""
    assert {column.name: column.date_form for column in model.encoding.columns}["day"] == "%d/%m/%Y"

    def turn(names: list[str], rows: list[list[str]]) -> None:
        rows[0][5], rows[1][5] = "31/02/2024", "13/01/2024"
        del rows[2:]

    for source in (rewritten(file, turn, tmp_path / "turned.csv"), tmp_path / "turned.csv"):
        (block,) = predict(model, source)
        (fault,) = block.predictions.skipped
        assert (fault.row, fault.column) == (0, "day")
        assert fault.sentence == ("day: '31/02/2024' is not a date in the form that the model was fitted on, %d/%m/%Y.")
        assert np.isnan(block.predictions.values).tolist() == [True, False]


@pytest.mark.parametrize(
    ("name", "cells", "line", "words"),
    [
        ("size", ["big", "small"], 2, "'big' is not a number, and no other cell of this column is one"),
        ("colour", ["3", "4"], 2, "these are numbers, such as "),
        ("day", ["x", "y"], 2, "'x' is not a date in the form that the model was fitted on, %d/%m/%Y, and no other"),
        ("flag", ["yes", "no"], 2, "'yes' is not a number"),
        ("size", None, None, "it is not there, and the model needs it; did you mean side or Size (m2)?"),
    ],
)
def test_a_column_of_another_kind_or_none_is_named(file, model, tmp_path, name, cells, line, words):
    def spoil(names: list[str], rows: list[list[str]]) -> None:
        place = names.index(name)
        if cells is None:
            names[place] = "Size (m2)"
        for number, row in enumerate(rows):
            row[place] = row[place] if cells is None else cells[number % 2]

    other = rewritten(file, spoil, tmp_path / "spoiled.csv")
    for source in (other, other.path):
        with pytest.raises(DataError) as caught:
            list(predict(model, source))
        assert (Path(caught.value.file).name, caught.value.row, caught.value.column) == ("spoiled.csv", line, name)
        assert words in str(caught.value)
    columns = {"Size (m2)" if cells is None and one == "size" else one: ["1", "2"] for one in FEATURES}
    columns |= {} if cells is None else {name: cells}
    with pytest.raises(DataError, match=r"columns given, column '"):
        model.predictions(MappingRows(columns, model.encoding))


def test_a_row_that_cannot_be_read_is_skipped_with_its_reason(file, table, model, tmp_path):
    path = tmp_path / "spoiled.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[4] = ";".join(["1.2.3", *lines[4].split(";")[1:]])
    lines[8] = ";".join(["1e30", *lines[8].split(";")[1:]])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    blocks = list(predict(model, path))
    skipped = {int(block.lines[one.row]): one.sentence for block in blocks for one in block.predictions.skipped}
    assert skipped == {
        5: "size: '1.2.3' is not a number.",
        9: "size: 1e+30 is too far from the rows that the model was fitted on.",
    }
    values = np.concatenate([block.predictions.values for block in blocks])
    expected = model.predict(TableRows(table))
    expected[[3, 7]] = np.nan
    np.testing.assert_array_equal(values, expected)


def test_rows_that_lack_a_cell_were_left_out_and_are_not_predicted(table):
    model = linear(table, "grade", missing="drop")
    found = model.predictions(TableRows(table))
    lacking = np.any([table.column(name).missing for name in FEATURES], axis=0)
    assert [fault.row for fault in found.skipped] == np.flatnonzero(lacking).tolist()
    assert found.imputed == {}
    assert [label is None for label in found.labels] == lacking.tolist()
    np.testing.assert_array_equal(np.isnan(found.probabilities).any(axis=1), lacking)


def test_scikit_learn_predicts_the_same_from_the_same_raw_rows(table):
    frame = {name: table.column(name) for name in ("size", "colour", "side")}
    numbers = frame["size"].numbers
    words = {
        name: np.array([None if code < 0 else frame[name].levels[code] for code in frame[name].codes], dtype=object)
        for name in ("colour", "side")
    }
    settings = DataSettings(target="price", features=("size", "colour", "side"), validation_fraction=0.0)
    configuration = Configuration(settings, LINEAR, TrainSettings("l1", 0.01), seed=3)
    dataset = prepare_dataset(table, settings, 3)
    model = model_of_fit(dataset, configuration, fit_model(dataset, configuration))
    rows = np.column_stack([numbers.astype(object), words["colour"], words["side"]])
    labels = make_pipeline(
        SimpleImputer(missing_values=None, strategy="most_frequent"),
        OneHotEncoder(drop="if_binary", sparse_output=False),
        StandardScaler(),
    )
    pipeline = make_pipeline(
        make_column_transformer(
            (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), [0]), (labels, [1, 2])
        ),
        Lasso(0.01, tol=1e-13, max_iter=1_000_000),
    )
    targets = dataset.targets
    scaled = (targets - targets.mean()) / targets.std()
    expected = pipeline.fit(rows, scaled).predict(rows) * targets.std() + targets.mean()
    np.testing.assert_allclose(model.predict(TableRows(table)), expected, rtol=0, atol=1e-7 * targets.std())
    transformed = pipeline[0].transform(rows)
    found = model.encoding.input_scaler.apply(model.encoding.apply(TableRows(table)).inputs)
    np.testing.assert_allclose(found, transformed, rtol=0, atol=1e-12)


@pytest.mark.parametrize("target", CLASSES)
def test_every_lambda_of_a_sweep_is_a_model(engine, table, target):
    configuration = replace(configuration_of(target), sweep=SweepSettings(lambdas=(0.3, 0.01), n_folds=3))
    sweep = sweep_table(table, configuration)
    for number, point in enumerate(sweep.points):
        model = model_of_sweep(sweep, configuration, number)
        whole = sweep.folds.whole
        expected = whole.input_scaler.apply(whole.inputs) @ point.model.weights + point.model.biases
        found = model.predictions(TableRows(table)).outputs
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12 * np.abs(expected).max())
        assert (model.configuration.training.lam, model.scores["validation"]) == (point.lam, None)
        assert model.certificate.duality_gap == point.model.gap


def test_every_lambda_of_a_networks_sweep_is_a_model(engine, table):
    wanted, ending = SweepSettings(lambdas=(0.1, 0.01), n_folds=2), EndingSettings(max_epochs=100)
    configuration = replace(configuration_of("price", Architecture((3,))), sweep=wanted, ending=ending)
    result = sweep_network(table, configuration)
    for number, point in enumerate(result.points):
        model = model_of_network_sweep(result, configuration, number)
        whole, network = result.folds.whole, result.network
        first, second = (network.weights(point.parameters, layer) for layer in (0, 1))
        hidden = np.tanh(whole.input_scaler.apply(whole.inputs) @ first + network.biases(point.parameters, 0))
        expected = hidden @ second + network.biases(point.parameters, 1)
        np.testing.assert_allclose(model.predictions(TableRows(table)).outputs, expected, rtol=0, atol=1e-12)
        train = 0.5 * np.mean((expected[:, 0] - whole.standardized_targets(np.arange(N_ROWS))) ** 2)
        assert model.scores["train"]["loss"] == pytest.approx(train, rel=1e-12)
        assert model.configuration.training.lam == point.lam


def test_the_live_model_is_one_at_any_moment(engine, table):
    configuration = configuration_of("grade", DEEP)
    dataset = prepare_dataset(table, configuration.data, 3)
    trainer = Trainer(dataset, DEEP, 3)
    settings = replace(configuration.training, lam=0.5)
    trainer.advance(settings, 30)
    model = model_of_snapshot(dataset, configuration, trainer.snapshot(settings))
    outputs = trainer.predict(dataset.input_scaler.apply(dataset.inputs))
    np.testing.assert_allclose(model.predictions(TableRows(table)).outputs, outputs, rtol=0, atol=1e-5)
    # The command that makes it again reports the same scores, to the last bit.
    again = replace(configuration, training=settings, ending=EndingSettings(30, is_optimizer_chosen=True))
    fitted = fit_model(dataset, again)
    np.testing.assert_array_equal(fitted.parameters, model.parameters)
    assert model_of_fit(dataset, again, fitted).scores == model.scores
    record = fit_record(dataset, again, fitted)
    assert {part: record[part] for part in model.scores} == model.scores
    before = model.parameters.copy()
    trainer.advance(settings, 30)
    np.testing.assert_array_equal(model.parameters, before)
    assert (model.configuration.training, model.certificate.converged) == (settings, False)
    assert model.certificate.reason == "taken from a live model after 30 epochs."


def test_a_model_is_values_of_json(model):
    values = json.loads(json.dumps(fitted_to_dict(model), allow_nan=False))
    np.testing.assert_array_equal(np.array(values["parameters"], values["dtype"]), model.parameters)
    assert encoding_from_dict(values["encoding"]) == model.encoding
    assert from_dict(values["configuration"]) == model.configuration
    assert values["certificate"]["converged"] is True
    assert values["scores"]["train"] == model.scores["train"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda one: one.update(version=3), "version 3"),
        (lambda one: one.pop("target"), "encoding.target is missing"),
        (lambda one: one.update(columns=[]), "encoding.columns is empty"),
        (lambda one: one["columns"][0].update(fill="x"), r"encoding.columns\[0\].fill is 'x' and not a number"),
        (lambda one: one["columns"][1].update(fill=1.0), r"encoding.columns\[1\].fill is 1.0 and not a label"),
        (lambda one: one["columns"][0].update(scales=[0.0]), r"columns\[0\].scales is \[0.0\] and not numbers above 0"),
        (lambda one: one["columns"][0].update(means=[]), "a list of 1, one for each input"),
        (lambda one: one["columns"][1].update(seen=["teal"]), "and not some of the levels"),
        (lambda one: one["target"].update(classes=["a"]), "encoding.target.classes"),
        (lambda one: one["target"].update(scale=float("nan")), "encoding.target.scale is nan and not a number"),
        (lambda one: one["target"].update(mean=10**400), "encoding.target.mean"),
        (lambda one: one.update(missing="keep"), "and not one of impute, drop"),
    ],
)
def test_values_that_are_no_encoding_are_refused_with_their_place(model, change, words):
    values = json.loads(json.dumps(encoding_to_dict(model.encoding)))
    change(values)
    with pytest.raises(FormError, match=words):
        encoding_from_dict(values)


def test_parts_that_do_not_belong_together_are_refused(table, model):
    with pytest.raises(ValueError, match="parameters and not"):
        replace(model, parameters=model.parameters[1:])
    with pytest.raises(ValueError, match="does not fit"):
        replace(model, encoding=linear(table, "grade").encoding)


def test_a_file_is_one_whole_however_many_blocks_it_is_read_in(file, model, tmp_path, monkeypatch):
    """The decimal mark and the kind of a column are the file's, and not those of a block."""
    monkeypatch.setattr("regdesk.data.csv.row_flow.ROWS_A_CHUNK", 10)
    lines = file.read_text(encoding="utf-8").splitlines()
    for number in range(31, 51):
        cells = lines[number].split(";")
        lines[number] = ";".join(["81.25" if number < 41 else "wide", *cells[1:]])
    path = tmp_path / "blocks.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    blocks = list(predict(model, path))
    assert [block.rows.n_rows for block in blocks] == [10] * 12
    np.testing.assert_array_equal(np.concatenate([block.lines for block in blocks]), np.arange(2, N_ROWS + 2))
    reasons = {int(block.lines[one.row]): one.reason for block in blocks for one in block.predictions.skipped}
    with_point = "'81.25' is not a number with a decimal comma, as others here are"
    assert reasons == dict.fromkeys(range(32, 42), with_point)
    assert [block.predictions.unseen.get("size", ()) for block in blocks] == [
        ("wide",) * 10 if number == 4 else () for number in range(12)
    ]
    whole = model.predict(TableRows(read_table(file)))
    values = np.concatenate([block.predictions.values for block in blocks])
    whole[30:40], values[40:50] = np.nan, whole[40:50]
    np.testing.assert_array_equal(values, whole)
