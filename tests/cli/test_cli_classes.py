"""``regdesk fit`` of several classes and of grouped weights, against scikit-learn and the conditions of an optimum."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fit_command import dataset_of, fit, forward, write_csv
from sklearn.datasets import load_diabetes, load_digits, load_iris, load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score, log_loss, roc_auc_score

from regdesk.cli import headless

LINEAR = ["--hidden", ""]
TARGETS = {"iris": "species", "wine": "cultivar", "digits": "digit"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """iris with words for classes, wine and digits with numbers; the target is the last column."""
    folder = tmp_path_factory.mktemp("classes")
    found = {}
    for name, load in (("iris", load_iris), ("wine", load_wine), ("digits", load_digits)):
        data = load()
        labels = data.target_names[data.target] if name == "iris" else data.target
        names = [one.replace(" ", "_") for one in data.feature_names]
        found[name] = write_csv(folder / f"{name}.csv", [*names, TARGETS[name]], [*data.data.T.tolist(), labels])
    return found


@pytest.fixture(scope="module")
def flowers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three kinds, told apart by ``length``; ``soil`` (5 labels) helps a little, ``noise`` and ``day`` do not."""
    generator = np.random.default_rng(8)
    kind = generator.integers(0, 3, 240)
    length = kind * 1.5 + generator.normal(size=240)
    soil = np.where(generator.random(240) < 0.5, kind, generator.integers(0, 5, 240))
    day = generator.integers(0, 4, 240)
    columns = [length.tolist(), [f"s{one}" for one in soil], generator.normal(size=240).tolist()]
    columns += [[f"d{one}" for one in day], [("rose", "lily", "tulip")[one] for one in kind]]
    path = tmp_path_factory.mktemp("classes") / "flowers.csv"
    return write_csv(path, ["length", "soil", "noise", "day", "kind"], columns)


def coefficients(record: dict[str, Any], scale: str) -> np.ndarray:
    """Shape ``(n_inputs, n_outputs)``; ``scale`` is standardized or original."""
    return np.array([one[scale] for one in record["coefficients"].values()]).reshape(len(record["features"]), -1)


def softmax(logits: np.ndarray) -> np.ndarray:
    return np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))


def softmax_gradient(inputs: np.ndarray, targets: np.ndarray, weights: np.ndarray, biases: np.ndarray) -> np.ndarray:
    """∇ of the mean cross-entropy, ``(1 + n_inputs, n_classes)``, that by the biases first."""
    errors = softmax(inputs @ weights + biases) - np.eye(len(biases))[targets.astype(int)]
    return np.vstack([errors.mean(axis=0), inputs.T @ errors / len(targets)])


def assert_part(part: dict[str, float], truth: np.ndarray, probabilities: np.ndarray, rel: float) -> None:
    """The figures that scikit-learn finds for ``probabilities`` ``(n_rows, n_classes)``."""
    one_hot = np.eye(probabilities.shape[1])[truth.astype(int)]
    assert list(part) == ["loss", "accuracy", "auroc", "average_precision"]
    assert part["loss"] == pytest.approx(log_loss(truth, probabilities), rel=rel)
    assert part["accuracy"] == pytest.approx(accuracy_score(truth, probabilities.argmax(axis=1)), rel=1e-12)
    auroc = roc_auc_score(truth, probabilities, multi_class="ovr", average="macro")
    assert part["auroc"] == pytest.approx(auroc, abs=1e-9)
    precision = average_precision_score(one_hot, probabilities, average="macro")
    assert part["average_precision"] == pytest.approx(precision, abs=1e-9)


@pytest.mark.parametrize(("name", "n_classes"), [("iris", 3), ("wine", 3), ("digits", 10)])
def test_schema_of_several_classes(
    name: str, n_classes: int, files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    record = fit(capsys, files[name], TARGETS[name], *LINEAR, "--lam", "0.1")
    labels = ["setosa", "versicolor", "virginica"] if name == "iris" else [str(k) for k in range(n_classes)]
    assert (record["task"], record["classes"]) == ("classification", labels)
    n_inputs = len(record["features"])
    assert record["n_weights"] == n_inputs * n_classes
    (layer,) = record["layers"]
    assert np.shape(layer["weights"]) == (n_inputs, n_classes)
    assert layer["biases"] == record["intercept"]
    assert len(record["intercept"]) == len(record["intercept_original"]) == n_classes
    assert list(record["coefficients"]) == record["features"]
    assert [one["standardized"] for one in record["coefficients"].values()] == layer["weights"]
    assert all(len(one["original"]) == n_classes for one in record["coefficients"].values())
    assert record["converged"] is True
    assert record["kkt_residual"] <= 1e-8
    dataset = dataset_of(files[name], target=TARGETS[name])
    for rows, count in ((dataset.split.train, record["n_train"]), (dataset.split.validation, record["n_validation"])):
        assert count == len(rows)
        shares = np.bincount(dataset.targets[rows].astype(int)) / len(rows)
        np.testing.assert_allclose(shares, np.bincount(dataset.targets.astype(int)) / len(dataset.targets), atol=0.02)


@pytest.mark.parametrize(
    ("name", "lam"), [("iris", 0.001), ("iris", 0.1), ("wine", 0.003), ("wine", 0.3), ("digits", 0.01)]
)
def test_softmax_regression_agrees_with_scikit_learn(
    name: str, lam: float, files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    record = fit(capsys, files[name], TARGETS[name], *LINEAR, "--lam", str(lam))
    dataset = dataset_of(files[name], target=TARGETS[name])
    rows, held_out = dataset.split.train, dataset.split.validation
    inputs, targets = dataset.standardized_inputs(rows), dataset.targets[rows]
    model = LogisticRegression(C=1.0 / (len(rows) * lam), tol=1e-10, max_iter=100_000).fit(inputs, targets)
    size = 0.5 * np.sum(model.coef_**2)
    assert record["objective"] == pytest.approx(log_loss(targets, model.predict_proba(inputs)) + lam * size, rel=1e-7)
    assert record["penalty_value"] == pytest.approx(size, rel=1e-5)
    assert record["objective"] == pytest.approx(record["data_loss"] + lam * record["penalty_value"], rel=1e-12)
    np.testing.assert_allclose(coefficients(record, "standardized"), model.coef_.T, rtol=1e-3, atol=1e-5)
    # The same number more in every intercept changes nothing.
    intercepts = np.array(record["intercept"])
    np.testing.assert_allclose(intercepts - intercepts.mean(), model.intercept_ - model.intercept_.mean(), atol=1e-4)
    logits = dataset.inputs[held_out] @ coefficients(record, "original") + record["intercept_original"]
    np.testing.assert_allclose(
        softmax(logits), model.predict_proba(dataset.standardized_inputs(held_out)), rtol=1e-3, atol=1e-6
    )
    np.testing.assert_allclose(logits, forward(record, dataset.standardized_inputs(held_out)), rtol=1e-9, atol=1e-9)
    assert_part(record["validation"], dataset.targets[held_out], softmax(logits), 1e-9)
    assert_part(record["train"], targets, softmax(forward(record, inputs)), 1e-9)


@pytest.mark.parametrize(("name", "lam"), [("iris", 0.05), ("wine", 0.01), ("digits", 0.02)])
def test_softmax_with_l1_meets_the_conditions_of_an_optimum(
    name: str, lam: float, files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    record = fit(capsys, files[name], TARGETS[name], *LINEAR, "--penalty", "l1", "--lam", str(lam))
    dataset = dataset_of(files[name], target=TARGETS[name])
    rows = dataset.split.train
    inputs, targets = dataset.standardized_inputs(rows), dataset.targets[rows]
    weights, biases = coefficients(record, "standardized"), np.array(record["intercept"])
    gradient = softmax_gradient(inputs, targets, weights, biases)
    is_zero = weights == 0
    assert record["n_nonzero"] == np.count_nonzero(weights)
    assert 0.2 < is_zero.mean() < 1.0
    assert np.abs(gradient[0]).max() < 1.1e-8
    assert np.abs(gradient[1:][is_zero]).max() < lam + 1.1e-8
    assert np.abs(gradient[1:] + lam * np.sign(weights))[~is_zero].max() < 1.1e-8
    assert record["penalty_value"] == pytest.approx(np.abs(weights).sum(), rel=1e-12)
    assert record["data_loss"] == pytest.approx(log_loss(targets, softmax(inputs @ weights + biases)), rel=1e-9)


def test_a_softmax_under_a_huge_lambda_is_the_null_model(
    files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    dataset = dataset_of(files["wine"], target="cultivar")
    shares = np.bincount(dataset.targets[dataset.split.train].astype(int)) / len(dataset.split.train)
    for penalty in ("l1", "group-lasso"):
        record = fit(capsys, files["wine"], "cultivar", *LINEAR, "--penalty", penalty, "--lam", "1e9")
        assert record["n_nonzero"] == 0
        np.testing.assert_allclose(softmax(np.array([record["intercept"]]))[0], shares, atol=1e-8)
        assert record["data_loss"] == pytest.approx(-np.sum(shares * np.log(shares)), rel=1e-9)
        assert record["validation"]["auroc"] == 0.5


@pytest.mark.parametrize(("lam", "expected"), [(0.01, "length soil noise"), (0.05, "length soil"), (0.15, "length")])
def test_group_lasso_with_several_classes_meets_the_conditions_of_an_optimum(
    lam: float, expected: str, flowers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A group is what leaves a column: for ``soil`` the 5 × 3 weights of its labels."""
    record = fit(capsys, flowers, "kind", *LINEAR, "--penalty", "group-lasso", "--lam", str(lam))
    dataset = dataset_of(flowers, target="kind")
    rows = dataset.split.train
    inputs, targets = dataset.standardized_inputs(rows), dataset.targets[rows]
    weights, biases = coefficients(record, "standardized"), np.array(record["intercept"])
    gradient = softmax_gradient(inputs, targets, weights, biases)
    assert np.abs(gradient[0]).max() < 1.1e-8
    size, used = 0.0, []
    for column in dataset.features:
        of_column = [name.split("=")[0] == column for name in record["features"]]
        group, slope = weights[of_column], gradient[1:][of_column]
        reach = np.sqrt(group.size)
        size += reach * np.linalg.norm(group)
        if not group.any():
            assert np.linalg.norm(slope) < lam * reach + 1e-7
            continue
        used.append(column)
        assert group.all()
        assert np.abs(slope + lam * reach * group / np.linalg.norm(group)).max() < 1.1e-8
    assert used == expected.split()
    assert record["n_nonzero"] == np.count_nonzero(weights)
    assert record["penalty_value"] == pytest.approx(size, rel=1e-12)
    assert record["objective"] == pytest.approx(record["data_loss"] + lam * size, rel=1e-12)


def test_group_lasso_of_numeric_columns_and_one_output_is_l1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = load_diabetes(scaled=False)
    columns = np.column_stack([data.data, data.target]).T.tolist()
    path = write_csv(tmp_path / "diabetes.csv", [*data.feature_names, "progression"], columns)
    first, second = (
        fit(capsys, path, "progression", *LINEAR, "--penalty", penalty, "--lam", "0.1")
        for penalty in ("l1", "group-lasso")
    )
    assert second["penalty"] == {"kind": "group-lasso", "lam": 0.1, "l1_ratio": 0.5}
    assert first["n_nonzero"] == second["n_nonzero"] < 10
    for key in ("objective", "penalty_value", "data_loss", "intercept"):
        assert first[key] == pytest.approx(second[key], rel=1e-6, abs=1e-12)
    np.testing.assert_allclose(coefficients(first, "original"), coefficients(second, "original"), rtol=1e-5)


@pytest.mark.parametrize("penalty", ["l1", "group-lasso"])
def test_momentum_reaches_the_same_softmax_regression(
    penalty: str, files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    options = [*LINEAR, "--penalty", penalty, "--lam", "0.05"]
    exact = fit(capsys, files["wine"], "cultivar", *options)
    stepped = fit(capsys, files["wine"], "cultivar", *options, "--optimizer", "momentum", "--learning-rate", "0.3")
    assert stepped["converged"] is True
    assert list(stepped) == list(exact)
    assert stepped["n_nonzero"] == exact["n_nonzero"]
    assert stepped["objective"] == pytest.approx(exact["objective"], rel=1e-9)
    np.testing.assert_allclose(coefficients(stepped, "original"), coefficients(exact, "original"), rtol=1e-4, atol=1e-9)


@pytest.mark.parametrize("options", [[], ["--optimizer", "momentum", "--batch-size", "32"]])
def test_figures_of_a_network_of_several_classes_follow_from_its_layers(
    options: list[str], files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    record = fit(capsys, files["iris"], "species", "--hidden", "6,5", "--epochs", "60", *options)
    assert [np.shape(layer["weights"]) for layer in record["layers"]] == [(4, 6), (6, 5), (5, 3)]
    assert [len(layer["biases"]) for layer in record["layers"]] == [6, 5, 3]
    assert record["n_weights"] == 4 * 6 + 6 * 5 + 5 * 3
    assert "coefficients" not in record
    dataset = dataset_of(files["iris"], target="species")
    for part, rows in (("train", dataset.split.train), ("validation", dataset.split.validation)):
        logits = forward(record, dataset.standardized_inputs(rows))
        assert_part(record[part], dataset.targets[rows], softmax(logits), 1e-5)
    weights = np.concatenate([np.ravel(layer["weights"]) for layer in record["layers"]])
    assert record["penalty_value"] == pytest.approx(0.5 * np.sum(weights**2), rel=1e-12)


def test_group_lasso_takes_whole_columns_out_of_a_network(flowers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--hidden", "5,4", "--penalty", "group-lasso", "--lam", "0.035"]
    record = fit(capsys, flowers, "kind", *options)
    size, n_nonzero = 0.0, 0
    first = np.array(record["layers"][0]["weights"])
    columns = [name.split("=")[0] for name in record["features"]]
    groups = [first[[name == column for name in columns]] for column in dict.fromkeys(columns)]
    groups += [row for layer in record["layers"][1:] for row in np.array(layer["weights"])]
    for group in groups:
        size += np.sqrt(group.size) * np.linalg.norm(group)
        n_nonzero += np.count_nonzero(group)
    assert record["penalty_value"] == pytest.approx(size, rel=1e-6)
    assert record["n_nonzero"] == n_nonzero
    assert record["converged"] is True
    assert [bool(group.any()) for group in groups[:4]] == [True, True, False, False]


def test_a_class_that_a_part_lacks_leaves_its_ranking_undefined(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    generator = np.random.default_rng(1)
    labels = ["a"] * 30 + ["b"] * 20 + ["c"]
    path = write_csv(tmp_path / "rare.csv", ["x", "z", "y"], [*generator.normal(size=(2, 51)).tolist(), labels])
    record = fit(capsys, path, "y", *LINEAR)
    assert record["classes"] == ["a", "b", "c"]
    assert record["train"]["auroc"] is not None
    assert (record["validation"]["auroc"], record["validation"]["average_precision"]) == (None, None)
    assert 0 < record["validation"]["accuracy"] <= 1
    assert headless.run(["fit", str(path), "--target", "y", *LINEAR]) == 0
    assert "No validation row has the class 'c'; scores that rank, such as AUROC, are not" in capsys.readouterr().out


def test_text_report_of_several_classes(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    options = [*LINEAR, "--penalty", "l1", "--lam", "0.1"]
    record = fit(capsys, files["iris"], "species", *options)
    assert headless.run(["fit", str(files["iris"]), "--target", "species", *options]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "iris.csv: species from 4 inputs, classification into 3 classes"
    assert any(line.startswith("Softmax regression, L1, λ = 0.1") for line in lines)
    assert "  AUROC and avg. precision: mean over the classes, each against the rest." in lines
    for header, intercept, key in (
        ("standardised", "intercept", "standardized"),
        ("logit per unit", "intercept_original", "original"),
    ):
        start = lines.index(next(line for line in lines if line.strip().startswith(header)))
        assert lines[start].split()[-3:] == ["setosa", "versicolor", "virginica"]
        expected = [record[intercept], *(one[key] for one in record["coefficients"].values())]
        for line, name, numbers in zip(
            lines[start + 1 :], ["(intercept)", *record["features"]], expected, strict=False
        ):
            assert line.split() == [name, *(f"{number + 0.0:.5g}" for number in numbers)]


def test_many_classes_are_shown_in_narrow_tables(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert headless.run(["fit", str(files["digits"]), "--target", "digit", *LINEAR, "--max-epochs", "10"]) == 0
    lines = capsys.readouterr().out.splitlines()
    tables = [line.split()[-1] for line in lines if line.startswith(("  standardised  ", "  logit per unit  "))]
    assert tables == ["5", "9", "5", "9"]
    at_tables = next(number for number, line in enumerate(lines) if line.startswith("  standardised  "))
    assert max(map(len, lines[at_tables:])) <= 120
    n_inputs = dataset_of(files["digits"], target="digit").n_inputs
    assert len(lines[at_tables:]) == 4 * (1 + 1 + n_inputs) + 3


def test_text_report_names_the_columns_that_group_lasso_leaves_out(
    flowers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [*LINEAR, "--penalty", "group-lasso", "--lam", "0.05"]
    assert headless.run(["fit", str(flowers), "--target", "kind", *options]) == 0
    out = capsys.readouterr().out
    assert "Softmax regression, group lasso, λ = 0.05" in out
    assert "  Not in the model: noise, day." in out
    assert headless.run(["fit", str(flowers), "--target", "kind", "--hidden", "3", "--epochs", "0"]) == 0
    assert "Not in the model" not in capsys.readouterr().out


def test_nothing_of_a_record_of_several_classes_is_a_numpy_value(
    files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    record = fit(capsys, files["iris"], "species", *LINEAR, "--penalty", "none", "--max-epochs", "20")
    assert json.loads(json.dumps(record, allow_nan=False)) == record
