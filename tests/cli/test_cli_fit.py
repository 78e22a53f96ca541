"""``regdesk fit``: its record, its numbers against scikit-learn, its determinism and its exit statuses."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from covering import covered
from fit_command import dataset_of, fit, forward, write_csv
from sklearn.datasets import load_breast_cancer, load_diabetes
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, Ridge
from sklearn.metrics import average_precision_score, log_loss, mean_squared_error, r2_score, roc_auc_score

from regdesk.cli import headless, training_commands
from regdesk.data.samples import sample_path
from regdesk.system.terminal import ProgressBar
from regdesk.tasks.fits.finished import FitListener

ROOT = Path(__file__).resolve().parents[2]
RUN = "import sys; from regdesk.cli.headless import run; raise SystemExit(run(sys.argv[1:]))"
COMMON_KEYS = [
    "n_train",
    "n_validation",
    "n_test",
    "task",
    "target",
    "features",
    "classes",
    "hidden",
    "activation",
    "penalty",
    "objective",
    "data_loss",
    "penalty_value",
    "train",
    "validation",
    "test",
    "n_weights",
    "n_nonzero",
    "n_too_small",
    "layers",
    "kkt_residual",
    "converged",
    "reason",
    "unique",
    "epochs",
    "seconds",
    "weights_digest",
]
LINEAR_KEYS = ["lambda_max", "duality_gap", "intercept", "coefficients", "intercept_original"]
LAST_KEYS = ["translations", "provenance"]
LINEAR = ["--hidden", ""]


@pytest.fixture(scope="module")
def diabetes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = load_diabetes(scaled=False)
    columns = [column.tolist() for column in np.column_stack([data.data, data.target]).T]
    return write_csv(tmp_path_factory.mktemp("fit") / "diabetes.csv", [*data.feature_names, "progression"], columns)


@pytest.fixture(scope="module")
def cancer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = load_breast_cancer()
    names = [name.replace(" ", "_") for name in data.feature_names[:8]]
    labels = [["malignant", "benign"][target] for target in data.target]
    columns = [column.tolist() for column in data.data[:, :8].T]
    return write_csv(tmp_path_factory.mktemp("fit") / "cancer.csv", [*names, "diagnosis"], [*columns, labels])


def test_schema_of_a_linear_regression(diabetes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = fit(capsys, diabetes, "progression", *LINEAR, "--penalty", "elastic-net", "--lam", "0.1")
    assert list(record) == [*COMMON_KEYS, *LINEAR_KEYS, *LAST_KEYS]
    assert record["penalty"] == {"kind": "elastic-net", "lam": 0.1, "l1_ratio": 0.5}
    assert (record["n_train"], record["n_validation"], record["n_test"]) == (331, 111, 0)
    assert (record["task"], record["classes"], record["test"]) == ("regression", None, None)
    assert list(record["train"]) == list(record["validation"]) == ["loss", "r2", "rmse"]
    assert list(record["coefficients"]) == record["features"]
    assert all(list(one) == ["standardized", "original"] for one in record["coefficients"].values())
    assert record["n_weights"] == len(record["features"]) == 10
    assert record["converged"] is True
    assert record["kkt_residual"] <= 1e-8
    translations = record.pop("translations")
    assert {tuple(one) for one in translations} == {("program", "name", "value", "snippet", "note")}
    # Other programs call it so, and none of ours does.
    assert "alpha" not in json.dumps(record)


def test_schema_of_a_classifying_network(cancer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--hidden", "4,3", "--epochs", "5", "--test-fraction", "0.2", "--validation-fraction", "0"]
    record = fit(capsys, cancer, "diagnosis", *options)
    assert list(record) == [*COMMON_KEYS, *LAST_KEYS]
    assert record["classes"] == ["benign", "malignant"]
    assert record["validation"] is None
    assert list(record["test"]) == ["loss", "accuracy", "auroc", "average_precision"]
    assert [np.shape(layer["weights"]) for layer in record["layers"]] == [(8, 4), (4, 3), (3, 1)]
    assert [len(layer["biases"]) for layer in record["layers"]] == [4, 3, 1]
    assert record["n_weights"] == 8 * 4 + 4 * 3 + 3
    assert (record["epochs"], record["converged"]) == (5, False)


@pytest.mark.parametrize("lam", [0.003, 0.05, 0.3])
@pytest.mark.parametrize("kind", ["l1", "l2", "elastic-net"])
def test_linear_regression_agrees_with_scikit_learn(
    kind: str, lam: float, diabetes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = fit(
        capsys, diabetes, "progression", *LINEAR, "--penalty", kind, "--lam", str(lam), "--l1-ratio", "0.7",
        "--no-standardize-target",
    )  # fmt: skip
    dataset = dataset_of(diabetes, target="progression", standardize_target=False)
    rows = dataset.split.train
    inputs, targets = dataset.standardized_inputs(rows), dataset.targets[rows]
    n = len(rows)
    model = {
        "l1": Lasso(alpha=lam, tol=1e-12, max_iter=100_000),
        "l2": Ridge(alpha=n * lam),
        "elastic-net": ElasticNet(alpha=lam, l1_ratio=0.7, tol=1e-12, max_iter=100_000),
    }[kind].fit(inputs, targets)
    ratio = {"l1": 1.0, "l2": 0.0, "elastic-net": 0.7}[kind]
    size = ratio * np.abs(model.coef_).sum() + (1 - ratio) / 2 * np.sum(model.coef_**2)
    objective = 0.5 * mean_squared_error(targets, model.predict(inputs)) + lam * size
    assert record["objective"] == pytest.approx(objective, rel=1e-6)
    standardized = np.array([one["standardized"] for one in record["coefficients"].values()])
    np.testing.assert_allclose(standardized, model.coef_, rtol=1e-4, atol=1e-5)
    np.testing.assert_array_equal(standardized != 0, model.coef_ != 0)
    assert record["intercept"] == pytest.approx(model.intercept_, rel=1e-9)


def test_a_standardised_target_maps_to_a_raw_one(diabetes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = fit(capsys, diabetes, "progression", *LINEAR, "--penalty", "l1", "--lam", "0.05")
    dataset = dataset_of(diabetes, target="progression")
    rows = dataset.split.train
    raw_lam = 0.05 * float(dataset.targets[rows].std())
    raw = fit(
        capsys, diabetes, "progression", *LINEAR, "--penalty", "l1", "--lam", repr(raw_lam), "--no-standardize-target",
        "--tol", "1e-7",
    )  # fmt: skip
    for name, one in record["coefficients"].items():
        assert one["original"] == pytest.approx(raw["coefficients"][name]["original"], rel=1e-5, abs=1e-7)
    assert record["intercept_original"] == pytest.approx(raw["intercept_original"], rel=1e-6)
    assert record["n_nonzero"] == raw["n_nonzero"] < 10


@pytest.mark.parametrize("options", [[], ["--no-standardize"], ["--no-standardize-target"]])
def test_original_coefficients_predict_in_original_units(
    options: list[str], diabetes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = fit(capsys, diabetes, "progression", *LINEAR, "--lam", "0.1", *options)
    dataset = dataset_of(diabetes, target="progression")
    original = np.array([one["original"] for one in record["coefficients"].values()])
    for part, rows in (("train", dataset.split.train), ("validation", dataset.split.validation)):
        predictions = dataset.inputs[rows] @ original + record["intercept_original"]
        assert record[part]["rmse"] == pytest.approx(mean_squared_error(dataset.targets[rows], predictions) ** 0.5)
        assert record[part]["r2"] == pytest.approx(r2_score(dataset.targets[rows], predictions))


@pytest.mark.parametrize("lam", [0.001, 0.1])
def test_logistic_regression_agrees_with_scikit_learn(
    lam: float, cancer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = fit(capsys, cancer, "diagnosis", *LINEAR, "--lam", str(lam))
    dataset = dataset_of(cancer, target="diagnosis")
    rows = dataset.split.train
    inputs, targets = dataset.standardized_inputs(rows), dataset.targets[rows]
    model = LogisticRegression(C=1.0 / (len(rows) * lam), tol=1e-10, max_iter=100_000).fit(inputs, targets)
    objective = log_loss(targets, model.predict_proba(inputs)) + lam / 2 * np.sum(model.coef_**2)
    assert record["objective"] == pytest.approx(objective, rel=1e-6)
    standardized = [one["standardized"] for one in record["coefficients"].values()]
    np.testing.assert_allclose(standardized, model.coef_[0], rtol=1e-3, atol=1e-5)
    held_out = dataset.split.validation
    original = np.array([one["original"] for one in record["coefficients"].values()])
    log_odds = dataset.inputs[held_out] @ original + record["intercept_original"]
    expected = forward(record, dataset.standardized_inputs(held_out))[:, 0]
    np.testing.assert_allclose(log_odds, expected, rtol=1e-9, atol=1e-9)


def test_an_explicit_optimizer_reaches_the_same_linear_model(
    diabetes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [*LINEAR, "--penalty", "l1", "--lam", "0.05"]
    exact = fit(capsys, diabetes, "progression", *options)
    for optimizer in ("adam", "momentum", "sgd"):
        stepped = fit(capsys, diabetes, "progression", *options, "--optimizer", optimizer, "--learning-rate", "0.1")
        assert stepped["converged"] is True
        assert stepped["kkt_residual"] <= 1e-8
        assert stepped["objective"] == pytest.approx(exact["objective"], rel=1e-9)
        assert stepped["n_nonzero"] == exact["n_nonzero"]
        assert list(stepped) == list(exact)


def test_metrics_of_a_network_follow_from_its_layers_regression(
    diabetes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = fit(capsys, diabetes, "progression", "--hidden", "6", "--epochs", "300", "--test-fraction", "0.1")
    dataset = dataset_of(diabetes, target="progression", test_fraction=0.1)
    split = dataset.split
    for part, rows in (("train", split.train), ("validation", split.validation), ("test", split.test)):
        outputs = forward(record, dataset.standardized_inputs(rows))[:, 0]
        predictions = outputs * dataset.target_scaler.scale[0] + dataset.target_scaler.mean[0]
        loss = 0.5 * mean_squared_error(dataset.standardized_targets(rows), outputs)
        assert record[part]["loss"] == pytest.approx(loss, rel=1e-5)
        assert record[part]["rmse"] == pytest.approx(
            mean_squared_error(dataset.targets[rows], predictions) ** 0.5, rel=1e-5
        )
        assert record[part]["r2"] == pytest.approx(r2_score(dataset.targets[rows], predictions), rel=1e-5)
    assert record["data_loss"] == record["train"]["loss"]
    weights = np.concatenate([np.ravel(layer["weights"]) for layer in record["layers"]])
    assert record["penalty_value"] == pytest.approx(0.5 * np.sum(weights**2), rel=1e-12)
    assert record["objective"] == pytest.approx(record["data_loss"] + 0.01 * record["penalty_value"], rel=1e-12)
    assert record["n_nonzero"] == np.count_nonzero(weights)


def test_metrics_of_a_network_follow_from_its_layers_classification(
    cancer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = fit(capsys, cancer, "diagnosis", "--hidden", "6", "--epochs", "40", "--batch-size", "64")
    dataset = dataset_of(cancer, target="diagnosis")
    for part, rows in (("train", dataset.split.train), ("validation", dataset.split.validation)):
        log_odds, truth = forward(record, dataset.standardized_inputs(rows))[:, 0], dataset.targets[rows]
        probabilities = 1 / (1 + np.exp(-log_odds))
        assert record[part]["loss"] == pytest.approx(log_loss(truth, probabilities), rel=1e-5)
        assert record[part]["accuracy"] == pytest.approx(np.mean((log_odds > 0) == (truth == 1)))
        assert record[part]["auroc"] == pytest.approx(roc_auc_score(truth, log_odds))
        assert record[part]["average_precision"] == pytest.approx(average_precision_score(truth, log_odds))


@covered(n_epochs=[0, 1, 7], batch_size=["full", "50"], hidden=["", "5,3"])
def test_exactly_so_many_epochs_whatever_the_chunks(
    n_epochs: int, batch_size: str, hidden: str, diabetes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from regdesk.core.model.network import weights_digest
    from regdesk.core.training.trainer import Trainer
    from regdesk.core.types import FULL_BATCH, Architecture, TrainSettings

    options = ["--hidden", hidden, "--penalty", "l1", "--batch-size", batch_size, "--epochs", str(n_epochs)]
    record = fit(capsys, diabetes, "progression", *options)
    assert (record["epochs"], record["converged"]) == (n_epochs, False)
    assert fit(capsys, diabetes, "progression", *options)["weights_digest"] == record["weights_digest"]

    rows = FULL_BATCH if batch_size == "full" else int(batch_size)
    architecture = Architecture(tuple(int(units) for units in hidden.split(",") if units))
    trainer = Trainer(dataset_of(diabetes, target="progression"), architecture, 0)
    while trainer.epoch < n_epochs:
        trainer.advance(TrainSettings(penalty="l1", batch_size=rows), 1)
    assert weights_digest(trainer.parameters) == record["weights_digest"]


def test_the_digest_is_of_the_reported_layers(diabetes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import hashlib

    for options, dtype in ((LINEAR, "<f8"), (["--hidden", "3", "--epochs", "4"], "<f4")):
        record = fit(capsys, diabetes, "progression", *options)
        parts = [np.ravel(layer[key]) for layer in record["layers"] for key in ("weights", "biases")]
        parameters = np.concatenate(parts).astype(dtype)
        assert hashlib.sha256(parameters.tobytes()).hexdigest() == record["weights_digest"]


def test_a_network_trains_to_its_residual_or_says_that_it_did_not(capsys: pytest.CaptureFixture[str]) -> None:
    moons = sample_path("two-moons")
    done = fit(capsys, moons, "moon")
    assert done["converged"] is True
    assert done["kkt_residual"] <= 1e-5
    short = fit(capsys, moons, "moon", "--max-epochs", "30")
    assert (short["converged"], short["epochs"]) == (False, 30)
    assert short["kkt_residual"] > 1e-5
    loose = fit(capsys, moons, "moon", "--tol", "0.1")
    assert loose["converged"] is True
    assert loose["epochs"] < done["epochs"]


def test_l2_makes_no_zeros_whatever_lambda_is(diabetes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--penalty", "l2", "--lam", "1e9", "--optimizer", "sgd", "--epochs", "500"]
    record = fit(capsys, diabetes, "progression", *options)
    weights = np.concatenate([np.ravel(layer["weights"]) for layer in record["layers"]])
    assert record["n_nonzero"] == record["n_weights"] == len(weights)
    assert record["n_too_small"] == len(weights) - np.count_nonzero(weights) > 0
    assert headless.run(["fit", str(diabetes), "--target", "progression", *options]) == 0
    report = capsys.readouterr().out
    assert f"0 are exactly zero; {record['n_too_small']} are too small for their dtype." in report
    assert "Not in the model" not in report


@pytest.mark.parametrize("options", [["--penalty", "none"], ["--lam", "0"]])
def test_a_network_without_a_penalty_is_not_called_converged(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    moons = sample_path("two-moons")
    loose = ["--tol", "0.02"]
    record = fit(capsys, moons, "moon", *options, *loose)
    assert record["kkt_residual"] <= 0.02
    assert record["converged"] is False
    assert "without a penalty nothing says that a network has a minimum" in record["reason"]
    assert fit(capsys, moons, "moon", "--lam", "0.01", *loose)["converged"] is True


@covered(penalty=["l1", "group-lasso"], optimizer=["adam", "momentum", "sgd"], rate=["1e-5", "1"])
def test_a_huge_lambda_leaves_zeros_and_finite_numbers(
    penalty: str, optimizer: str, rate: str, diabetes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--penalty", penalty, "--lam", "1e9", "--optimizer", optimizer, "--learning-rate", rate]
    record = fit(capsys, diabetes, "progression", *options, "--epochs", "50")
    assert record["n_nonzero"] == 0
    assert record["penalty_value"] == 0
    assert record["objective"] is not None


def test_no_penalty_counts_for_nothing(diabetes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = fit(capsys, diabetes, "progression", *LINEAR, "--penalty", "none", "--lam", "5")
    assert record["penalty_value"] == 0
    assert record["objective"] == record["data_loss"]


def test_text_report(diabetes: Path, cancer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        headless.run(["fit", str(diabetes), "--target", "progression", *LINEAR, "--penalty", "l1", "--lam", "0.1"]) == 0
    )
    out = capsys.readouterr().out
    for words in (
        "Linear regression, L1, λ = 0.1",
        "Rows: 331 for training",
        "Converged",
        "RMSE",
        "(intercept)",
        "bmi",
    ):
        assert words in out
    assert headless.run(["fit", str(cancer), "--target", "diagnosis", "--epochs", "1", "--hidden", "4"]) == 0
    out = capsys.readouterr().out
    for words in ("Network 4 tanh, L2", "Not converged after 1 epoch ", "AUROC", "validation"):
        assert words in out
    record = fit(capsys, cancer, "diagnosis", "--epochs", "1", "--hidden", "4")
    assert record["reason"] == "stopped after the 1 epoch that was asked for."


@pytest.mark.parametrize(
    ("text", "target", "options", "words"),
    [
        (None, "y", [], ["nowhere.csv"]),
        ("a,b,weight\n1,2,3\n2,3,5\n3,4,9\n", "wieght", [], ["data.csv", "'wieght'", "weight"]),
        ("a,y\n1,2\n3\n4,5\n", "y", [], ["data.csv, line 3"]),
        ("a,y\n1,red\n5,blue\n3,green\n", "y", [], ["data.csv, column 'y'", "3 classes in 3 rows"]),
        (
            "a,y\n" + "".join(f"{i},town {i % 150}\n" for i in range(300)),
            "y",
            ["--features", "a"],
            [
                "data.csv, column 'y'",
                "150 classes ('town 0', 'town 1', 'town 10' and 147 more) and at most 100",
                "choose",
            ],
        ),
        ("a,y\n1,2\n2,3\n3,4\n", "y", ["--lam", "-2"], ["--lam", "from 0 to 1e12"]),
        ("a,y\n1,2\n2,3\n3,4\n", "y", ["--features", "b"], ["data.csv", "'b'"]),
        ("", "y", [], ["data.csv", "empty"]),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(
    text: str | None, target: str, options: list[str], words: list[str], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = tmp_path / ("data.csv" if text is not None else "nowhere.csv")
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert headless.run(["fit", str(path), "--target", target, "--json", *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("regdesk: ")
    assert err.count("\n") == 1
    for word in words:
        assert word in err


def test_rows_marked_as_test_are_held_back_and_the_report_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    generator = np.random.default_rng(0)
    is_test = np.arange(30) % 5 == 0
    columns = {"x": generator.normal(size=30).round(3), "y": generator.normal(size=30).round(3)}
    file = write_csv(tmp_path / "m.csv", [*columns, "is_test"], [*columns.values(), is_test.astype(int)])
    options = ("--hidden", "", "--penalty", "l2", "--split-column", "is_test", "--validation-fraction", "0")
    record = fit(capsys, file, "y", *options)
    assert (record["n_train"], record["n_validation"], record["n_test"]) == (24, 0, 6)
    x, y = ((values - values[~is_test].mean()) / values[~is_test].std() for values in columns.values())
    weight = np.mean((x * y)[~is_test]) / 1.01
    assert record["coefficients"]["x"]["standardized"] == pytest.approx(weight, rel=1e-6)
    assert record["test"]["loss"] == pytest.approx(np.mean(0.5 * (y - weight * x)[is_test] ** 2), rel=1e-6)
    assert headless.run(["fit", str(file), "--target", "y", *options]) == 0
    said = "is_test = 1: test, 6 rows; 0: training and validation, 24 rows."
    assert said in capsys.readouterr().out
    how = dataset_of(file, target="y", split_column="is_test").split.how
    assert how == f"as is_test says, validation drawn with seed 0: {said[:-1]}"
    assert headless.run(["sweep", str(file), "--target", "y", *options[:6], "--lambdas", "0.1"]) == 0
    assert "is_test = 1: test, 6 rows; 0: folds, 24 rows." in capsys.readouterr().out


def test_divergence_is_one_sentence_and_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generator = np.random.default_rng(0)
    first, second = generator.normal(size=(2, 40)) * 100
    columns = [first.tolist(), second.tolist(), (first + second).tolist()]
    path = write_csv(tmp_path / "steep.csv", ["a", "b", "y"], columns)
    options = ["--optimizer", "sgd", "--learning-rate", "1", "--no-standardize", "--penalty", "none", *LINEAR]
    for ending in (["--epochs", "200"], []):
        assert headless.run(["fit", str(path), "--target", "y", "--json", *options, *ending]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("regdesk: steep.csv: training diverged at step ")
        assert "learning rate" in err
        assert err.count("\n") == 1


def test_surprises_are_one_sentence_too(
    diabetes: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    expected_warnings: list[str],
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the sky is falling")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.delenv(headless.TRACEBACK_VARIABLE, raising=False)
    monkeypatch.setattr(training_commands, "fit_model", fail)
    assert headless.run(["fit", str(diabetes), "--target", "progression"]) == 1
    assert capsys.readouterr().err == "regdesk: unexpected error: RuntimeError: the sky is falling\n"
    monkeypatch.setenv(headless.TRACEBACK_VARIABLE, "1")
    assert headless.run(["fit", str(diabetes), "--target", "progression"]) == 1
    assert "Traceback" in capsys.readouterr().err
    monkeypatch.setattr(training_commands, "fit_model", interrupt)
    assert headless.run(["fit", str(diabetes), "--target", "progression"]) == 130
    assert capsys.readouterr().err == "regdesk: interrupted.\n"


def run_child(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=600, check=False,
    )  # fmt: skip


def test_a_linear_fit_needs_neither_numba_nor_qt(diabetes: Path) -> None:
    code = (
        "import sys; from regdesk.cli.headless import run; status = run(sys.argv[1:]); "
        "assert not {'numba', 'PySide6', 'pyqtgraph'} & sys.modules.keys(); raise SystemExit(status)"
    )
    done = run_child(code, "fit", str(diabetes), "--target", "progression", "--hidden", "", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert list(json.loads(done.stdout)) == [*COMMON_KEYS, *LINEAR_KEYS, *LAST_KEYS]


def test_a_look_at_a_file_loads_nothing_that_trains(diabetes: Path) -> None:
    code = (
        "import sys; from regdesk.cli.headless import run; status = run(sys.argv[1:]); "
        "assert not {'regdesk.tasks.linear_sweep', 'regdesk.tasks.fit', 'regdesk.tasks.predict', 'numba'} "
        "& sys.modules.keys(); raise SystemExit(status)"
    )
    done = run_child(code, "inspect", str(diabetes), "--json")
    assert (done.returncode, done.stderr) == (0, "")


def test_processes_agree_on_the_digest(diabetes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--epochs", "25", "--batch-size", "16"]
    done = run_child(RUN, "fit", str(diabetes), "--target", "progression", "--json", *options)
    assert (done.returncode, done.stderr) == (0, "")
    record = fit(capsys, diabetes, "progression", *options)
    assert json.loads(done.stdout)["weights_digest"] == record["weights_digest"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send to oneself")
def test_control_c_ends_a_long_fit(diabetes: Path) -> None:
    code = (
        "import os, signal, sys, threading; from regdesk.cli import command_parts, headless; "
        "begun = threading.Event(); "
        "command_parts.ProgressBar.show = lambda _bar, _share, text: text.startswith('epoch') and begun.set(); "
        "interrupt = lambda: begun.wait() and os.kill(os.getpid(), signal.SIGINT); "
        "threading.Thread(target=interrupt, daemon=True).start(); raise SystemExit(headless.run(sys.argv[1:]))"
    )
    done = run_child(code, "fit", str(diabetes), "--target", "progression", "--epochs", "1000000000", "--json")
    assert done.returncode == 130
    assert (done.stdout, done.stderr) == ("", "regdesk: interrupted.\n")


def test_a_reader_that_leaves_is_no_traceback() -> None:
    command = [sys.executable, "-c", RUN, "samples"]
    code = (
        "import subprocess, sys; child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, "
        "stderr=subprocess.PIPE); child.stdout.close(); error = child.stderr.read(); "
        "print(child.wait(), error.decode())"
    )
    assert run_child(code, *command).stdout.split() == ["1"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_progress_bar_is_for_terminals_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regdesk.system.terminal.REDRAW_EVERY_S", -1.0)
    terminal, plain = Terminal(), io.StringIO()
    for stream in (terminal, plain):
        bar = ProgressBar("training", stream)
        bar.show(0.5, "epoch 5 of 10")
        bar.clear()
        bar.message("Compiling …")
    assert "training [###############...............] epoch 5 of 10" in terminal.getvalue()
    assert terminal.getvalue().endswith(" \rCompiling …\n")
    assert plain.getvalue() == ""


def test_a_listener_hears_of_epochs(diabetes: Path) -> None:
    from regdesk.core.settings.configuration import Configuration, EndingSettings
    from regdesk.core.types import Architecture
    from regdesk.tasks.fit import fit_model

    heard: list[tuple[int, int]] = []
    listener = FitListener(epochs=lambda done, most: heard.append((done, most)))
    configuration = Configuration(architecture=Architecture((4,)), ending=EndingSettings(30))
    fit_model(dataset_of(diabetes, target="progression"), configuration, listener)
    assert heard[-1] == (30, 30)
    assert heard == sorted(heard)
