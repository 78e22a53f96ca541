"""``regdesk sweep`` of networks: record, tables, report, what is refused, and an end at any moment."""

from __future__ import annotations

import csv
import json
import math
import re
import signal
from xml.etree import ElementTree

import numpy as np
import pytest
from core_problems import make_dataset
from fit_command import fit, write_csv
from sklearn.datasets import load_iris

from regdesk import app
from regdesk.cli import command_parts, headless
from regdesk.cli.network_report import network_report
from regdesk.core.model.shortfalls import Doubt
from regdesk.core.networks.solver import NetworkProblem
from regdesk.core.training.stack import Stack
from regdesk.core.types import DataSettings
from regdesk.core.words.number_text import number_text
from regdesk.core.words.shortfalls import DOUBTS
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.folds import prepare_folds
from regdesk.system.terminal import remaining_text

KEYS = [
    "task", "target", "features", "classes", "hidden", "activation", "penalty", "n_rows", "n_test", "folds", "n_starts",
    "tolerance", "epochs", "n_weights", "null_objective", "lambda_collapse", "lambdas", "train_loss",
    "validation_loss", "validation_se", "n_nonzero", "objective", "objective_up", "objective_down", "converged_up",
    "converged_down", "data_loss", "penalty_value", "kkt_residual", "converged", "reason", "is_collapsed",
    "weights_digest", "lambda_best", "lambda_1se", "seconds", "provenance",
]  # fmt: skip
SMALL = ("--hidden", "4")


@pytest.fixture(scope="module")
def wave(tmp_path_factory):
    """A smooth function of a, some of b, and a column of noise."""
    generator = np.random.default_rng(3)
    a, b, noise = generator.normal(size=(3, 80))
    y = np.sin(2 * a) + 0.5 * b + 0.1 * generator.normal(size=80)
    folds = np.arange(80) % 4
    columns = [[f"{value:.4f}" for value in values] for values in (a, b, noise)]
    columns += [[f"f{fold}" for fold in folds], [f"{10 * value:.4f}" for value in y]]
    return write_csv(tmp_path_factory.mktemp("sweep") / "wave.csv", ["a", "b", "noise", "fold", "y"], columns)


@pytest.fixture(scope="module")
def iris(tmp_path_factory):
    data = load_iris()
    columns = [*data.data.T, data.target_names[data.target]]
    return write_csv(tmp_path_factory.mktemp("sweep") / "iris.csv", ["a", "b", "c", "d", "species"], columns)


def sweep(capsys, file, target, *options):
    assert headless.run(["sweep", str(file), "--target", target, "--json", *SMALL, *options]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out, parse_constant=pytest.fail)


def rows_of(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_record_and_the_files(capsys, wave, tmp_path, engine):
    options = ("--features", "a,b,noise", "--penalty", "l1", "--n-lambdas", "7", "--folds", "3")
    record = sweep(capsys, wave, "y", *options, "--out", str(tmp_path))
    assert list(record) == [*KEYS, "files"]
    lambdas, losses = np.array(record["lambdas"]), np.array(record["validation_loss"])
    # Where the search for the largest one had stopped too early, that one stands higher.
    np.testing.assert_allclose(np.diff(np.log(lambdas[1:])), math.log(1e-4) / 6)
    assert lambdas[0] >= lambdas[1] * 10 ** (4 / 6) * (1 - 1e-9)
    assert record["lambda_best"] == lambdas[losses.argmin()]
    best, simple = (record["lambdas"].index(record[name]) for name in ("lambda_best", "lambda_1se"))
    assert simple <= best
    assert losses[simple] <= losses[best] + record["validation_se"][best]
    assert (record["n_starts"], record["epochs"], record["folds"]) == (1, None, 3)
    for number, lam in enumerate(lambdas):
        whole = record["data_loss"][number] + lam * record["penalty_value"][number]
        assert record["objective"][number] == pytest.approx(whole, rel=1e-9)
        # The envelope is nowhere above the directions it is made of.
        for name in ("objective_up", "objective_down"):
            assert record["objective"][number] <= record[name][number] * (1 + 1e-9)
    # The grid begins where the network collapses.
    assert record["lambda_collapse"] == lambdas[0]
    assert record["is_collapsed"] == [True] + [False] * 6
    assert record["objective"][0] == record["null_objective"] == pytest.approx(0.5)
    assert names_in(tmp_path) == ["path.csv", "summary.json", "weights.csv"]
    assert json.loads((tmp_path / "summary.json").read_text()) == record
    path = rows_of(tmp_path / "path.csv")
    assert [float(row["kkt_residual"]) for row in path] == record["kkt_residual"]
    # And 4 + 1 biases for each λ.
    parameters = rows_of(tmp_path / "weights.csv")
    assert len(parameters) == 7 * 21
    weights = [row for row in parameters if row["from"] != "(bias)"]
    assert len(weights) == 7 * record["n_weights"] == 7 * 16
    last = [row for row in weights if float(row["lambda"]) == lambdas[-1]]
    named = {(row["layer"], row["from"], row["to"]): float(row["weight"]) for row in last}
    assert len(named) == 16
    assert {key[:2] for key in named if key[0] == "1"} == {("1", name) for name in ("a", "b", "noise")}
    assert {key for key in named if key[0] == "2"} == {("2", f"unit {unit}", "y") for unit in (1, 2, 3, 4)}
    assert np.abs(list(named.values())).sum() == pytest.approx(record["penalty_value"][-1], rel=1e-12)
    assert np.count_nonzero(list(named.values())) == record["n_nonzero"][-1]


def test_epochs_are_those_of_fit(capsys, wave, engine):
    options = ("--features", "a,b", "--seed", "3", "--epochs", "60", "--learning-rate", "0.05")
    record = sweep(capsys, wave, "y", *options, "--lambdas", "0.01,0,0.01", "--folds", "2")
    assert (record["epochs"], record["lambdas"]) == (60, [0.01, 0.0])
    assert record["converged"] == [False, False]
    for name in ("objective_up", "objective_down"):
        assert record[name] == [None, None]
    # What has hardly been trained is worse than no model, which is no collapse; what is dead has collapsed.
    young = sweep(capsys, wave, "y", *options[:4], "--epochs", "1", "--lambdas", "0.01,10", "--folds", "2")
    assert min(young["objective"]) > young["null_objective"]
    assert (young["is_collapsed"], young["lambda_collapse"]) == ([False, False], None)
    dead = sweep(capsys, wave, "y", *options[:4], "--epochs", "60", "--penalty", "l1", "--lambdas", "10,0.01",
                 "--folds", "2")  # fmt: skip
    assert (dead["is_collapsed"], dead["lambda_collapse"]) == ([True, False], 10.0)
    for number, lam in enumerate(("0.01", "0")):
        single = fit(capsys, wave, "y", *SMALL, *options, "--lam", lam, "--validation-fraction", "0")
        assert record["weights_digest"][number] == single["weights_digest"]
        assert record["objective"][number] == pytest.approx(single["objective"], rel=1e-5)
        assert record["kkt_residual"][number] == pytest.approx(single["kkt_residual"], rel=1e-2)


def test_one_fold_is_the_validation_split(capsys, wave, engine):
    options = ("--features", "a,b", "--epochs", "40")
    record = sweep(capsys, wave, "y", *options, "--lambdas", "0.003", "--folds", "1")
    single = fit(capsys, wave, "y", *SMALL, *options, "--lam", "0.003")
    folds = prepare_folds(read_table(wave), DataSettings(target="y", features=("a", "b")), 0, 1)
    unit = (folds.folds[0].target_scaler.scale[0] / folds.whole.target_scaler.scale[0]) ** 2
    assert record["folds"] == 1
    assert record["n_rows"] == 80
    assert record["validation_loss"][0] == pytest.approx(unit * single["validation"]["loss"], rel=1e-5)
    assert record["train_loss"][0] == pytest.approx(unit * single["train"]["loss"], rel=1e-5)


def test_three_classes_a_fold_column_and_groups(capsys, iris, wave, tmp_path, engine):
    options = ("--penalty", "group-lasso", "--lambdas", "0.03,5", "--folds", "3", "--test-fraction", "0.2")
    record = sweep(capsys, iris, "species", *options, "--out", str(tmp_path))
    assert (record["classes"], record["n_rows"], record["n_test"]) == (["setosa", "versicolor", "virginica"], 120, 30)
    assert record["lambda_collapse"] == 5.0
    assert record["is_collapsed"] == [True, False]
    assert record["n_nonzero"][0] == 0
    assert record["objective"][0] == pytest.approx(math.log(3), rel=1e-6)
    assert record["auroc"][0] == 0.5
    assert record["accuracy"][1] > 0.9
    weights = [row for row in rows_of(tmp_path / "weights.csv") if row["lambda"] == "0.03"]
    assert {row["to"] for row in weights if row["layer"] == "2"} == set(record["classes"])
    # All weights that leave a column go together, but for those to units that nothing leaves.
    ends = {(row["layer"], row["from"], row["to"]): float(row["weight"]) for row in weights if row["from"] != "(bias)"}
    units = {source for layer, source, _ in ends if layer == "2"}
    living = {unit for unit in units if any(ends["2", unit, name] for name in record["classes"])}
    assert all(ends["2", unit, name] for unit in living for name in record["classes"])
    assert living
    for name in "abcd":
        assert np.count_nonzero([ends["1", name, unit] for unit in living]) in (0, len(living))
    named = sweep(capsys, wave, "y", "--fold-column", "fold", "--lambdas", "0.1", "--epochs", "3")
    assert (named["folds"], named["features"]) == (4, ["a", "b", "noise"])


def test_several_starts_are_no_worse_and_nothing_collapses_below(capsys, wave, engine):
    options = ("--features", "a,b", "--lambdas", "0.002,0.0005", "--folds", "1", "--activation", "relu")
    one = sweep(capsys, wave, "y", *options)
    three = sweep(capsys, wave, "y", *options, "--n-starts", "3")
    assert one["lambda_collapse"] is None
    assert three["n_starts"] == 3
    # The ways of the first seed are among those of three; what hops find beyond them is luck.
    for place, others in enumerate(three["objective"]):
        assert others <= min(one["objective_up"][place], one["objective_down"][place]) * (1 + 1e-9)


def test_a_tighter_tolerance_is_kept(capsys, wave, engine):
    options = ("--features", "a,b", "--lambdas", "0.01", "--folds", "1", "--penalty", "l2")
    record = sweep(capsys, wave, "y", *options, "--tol", "1e-9")
    assert record["converged"] == [True]
    assert record["kkt_residual"][0] <= 1e-9
    record = sweep(capsys, wave, "y", *options, "--tol", "1e-9", "--max-epochs", "12")
    assert record["converged"] == [False]


def test_the_report(capsys, wave, engine):
    command = ["sweep", str(wave), "--target", "y", *SMALL, "--features", "a,b", "--folds", "2"]
    assert headless.run([*command, "--lambdas", "0.001,0.003,4"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "Network 4 tanh, L2, 3 λ, 2 folds, warm starts up and down, in " in out
    assert "From λ 4 on nothing found beats the model without inputs: the network collapses." in out
    assert "; the largest KKT residual is " in out
    assert "Sweeps up and down " in out
    assert next(line for line in out.splitlines() if line.strip().startswith("4 ")).endswith("collapsed")
    assert headless.run([*command, "--lambdas", "0.001", "--epochs", "1"]) == 0
    out = capsys.readouterr().out
    assert "cold starts of exactly 1 epoch, in " in out
    assert "Nothing was brought to convergence; the largest KKT residual is " in out
    assert "up and down" not in out
    assert "λ_best = λ_1se" in out


def report_of(**values):
    """The lines of a report on a made-up sweep of three λ, with ``values`` in its record."""
    inputs = np.arange(12.0).reshape(6, 2)
    record = {
        "features": ["a", "b"], "n_rows": 6, "n_weights": 12, "hidden": [4], "activation": "tanh", "folds": 5,
        "penalty": {"kind": "l2", "lam": 0.1, "l1_ratio": 0.5}, "epochs": None, "n_starts": 1, "seconds": 1.0,
        "tolerance": 1e-5, "lambdas": [1.0, 0.1, 0.01], "train_loss": [0.5, 0.3, 0.1], "null_objective": 0.6,
        "validation_loss": [0.5, 0.3, 0.4], "validation_se": [0.1, 0.1, 0.1], "n_nonzero": [12, 12, 12],
        "objective": [0.5, 0.3, 0.1], "objective_up": [0.5, 0.3, 0.1], "objective_down": [0.5, 0.3, 0.1],
        "converged_up": [True] * 3, "converged_down": [True] * 3, "converged": [True] * 3,
        "kkt_residual": [0.0, 1e-5, 9e-6], "reason": [None] * 3, "is_collapsed": [False] * 3,
        "lambda_collapse": None, "lambda_best": 0.1, "lambda_1se": 0.1,
    }  # fmt: skip
    report = network_report(make_dataset(inputs, inputs[:, 0], "regression"), record | values)
    return [line.strip() for line in report.splitlines()]


def test_hysteresis_is_told_from_what_has_not_converged():
    apart = {
        "objective_up": [0.5, 0.4, None],
        "objective_down": [0.5, 0.3, 0.1],
        "converged_up": [True, True, False],
    }
    (told,) = [line for line in report_of(**apart) if line.startswith("Sweeps up and down")]
    assert "at 1 of 3 λ (hysteresis), most at λ 0.1, where one is 25 % lower" in told
    unsure = "Sweeps up and down agree to 1 % of J but at 1 λ, where one of them has not converged."
    assert unsure in report_of(**apart | {"converged_up": [True, False, False]})
    agreed = "Sweeps up and down agree to 1 % of J at every λ: no hysteresis."
    assert agreed in report_of(objective_up=[0.5, 0.3, 1e-30], objective_down=[0.5, 0.3, 0.0])


def test_what_has_only_stopped_falling_is_told_from_what_is_stationary():
    assert "Converged at every λ; the largest KKT residual is 1e-05." in report_of()
    stalled = report_of(kkt_residual=[0.0, 0.02, 9e-6], converged=[True, True, False])
    assert (
        "Not converged at 1 of 3 λ; at 1 of 3 λ the gradient is not small, but to first order J falls in no direction "
        "from the kinks of relu; the largest KKT residual is 0.02."
    ) in stalled


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--penalty", "none"], "λ does nothing"),
        (["--epochs", "5", "--n-starts", "2"], "--epochs, which starts from one seed, or --n-starts"),
        (["--epochs", "5", "--tol", "1e-3"], "without it"),
        (["--n-starts", "0"], "whole number from 1"),
        (["--n-starts", "2.5"], "whole number from 1"),
        (["--folds", "1000"], "too few for 1000 folds"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(capsys, wave, options, words):
    assert headless.run(["sweep", str(wave), "--target", "y", *SMALL, *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert words in err


def test_models_that_diverge_have_no_figures(capsys, wave, engine):
    options = ("--hidden", "16", "--activation", "relu", "--features", "a,b,noise", "--no-standardize-target",
               "--optimizer", "sgd", "--learning-rate", "1", "--epochs", "60", "--folds", "2")  # fmt: skip
    assert headless.run(["sweep", str(wave), "--target", "y", *options, "--lambdas", "0,0.001", "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "wave.csv: training diverged at every λ" in err
    assert err.count("\n") == 1
    # A λ that collapses the network at once keeps it from diverging.
    record = sweep(capsys, wave, "y", *options, "--lambdas", "0,1000")
    assert record["objective"][1] is record["validation_loss"][1] is record["kkt_residual"][1] is None
    assert record["lambda_best"] == record["lambda_1se"] == 1000.0
    assert headless.run(["sweep", str(wave), "--target", "y", *options, "--lambdas", "0,1000"]) == 0
    out = capsys.readouterr().out
    assert "No better than the model without inputs: at 1 of 2 λ; it diverged at 1." in out
    assert out.splitlines()[-1].endswith("diverged")


@pytest.mark.parametrize("options", [[], ["--epochs", "1000000"]])
def test_ctrl_c_ends_it_at_once_and_leaves_nothing(capsys, wave, tmp_path, engine, options, monkeypatch):
    # Left to itself it goes on for minutes, or for hours.
    told, begun_late = [], []

    def count(kind, name):
        method = getattr(kind, name)

        def counted(*arguments):
            begun_late.extend(told)
            return method(*arguments)

        monkeypatch.setattr(kind, name, counted)

    def interrupt(*_):
        if not told:
            told.append("told")
            signal.raise_signal(signal.SIGINT)

    count(NetworkProblem, "solve")
    count(Stack, "advance")
    monkeypatch.setattr(command_parts.ProgressBar, "show", interrupt)
    out = tmp_path / "out"
    command = ["sweep", str(wave), "--target", "y", "--hidden", "64,64", "--out", str(out), *options]
    assert headless.run(command) == command_parts.INTERRUPTED
    # The one that waited for a thread; it finds that it was cancelled.
    assert told
    assert len(begun_late) <= 1
    assert capsys.readouterr() == ("", "regdesk: interrupted.\n")
    assert not out.exists()


def test_ctrl_c_before_the_command_has_begun_is_told_alike(capsys, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(headless, "run", interrupt)
    assert app.main(["sweep"]) == command_parts.INTERRUPTED
    assert capsys.readouterr() == ("", "regdesk: interrupted.\n")


def test_the_pictures_show_the_sweep(capsys, qapp, engine, wave, tmp_path):
    command = ["sweep", str(wave), "--target", "y", *SMALL, "--features", "a,b", "--lambdas", "0.3,0.03,0.003"]
    assert app.main([*command, "--folds", "2", "--json", "--out", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    best = json.loads(out)["lambda_best"]
    texts = ElementTree.parse(tmp_path / "lambdaPanel.svg").getroot().iter("{http://www.w3.org/2000/svg}text")
    words = "".join(one.text or "" for one in texts)
    # In the sentence and on the flag.
    assert len(re.findall(rf"λ_best( = λ_1se)? {number_text(best)}:", words)) == 2
    assert {"dataFitPanel.png", "lambdaPanel.png", "histogramPanel.svg"} <= set(names_in(tmp_path))


def test_what_is_left_is_as_exact_as_an_estimate():
    assert [remaining_text(seconds) for seconds in (None, 3.0, 21.0, 57.4, 130.0, 5400.0)] == [
        "estimating", "a few seconds left", "about 20 s left", "about 55 s left", "about 2 min left",
        "about 1.5 h left",
    ]  # fmt: skip


def test_a_lambda_without_a_minimum_is_not_converged_and_not_chosen(capsys, tmp_path, engine):
    """Both classes are told apart by x in every fold: the smaller λ, the smaller every loss, and at 0 it is least."""
    x = np.concatenate([np.linspace(-3, -0.5, 20), np.linspace(0.5, 3, 20)])
    file = write_csv(tmp_path / "apart.csv", ["x", "side"], [x, np.where(x > 0, "right", "left")])
    options = ("--lambdas", "0.1,0.001,0")
    record = sweep(capsys, file, "side", *options, "--out", str(tmp_path / "out"))
    assert record["validation_loss"][2] == min(record["validation_loss"])
    assert record["converged"] == [True, True, False]
    assert (record["converged_up"][2], record["converged_down"][2]) == (False, False)
    assert record["reason"][:2] == [None, None]
    assert record["reason"][2] == f"{DOUBTS[Doubt.TOLD_APART]}."
    assert (record["lambda_best"], record["lambda_1se"]) == (0.001, 0.001)
    assert [row["reason"] for row in rows_of(tmp_path / "out" / "path.csv")] == ["", "", record["reason"][2]]
    assert headless.run(["sweep", str(file), "--target", "side", *SMALL, *options]) == 0
    report = capsys.readouterr().out
    assert f"  At λ = 0: {DOUBTS[Doubt.TOLD_APART]}. Another λ is chosen.\n" in report
    assert "Not converged at 1 of 3 λ; " in report
    # Where there is nothing else, λ = 0 it is.
    alone = sweep(capsys, file, "side", "--lambdas", "0")
    assert (alone["lambda_best"], alone["converged"]) == (0.0, [False])


def test_without_a_penalty_nobody_knows_a_networks_minimum(capsys, wave, engine):
    record = sweep(capsys, wave, "y", "--features", "a,b", "--folds", "2", "--lambdas", "10,0")
    assert record["validation_loss"][1] == min(record["validation_loss"])
    assert (record["lambda_best"], record["reason"]) == (10.0, [None, f"{DOUBTS[Doubt.NETWORK]}."])
    # After so many epochs, too, as fit says it.
    record = sweep(capsys, wave, "y", "--features", "a,b", "--folds", "2", "--lambdas", "10,0", "--epochs", "30")
    assert record["reason"] == ["stopped after the 30 epochs that were asked for.", f"{DOUBTS[Doubt.NETWORK]}."]
    assert record["lambda_best"] == 10.0
