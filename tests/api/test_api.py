"""The program as a notebook uses it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import Lasso, LogisticRegression
from tables import write_classes, write_kinds, write_sparse

from regdesk import api
from regdesk.api.options import FIT, SWEEP_SETTINGS, arguments_of, refuse
from regdesk.cli import headless
from regdesk.cli.arguments import fit_arguments_of, parse_fit_arguments, parse_sweep_arguments, sweep_arguments_of
from regdesk.crews.opening import opened_crew

ROOT = Path(__file__).resolve().parents[2]


def test_a_notebook_reads_fits_and_predicts(tmp_path):
    table = api.read(write_sparse(tmp_path / "sparse.csv"))
    model = api.fit(table, target="y", hidden=(), penalty="l1", lam=0.05, validation_fraction=0)
    columns = {name: table.column(name).numbers for name in "abcdefgh"}
    rows, y = np.column_stack(list(columns.values())), table.column("y").numbers
    standardized = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    oracle = Lasso(0.05, tol=1e-14, max_iter=100_000).fit(standardized, (y - y.mean()) / y.std())
    expected = oracle.predict(standardized) * y.std() + y.mean()
    np.testing.assert_allclose(model.predict(table), expected, rtol=0, atol=1e-7)
    np.testing.assert_array_equal(model.predict(columns), model.predict(table))
    listed = {name: [None, *map(str, cells[1:3])] for name, cells in columns.items()}
    found = model.predict(listed)
    np.testing.assert_array_equal(found[1:], model.predict(table)[1:3])
    medians = {name: [float(np.median(cells))] for name, cells in columns.items()}
    assert found[0] == model.predict(medians)[0]
    assert model.scores["validation"] is None
    assert model.scores["train"]["r2"] == pytest.approx(1 - ((expected - y) ** 2).sum() / ((y - y.mean()) ** 2).sum())
    assert model.certificate.converged
    with pytest.raises(ValueError, match="y is a number: a regression has no probabilities"):
        model.predict_proba(table)


def test_probabilities_and_labels_of_two_classes(tmp_path):
    table = api.read(write_classes(tmp_path / "classes.csv"))
    model = api.fit(table, target="colour", hidden=(), penalty="l2", lam=0.05, validation_fraction=0)
    rows = np.column_stack([table.column(f"x{number}").numbers for number in range(4)])
    rows = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    labels = np.array([table.column("colour").levels[code] for code in table.column("colour").codes])
    oracle = LogisticRegression(C=1 / (0.05 * len(rows)), tol=1e-10, max_iter=10_000).fit(rows, labels)
    assert model.classes == tuple(oracle.classes_) == ("blue", "red")
    np.testing.assert_allclose(model.predict_proba(table), oracle.predict_proba(rows), rtol=0, atol=1e-6)
    assert model.predict(table).tolist() == oracle.predict(rows).tolist()
    assert model.scores["train"]["accuracy"] == np.mean(oracle.predict(rows) == labels)


def test_a_sweep_is_iterated_and_its_models_predict(tmp_path, capsys):
    path = write_kinds(tmp_path / "kinds.csv")
    table = api.read(path)
    sweep = api.sweep(table, target="kind", hidden=(), penalty="l1", n_lambdas=6, folds=3, seed=2)
    steps = list(sweep)
    assert [(step.n_done, step.n_all) for step in steps] == [(number, 6) for number in range(1, 7)]
    result = sweep.result
    command = "sweep --target kind --hidden= --penalty l1 --n-lambdas 6 --folds 3 --seed 2 --json"
    assert headless.run([*command.split(), str(path)]) == 0
    record = json.loads(capsys.readouterr().out)
    for name in ("lambdas", "validation_loss", "lambda_best", "lambda_1se", "coefficients", "intercepts"):
        assert result.record[name] == record[name]
    assert [step.lam for step in steps] == record["lambdas"]
    assert [step.validation_loss for step in steps] == record["validation_loss"]
    rows = np.column_stack([table.column(f"x{number}").numbers for number in range(4)])
    for at, lam in (("best", result.lambda_best), ("1se", result.lambda_1se), (record["lambdas"][1],) * 2):
        number = record["lambdas"].index(lam)
        logits = rows @ np.array(record["coefficients"][number]) + np.array(record["intercepts"][number])
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        found = result.model(at).predict_proba(table)
        np.testing.assert_allclose(found, powers / powers.sum(axis=1, keepdims=True), rtol=0, atol=1e-9)
    with pytest.raises(api.UsageError, match="none of the 6 λ of this sweep"):
        result.model(17.0)


def test_a_sweep_of_a_network_is_iterated(tmp_path, engine):
    table = api.read(write_sparse(tmp_path / "sparse.csv"))
    sweep = api.sweep(table, target="y", hidden=(2,), lambdas=(1.0, 0.01), folds=2, max_epochs=30)
    last = list(sweep)[-1]
    assert last.n_done == last.n_all > 0
    result = sweep.result
    model = result.model(result.lambda_best)
    assert model.predict(table).shape == (120,)
    assert model.scores["train"]["loss"] == pytest.approx(result.found.points[result.found.best].data_loss, rel=1e-5)


def test_roles_that_are_said_with_the_reading_hold_for_what_is_fitted(tmp_path):
    path = write_sparse(tmp_path / "sparse.csv")
    table = api.read(path, role={"y": "target", "b": "ignored", "c": "identifier"})

    def columns(**options):
        found = json.loads(api.fit(table, hidden=(), lam=0.05, **options).to_json())["encoding"]
        return found["target"]["name"], "".join(one["name"] for one in found["columns"])

    assert columns() == ("y", "adefgh")
    assert columns(target="a") == ("a", "defghy")
    assert columns(role={"b": "feature"}) == ("y", "abdefgh")
    assert columns(role={"d": "target"}) == ("d", "aefghy")
    assert columns(features=["a", "b"]) == ("y", "ab")
    with pytest.raises(api.DataError, match=r"there is no column 'zz' to be target"):
        api.read(path, role={"zz": "target"})
    with pytest.raises(api.UsageError, match=r"role: of 'y' it must be one of target, feature"):
        api.read(path, role={"y": "goal"})


def test_keywords_mean_what_options_do(tmp_path):
    path = write_sparse(tmp_path / "sparse.csv")
    table = api.read(path)
    keywords = {"hidden": (), "penalty": "l1", "lam": 0.05, "validation_fraction": 0}
    options = ["--target", "y", "--hidden", "", "--penalty", "l1", "--lam", "0.05", "--validation-fraction", "0"]
    fit = fit_arguments_of(arguments_of(table, "y", keywords, FIT), refuse)
    assert fit == parse_fit_arguments([str(path), *options])
    sweep = sweep_arguments_of(arguments_of(table, "y", keywords | {"folds": 3}, SWEEP_SETTINGS), refuse)
    assert sweep == parse_sweep_arguments([str(path), *options, "--folds", "3"])


def test_penalty_factors_are_a_dict(tmp_path):
    table = api.read(write_sparse(tmp_path / "sparse.csv"))
    factors = {"a": 0.5, "c": 4}
    model = api.fit(
        table, target="y", hidden=(), penalty="l1", lam=0.05, validation_fraction=0, penalty_factor=factors
    )  # fmt: skip
    rows, y = np.column_stack([table.column(name).numbers for name in "abcdefgh"]), table.column("y").numbers
    scale = np.array([factors.get(name, 1.0) for name in "abcdefgh"])
    rescaled = (rows - rows.mean(axis=0)) / rows.std(axis=0) / scale
    oracle = Lasso(0.05, tol=1e-14, max_iter=100_000).fit(rescaled, (y - y.mean()) / y.std())
    np.testing.assert_allclose(model.predict(table), oracle.predict(rescaled) * y.std() + y.mean(), rtol=0, atol=1e-6)


@pytest.mark.parametrize("hidden", [(), (2,)])
def test_a_sweep_is_done_by_the_workers_that_were_named(tmp_path, engine, monkeypatch, hidden):
    table = api.read(write_sparse(tmp_path / "sparse.csv"))
    options = {"hidden": hidden, "n_lambdas": 2, "folds": 2, "penalty": "l2"}
    alone = api.sweep(table, "y", **options).result.record
    asked = []

    def open_and_note(choice, parts):
        asked.append(str(choice))
        return opened_crew(choice, parts)

    monkeypatch.setattr("regdesk.tasks.sweep_crews.opened_crew", open_and_note)
    shared = api.sweep(table, "y", workers="threads:2", **options).result.record
    assert asked == ["threads:2"]
    assert (
        shared["coefficients" if not hidden else "weights_digest"]
        == (alone["coefficients" if not hidden else "weights_digest"])
    )


def test_a_sweep_that_was_closed_says_so(tmp_path):
    table = api.read(write_sparse(tmp_path / "sparse.csv"))
    sweep = api.sweep(table, target="y", hidden=(), penalty="l1")
    next(iter(sweep))
    sweep.close()
    with pytest.raises(api.UsageError, match="begin another one"):
        _ = sweep.result


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"lam": -1}, r"^lam: it must be a number from 0 to 1e12, not -1\.$"),
        ({"lamda": 1}, r"^there is no option lamda here; did you mean lam\?$"),
        ({"json": True}, "there is no option json here"),
        ({"epochs": 3, "tol": 1e-3}, r"^epochs is an exact number; tol and max_epochs are for .*\.$"),
    ],
)
def test_options_that_cannot_be_are_one_sentence(tmp_path, capsys, options, words):
    table = api.read(write_sparse(tmp_path / "sparse.csv"))
    with pytest.raises(api.UsageError, match=words):
        api.fit(table, target="y", **options)
    assert capsys.readouterr() == ("", "")


def test_columns_with_commas_and_quotes_are_features(tmp_path):
    path = tmp_path / "names.csv"
    lines = [f"{row},{row * row % 7},{row % 5},{row * 1.5}" for row in range(30)]
    path.write_text('"a,b","say ""x""",c,y\n' + "\n".join(lines) + "\n")
    model = api.fit(api.read(path), target="y", hidden=(), features=["a,b", 'say "x"'], lam=0.01)
    assert model.model.encoding.input_names == ("a,b", 'say "x"')
    with pytest.raises(api.DataError, match="column 'c': it is not there, and the model needs it"):
        api.fit(api.read(path), target="y", hidden=(), features=["c"]).predict({"y": [1.0]})


def test_the_model_is_written_as_json(tmp_path):
    table = api.read(write_sparse(tmp_path / "sparse.csv"))
    model = api.fit(table, target="y", hidden=(), lam=0.05)
    found = json.loads(model.to_json())
    np.testing.assert_array_equal(found["parameters"], model.model.parameters)
    assert found["configuration"]["training"]["lam"] == 0.05


def test_notebooks_need_no_window():
    program = "import sys; from regdesk import api; print(sorted(one.split('.')[0] for one in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=600, check=True
    )
    assert "'regdesk'" in done.stdout
    assert not [one for one in ("PySide6", "pyqtgraph", "shiboken6") if f"'{one}'" in done.stdout]
