"""Powers of numbers as inputs: against scikit-learn, through files and new rows, and where they cannot be."""

from __future__ import annotations

import json

import numpy as np
import pytest
from fit_command import dataset_of, fit
from sklearn.linear_model import Lasso, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler
from tables import write_csv, write_curve

from regdesk import api
from regdesk.cli import headless
from regdesk.core.fit.view import FitView
from regdesk.core.fitted.encoding_form import encoding_from_dict, encoding_to_dict
from regdesk.core.fitted.json_form import FormError
from regdesk.core.fitted.profiles import inputs_at
from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.errors import DataError
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.sklearn import RegdeskRegressor

DEGREE = 7


@pytest.fixture
def curve(tmp_path):
    return write_curve(tmp_path / "curve.csv")


@pytest.fixture
def mixed(tmp_path):
    """A number with a gap, truth values, labels and dates, and a column called as a power would be."""
    rows = range(12)
    return write_csv(
        tmp_path / "mixed.csv",
        ["x", "flag", "x^2", "colour", "day", "y"],
        [
            ["" if row == 5 else 1.5 + row for row in rows],
            [row % 2 for row in rows],
            [0.5 * row - 3 for row in rows],
            ["abc"[row % 3] for row in rows],
            [f"2024-01-{1 + row * 2:02d}" for row in rows],
            [row * row for row in rows],
        ],
    )


def test_inputs_are_those_of_scikit_learn(curve):
    dataset = dataset_of(curve, target="degrees", degree=DEGREE)
    hours = dataset.inputs[:, :1]
    assert dataset.input_names == ("hour", *(f"hour^{power}" for power in range(2, DEGREE + 1)))
    assert dataset.input_groups.tolist() == [0] * DEGREE
    np.testing.assert_allclose(dataset.inputs, PolynomialFeatures(DEGREE, include_bias=False).fit_transform(hours))
    train = dataset.split.train
    maker = make_pipeline(PolynomialFeatures(DEGREE, include_bias=False), StandardScaler()).fit(hours[train])
    np.testing.assert_allclose(
        dataset.standardized_inputs(dataset.split.validation),
        maker.transform(hours[dataset.split.validation]),
        rtol=1e-10,
    )
    assert "Each number becomes its powers 1 to 7: hour." in dataset.notes


@pytest.mark.parametrize(("penalty", "lam"), [("l2", 0.003), ("l1", 0.02)])
def test_weights_are_those_of_scikit_learn(capsys, engine, curve, penalty, lam):
    record = fit(
        capsys, curve, "degrees", "--hidden", "", "--penalty", penalty, "--lam", str(lam), "--degree", str(DEGREE),
        "--no-standardize-target",
    )  # fmt: skip
    dataset = dataset_of(curve, target="degrees", degree=DEGREE)
    train = dataset.split.train
    model = Ridge(alpha=len(train) * lam) if penalty == "l2" else Lasso(alpha=lam, tol=1e-12, max_iter=10_000_000)
    whole = make_pipeline(PolynomialFeatures(DEGREE, include_bias=False), StandardScaler(), model)
    whole.fit(dataset.inputs[train, :1], dataset.targets[train])
    found = np.array(record["layers"][0]["weights"])[:, 0]
    np.testing.assert_allclose(found, model.coef_, rtol=1e-5, atol=2e-4 if penalty == "l1" else 1e-8)
    estimator = RegdeskRegressor(
        hidden=(), penalty=penalty, lam=lam, degree=DEGREE, standardize_target=False
    ).fit(dataset.inputs[train, :1], dataset.targets[train])  # fmt: skip
    np.testing.assert_allclose(estimator.predict([[3.25]]), whole.predict([[3.25]]), rtol=1e-5)
    assert estimator.input_names_[1] == "x0^2"


def test_only_numbers_have_powers(mixed):
    features = ("x", "flag", "x^2", "colour", "day")
    dataset = dataset_of(mixed, target="y", features=features, degree=2, validation_fraction=0.0)
    labels = ("colour=a", "colour=b", "colour=c")
    assert dataset.input_names == ("x", "x^2 (2)", "flag", "x^2", "x^2^2", *labels, "day")
    assert dataset.input_groups.tolist() == [0, 0, 1, 2, 2, 3, 3, 3, 4]
    assert [one.power for one in dataset.encoding.inputs] == [1, 2, 1, 1, 2, 1, 1, 1, 1]
    # A missing cell is the median, and then its powers.
    median = float(np.median([1.5 + row for row in range(12) if row != 5]))
    gap = int(np.flatnonzero(dataset.row_lines == 7)[0])
    assert dataset.inputs[gap, :2].tolist() == [median, median**2]
    assert "Each number becomes its first two powers: x, x^2." in dataset.notes
    assert any(note == "One input for each label of colour (3 inputs)." for note in dataset.notes)


def test_a_model_file_and_new_rows_know_the_powers(capsys, engine, curve, tmp_path):
    path = tmp_path / "cubic.regdesk"
    record = fit(capsys, curve, "degrees", "--hidden", "", "--degree", "3", "--lam", "1e-4", "--save", str(path))
    hours = [0.5, 11.0, 23.5, None]
    expected = api.load(path).predict({"hour": hours})
    same = api.fit(api.read(curve), target="degrees", hidden=(), degree=3, lam=1e-4)
    assert same.predict({"hour": hours}).tobytes() == expected.tobytes()
    coefficients, intercept = record["coefficients"], record["intercept_original"]
    weights = [coefficients[name]["original"] for name in ("hour^3", "hour^2", "hour")]
    np.testing.assert_allclose(expected[:3], np.polyval([*weights, intercept], hours[:3]), rtol=1e-9)
    (fill,) = {one["fill"] for one in record["provenance"]["encoding"]}
    np.testing.assert_allclose(expected[3], np.polyval([*weights, intercept], fill), rtol=1e-9)
    new = tmp_path / "new.csv"
    new.write_text("hour\n11\n1e7\n", encoding="utf-8")
    assert headless.run(["predict", str(path), str(new), "--json"]) == 0
    record = json.loads(capsys.readouterr().out.splitlines()[0])
    assert "1e+07 to the power 3 is too far" in json.dumps(record), record


def test_an_encoding_without_powers_is_one_that_older_programs_read(curve):
    plain = encoding_to_dict(dataset_of(curve, target="degrees").encoding)
    assert (plain["version"], "degree" in plain["columns"][0]) == (1, False)
    encoding = dataset_of(curve, target="degrees", degree=4).encoding
    values = json.loads(json.dumps(encoding_to_dict(encoding)))
    assert (values["version"], values["columns"][0]["degree"]) == (2, 4)
    assert encoding_from_dict(values) == encoding
    for wrong in (0, 21, 1.5, "2"):
        values["columns"][0]["degree"] = wrong
        with pytest.raises(FormError, match=r"columns\[0\]\.degree"):
            encoding_from_dict(values)


@pytest.mark.parametrize("degree", [1, 5])
def test_the_picture_is_a_curve_and_a_map(curve, mixed, degree):
    dataset = dataset_of(curve, target="degrees", degree=degree)
    view = FitView(dataset)
    assert (view.scene.kind, view.scene.axis_names) == ("curve", ("hour",))
    asked = view.inputs[: len(view.scene.grid[0])]
    np.testing.assert_allclose(
        dataset.input_scaler.invert(asked),
        view.scene.grid[0][:, np.newaxis] ** np.arange(1, degree + 1),
        rtol=1e-9,
        atol=1e-9,
    )
    two = dataset_of(mixed, target="y", features=("x", "flag"), degree=degree)
    assert FitView(two).scene.kind == "map"
    sliced = FitView(dataset_of(mixed, target="y", features=("x", "x^2", "colour"), degree=degree), ("x^2",))
    usual = sliced.inputs[0] * np.ones(1)
    raw = dataset_of(mixed, target="y", features=("x", "x^2", "colour"), degree=degree).input_scaler.invert(usual)
    np.testing.assert_allclose(raw[:degree], raw[0] ** np.arange(1, degree + 1), rtol=1e-9)


def test_a_calculator_moves_all_powers_of_a_number(engine, curve):
    from regdesk.core.fitted.calculator_model import CalculatorModel

    model = CalculatorModel.of(api.fit(api.read(curve), target="degrees", hidden=(), degree=3).model)
    assert inputs_at(model, 0, np.array([2.0, 3.0])).tolist() == [[2.0, 4.0, 8.0], [3.0, 9.0, 27.0]]
    mean = model.mean_point[0]
    np.testing.assert_allclose(model.means, [mean, mean**2, mean**3], rtol=1e-12)


@pytest.mark.parametrize(
    ("cells", "degree", "problem"),
    [
        (["1", "2", "3", "1e160"], 2, r"line 5.*'x'.*1e\+160 is too large to be raised to the power 2"),
        (["1e-20", "2e-20", "3e-20", "4e-20"], 20, "'x'.*too small to be raised to the power 20"),
    ],
)
def test_numbers_without_such_powers_are_refused(tmp_path, cells, degree, problem):
    file = write_csv(tmp_path / "far.csv", ["x", "y"], [cells, [1, 2, 3, 5]])
    with pytest.raises(DataError, match=problem):
        prepare_dataset(read_table(file), DataSettings(target="y", features=("x",), degree=degree))


def test_a_row_that_only_a_power_takes_too_far_is_named(tmp_path):
    parts = ["train"] * 4 + ["validation"]
    file = write_csv(tmp_path / "far.csv", ["x", "y", "part"], [[1, 2, 3, 4, 1e3], [1.5, 2, 3, 5, 8], parts])
    settings = DataSettings(target="y", features=("x",), split_column="part", degree=8)
    with pytest.raises(DataError, match=r"line 6.*'x'.*1000 to the power 8 is too far from the training rows.*degree"):
        prepare_dataset(read_table(file), settings)
