"""``--weight-column``: fits and sweeps as of rows that are repeated, what the record says, and what is refused."""

from __future__ import annotations

import json

import pytest
from weighted_tables import FEATURES, assert_same, write_pair

from regdesk.api import fit as api_fit
from regdesk.api import read
from regdesk.cli import headless

COLUMNS = ("--features", ",".join(FEATURES), "--weight-column", "w")
LOSSES = ["squared", "logistic", "softmax"]


def record_of(capsys, command, file, *options):
    assert headless.run([command, str(file), "--target", "y", *COLUMNS, "--json", *options]) == 0
    out, err = capsys.readouterr()
    assert not err
    return json.loads(out)


def both(capsys, tmp_path, loss, command, *options):
    return [record_of(capsys, command, file, *options) for file in write_pair(tmp_path, loss)]


@pytest.mark.parametrize("penalty", ["l1", "l2", "none"])
@pytest.mark.parametrize("loss", LOSSES)
def test_a_linear_fit_is_that_of_repeated_rows(capsys, tmp_path, loss, penalty):
    options = ("--split-column", "part", "--hidden", "", "--penalty", penalty, "--lam", "0.05")
    found, expected = both(capsys, tmp_path, loss, "fit", *options)
    if penalty == "none" and not expected["converged"]:
        # Classes that can be told apart have no best model; both say so.
        assert found["reason"] == expected["reason"]
        return
    assert assert_same(found, expected) >= 40
    assert found["row_weights"]["n_train"] == expected["n_train"]
    assert found["row_weights"]["n_validation"] == expected["n_validation"]
    assert found["row_weights"]["n_test"] == expected["n_test"]
    assert found["row_weights"]["column"] == "w"
    assert found["row_weights"]["n_is"] == "sum of weights"
    assert found["n_train"] < expected["n_train"]
    assert "row_weights" not in expected


@pytest.mark.parametrize("loss", LOSSES)
def test_an_unstandardised_fit_is_that_of_repeated_rows(capsys, tmp_path, loss):
    options = ("--split-column", "part", "--hidden", "", "--penalty", "elastic-net", "--lam", "0.02")
    found, expected = both(
        capsys, tmp_path, loss, "fit", *options, "--no-standardize", "--no-standardize-target", "--missing", "drop"
    )
    assert assert_same(found, expected) > 40


@pytest.mark.parametrize("loss", LOSSES)
def test_epochs_of_a_network_are_those_of_repeated_rows(capsys, tmp_path, loss):
    options = ("--split-column", "part", "--hidden", "4", "--epochs", "40", "--penalty-factor", "x1=0.5")
    found, expected = both(capsys, tmp_path, loss, "fit", *options)
    # In float32, where a sum over other rows rounds differently.
    assert assert_same(found, expected, 3e-5) > 40


@pytest.mark.parametrize("options", [("--fold-column", "fold"), ("--folds", "1", "--split-column", "part")])
@pytest.mark.parametrize("loss", LOSSES)
def test_a_sweep_is_that_of_repeated_rows(capsys, tmp_path, loss, options):
    found, expected = both(
        capsys, tmp_path, loss, "sweep", "--hidden", "", "--penalty", "elastic-net", "--n-lambdas", "6", *options
    )
    assert assert_same(found, expected) > 60
    assert found["row_weights"]["n_rows"] == expected["n_rows"]


def test_workers_find_the_same_numbers(capsys, tmp_path):
    file = write_pair(tmp_path, "logistic")[0]
    options = ("--hidden", "", "--penalty", "l1", "--n-lambdas", "5", "--fold-column", "fold")
    alone = record_of(capsys, "sweep", file, *options)
    shared = record_of(capsys, "sweep", file, *options, "--workers", "threads:2")
    assert assert_same(shared, alone, 0.0) > 40


def test_the_report_says_what_stands_for_the_number_of_rows(capsys, tmp_path):
    file = write_pair(tmp_path, "squared")[0]
    assert headless.run(["sweep", str(file), "--target", "y", *COLUMNS, "--hidden", "", "--n-lambdas", "4"]) == 0
    text = capsys.readouterr().out
    assert "Rows are weighted by w: " in text
    assert "standard errors, AIC and BIC take the sum of weights for the number of rows." in text


def test_no_column_and_one_of_1_are_the_same_to_the_last_bit(capsys, tmp_path):
    file = write_pair(tmp_path, "squared")[1]
    options = ("--hidden", "", "--penalty", "l1", "--lam", "0.02", "--features", ",".join(FEATURES), "--json")
    digests = []
    for weights in ((), ("--weight-column", "w")):
        assert headless.run(["fit", str(file), "--target", "y", *options, *weights]) == 0
        digests.append(json.loads(capsys.readouterr().out)["weights_digest"])
    assert digests[0] == digests[1]


def test_a_notebook_names_the_column(tmp_path):
    weighted, repeated = (
        api_fit(read(file), target="y", features=FEATURES, weight_column="w", split_column="part", hidden="", lam=0.1)
        for file in write_pair(tmp_path, "squared")
    )
    rows = {"x1": [0.1, -1.0], "x2": [1.0, 0.3], "x3": [0.0, 2.0], "town": ["Oslo", None]}
    assert weighted.predict(rows) == pytest.approx(repeated.predict(rows), abs=1e-10)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "0.5,1,0,Oslo,1.0,train,f0,-1",
            "weighted.csv, line 62, column 'w': -1 is below 0; a weight is a number of 0 or more",
        ),
        (
            "0.5,1,0,Oslo,1.0,train,f0,",
            "weighted.csv, line 62, column 'w': a missing cell does not say how much the row",
        ),
        ("0.5,1,0,Oslo,1.0,train,f0,two", "weighted.csv, line 62, column 'w': a missing cell does not say"),
        ("0.5,1,0,Oslo,1.0,train,f0,1e400", "weighted.csv, line 62, column 'w': '1e400' is larger than any number"),
    ],
)
def test_a_wrong_weight_is_one_sentence(capsys, tmp_path, line, sentence):
    file = write_pair(tmp_path, "squared")[0]
    file.write_text(file.read_text() + line + "\n")
    assert headless.run(["fit", str(file), "--target", "y", *COLUMNS, "--hidden", ""]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert sentence in err
    assert "Traceback" not in err
