"""Models that are saved by ``fit`` and ``sweep``, shown, and asked about new rows, from the command line."""

from __future__ import annotations

import csv
import errno
import json
import os
from pathlib import Path

import numpy as np
import pytest
from tables import write_classes, write_sparse

from regdesk import api
from regdesk.cli import headless

LINEAR = ["--hidden", "", "--penalty", "l1", "--lam", "0.05"]


def run(capsys: pytest.CaptureFixture[str], *argv: str | Path) -> tuple[int, str, str]:
    status = headless.run([str(one) for one in argv])
    found = capsys.readouterr()
    return status, found.out, found.err


@pytest.fixture
def sparse(tmp_path: Path) -> Path:
    return write_sparse(tmp_path / "sparse.csv")


@pytest.fixture
def model(sparse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "sparse.regdesk"
    status, _, err = run(capsys, "fit", sparse, "--target", "y", *LINEAR, "--save", path, "--json")
    assert (status, err) == (0, "")
    return path


def test_a_saved_fit_is_shown_as_it_was_reported(sparse, model, capsys):
    fit = json.loads(run(capsys, "fit", sparse, "--target", "y", *LINEAR, "--json")[1])
    shown = json.loads(run(capsys, "show", model, "--json")[1])
    same = ["task", "target", "features", "classes", "train", "validation", "test", "n_weights", "n_nonzero", "layers"]
    same += ["kkt_residual", "duality_gap", "converged", "reason", "epochs", "weights_digest", "coefficients"]
    same += ["intercept", "intercept_original", "hidden", "activation"]
    assert {name: shown[name] for name in same} == {name: fit[name] for name in same}
    assert shown["provenance"]["digest"] == fit["provenance"]["digest"]
    assert shown["configuration"]["training"]["lam"] == 0.05
    status, text, _ = run(capsys, "show", model)
    assert status == 0
    assert "sparse.regdesk: y by a linear model, L1, λ = 0.05" in text
    assert shown["provenance"]["command"] in text


def test_predictions_are_those_of_the_model_in_the_order_of_the_rows(sparse, model, capsys, tmp_path):
    expected = api.load(model).predict(api.read(sparse))
    status, out, err = run(capsys, "predict", model, sparse)
    rows = out.split()
    assert (status, rows[0]) == (0, "prediction")
    np.testing.assert_array_equal([float(one) for one in rows[1:]], expected)
    assert f"{len(expected)} of {len(expected)} rows predicted" in err
    assert "This is the file that the model was made of: most of its rows are not new to it." in err
    found = json.loads(run(capsys, "predict", model, sparse, "--json")[1])
    assert found["predictions"] == expected.tolist()
    truth = api.read(sparse).column("y").numbers
    assert found["scores"]["rmse"] == pytest.approx(np.sqrt(np.mean((truth - expected) ** 2)), rel=1e-12)
    assert found["scores"]["n_rows"] == len(expected)
    assert found["is_training_file"] is True
    path = tmp_path / "out.csv"
    assert run(capsys, "predict", model, sparse, "--keep", "--out", path)[0] == 0
    with path.open(newline="") as stream:
        kept = list(csv.DictReader(stream))
    assert [float(one["prediction"]) for one in kept] == expected.tolist()
    assert [float(one["y"]) for one in kept] == truth.tolist()
    beside = json.loads((tmp_path / "out.csv.provenance.json").read_text())
    assert beside["trained"]["digest"] == found["provenance"]["trained"]["digest"]
    assert beside["command"].startswith("regdesk predict ")


def test_rows_that_cannot_be_predicted_are_named_and_others_are_counted(tmp_path, capsys):
    lines = [f"{row},{'red' if row % 2 else 'blue'},{3 * row + row % 2}" for row in range(40)]
    (tmp_path / "a.csv").write_text("\n".join(["x,colour,y", *lines]) + "\n")
    (tmp_path / "b.csv").write_text("colour,more,x\nred,1,2\ngreen,2,3\n,3,4\nblue,4,\nblue,5,1.2.3\nred,6,=1+2\n")
    model = tmp_path / "m.regdesk"
    fit = ["fit", tmp_path / "a.csv", "--target", "y", "--features", "x,colour", "--hidden", "", "--save", model]
    assert run(capsys, *fit)[0] == 0
    found = json.loads(run(capsys, "predict", model, tmp_path / "b.csv", "--json")[1])
    assert found["rows"] == 6
    assert [one["row"] for one in found["skipped"]] == [6, 7][: len(found["skipped"])]
    assert found["skipped"][0]["reason"] == "x: '1.2.3' is not a number."
    assert [one is None for one in found["predictions"]][4]
    assert (found["unseen"]["colour"], found["imputed"]["colour"], found["imputed"]["x"]) == (1, 1, 1)
    assert "scores" not in found
    assert found["is_training_file"] is False
    status, out, err = run(capsys, "predict", model, tmp_path / "b.csv")
    assert status == 0
    assert "Line 6 has no prediction: x: '1.2.3' is not a number." in err
    assert "colour: 1 cell with what no training row has, such as 'green'; taken as missing." in err
    assert "Not scored: there is no column 'y' to compare with." in err
    assert next(csv.reader(out.split("\n")[5:])) == [""]
    status, _, err = run(capsys, "predict", model, write_sparse(tmp_path / "other.csv"))
    assert status == 2
    assert "the model needs columns that are not there: 'x', 'colour'" in err


def test_a_last_row_with_a_long_name_alone_is_predicted(tmp_path, capsys):
    lines = [f"P{row},{row % 7},{3 * (row % 7) + row % 2}" for row in range(20)]
    (tmp_path / "a.csv").write_text("\n".join(["name,x,y", *lines]) + "\n")
    (tmp_path / "b.csv").write_text("name,x\nP0,1\nP1,2\nP2,3\nP3,4\nDeluxe ultra coffee maker,\n")
    model = tmp_path / "m.regdesk"
    fit = ["fit", tmp_path / "a.csv", "--target", "y", "--features", "x", "--hidden", "", "--save", model]
    assert run(capsys, *fit)[0] == 0
    found = json.loads(run(capsys, "predict", model, tmp_path / "b.csv", "--json")[1])
    assert (found["rows"], found["imputed"], len(found["predictions"])) == (5, {"x": 1}, 5)
    assert found["predictions"][4] is not None


def test_of_many_rows_without_a_prediction_the_first_are_kept_and_all_are_counted(tmp_path, capsys):
    lines = [f"{row},{3 * row}" for row in range(40)]
    (tmp_path / "a.csv").write_text("\n".join(["x,y", *lines]) + "\n")
    odd = [f"{row},oops" if row % 2 else f"1.{row}.5,2" for row in range(1, 2401)]
    (tmp_path / "b.csv").write_text("\n".join(["x,y", "7,21", *odd]) + "\n")
    model = tmp_path / "m.regdesk"
    run(capsys, "fit", tmp_path / "a.csv", "--target", "y", "--hidden", "", "--features", "x", "--save", model)
    found = json.loads(run(capsys, "predict", model, tmp_path / "b.csv", "--json")[1])
    assert (found["n_skipped"], len(found["skipped"]), found["skipped"][0]["row"]) == (1200, 1000, 4)
    assert (found["scores"]["n_rows"], found["scores"]["n_unread"]) == (1, 1200)
    _, _, err = run(capsys, "predict", model, tmp_path / "b.csv")
    assert "And 1,180 more rows have none." in err
    assert "y: 1,200 cells are no number, such as 'oops' (line 3); not scored." in err


@pytest.fixture
def labelled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A model whose column and labels a spreadsheet would run."""
    lines = [f"{row},{'=up' if row % 2 else '-'},{3 * row + row % 2 * 5}" for row in range(40)]
    (tmp_path / "a.csv").write_text("\n".join(["=x,sign,y", *lines]) + "\n")
    model = tmp_path / "m.regdesk"
    fit = ["fit", tmp_path / "a.csv", "--target", "y", "--features", "=x,sign", "--hidden", "", "--save", model]
    assert run(capsys, *fit)[0] == 0
    return model


def test_a_file_with_its_predictions_goes_round(labelled, tmp_path, capsys):
    kept = tmp_path / "kept.csv"
    assert run(capsys, "predict", labelled, tmp_path / "a.csv", "--keep", "--out", kept)[0] == 0
    assert kept.read_text().splitlines()[:3:2] == ["'=x,sign,y,prediction", kept.read_text().splitlines()[2]]
    assert "'=up" in kept.read_text()
    first, second = (
        json.loads(run(capsys, "predict", labelled, one, "--json")[1]) for one in (tmp_path / "a.csv", kept)
    )
    for what in ("predictions", "imputed", "unseen", "skipped"):
        assert second[what] == first[what]


def test_json_of_more_rows_than_are_held_in_memory_has_every_prediction(tmp_path, capsys, monkeypatch):
    table, model = write_classes(tmp_path / "classes.csv"), tmp_path / "m.regdesk"
    run(capsys, "fit", table, "--target", "colour", *LINEAR, "--save", model)
    whole = json.loads(run(capsys, "predict", model, table, "--json")[1])
    monkeypatch.setattr("regdesk.data.files.json_pieces.IN_MEMORY_BYTES", 100)
    monkeypatch.setattr("regdesk.data.files.json_pieces.PIECE_CHARACTERS", 7)
    # So that there are several blocks.
    monkeypatch.setattr("regdesk.data.csv.row_flow.ROWS_A_CHUNK", 13)
    assert json.loads(run(capsys, "predict", model, table, "--json")[1]) == whole

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("regdesk.tasks.models.prediction_json.PredictionLists.add", full)
    status, out, err = run(capsys, "predict", model, table, "--json")
    assert (status, out) == (1, "")
    assert "the predictions could not be kept there until all are known (No space left on device)." in err


def test_a_file_without_rows_has_the_names_of_its_predictions(labelled, tmp_path, capsys):
    (tmp_path / "none.csv").write_text("=x,sign,z\n")
    assert run(capsys, "predict", labelled, tmp_path / "none.csv")[:2] == (0, "prediction\n")
    assert run(capsys, "predict", labelled, tmp_path / "none.csv", "--keep")[1].strip() == "'=x,sign,z,prediction"
    found = json.loads(run(capsys, "predict", labelled, tmp_path / "none.csv", "--json")[1])
    assert (found["rows"], found["predictions"]) == (0, [])


def test_predictions_go_to_a_csv_file_or_to_standard_output(labelled, tmp_path, capsys):
    rows = run(capsys, "predict", labelled, tmp_path / "a.csv")[1]
    assert run(capsys, "predict", labelled, tmp_path / "a.csv", "--out", "-")[1] == rows
    code = run(capsys, "export", labelled, "--to", "python")[1]
    assert run(capsys, "export", labelled, "--to", "python", "--out", "-")[1] == code
    for name, what in (("o.xlsx", "a workbook"), ("o.csv.gz", "a packed file"), ("o.JSON", "a file of JSON")):
        status, out, err = run(capsys, "predict", labelled, tmp_path / "a.csv", "--out", tmp_path / name)
        assert (status, out, (tmp_path / name).exists()) == (2, "", False)
        assert f"has the name of {what}" in err


def test_files_with_other_columns_are_refused_before_a_row_is_written(labelled, tmp_path, capsys):
    (tmp_path / "b.csv").write_text("=x,sign,z\n1,=up,2\n")
    status, out, err = run(capsys, "predict", labelled, tmp_path / "a.csv", tmp_path / "b.csv", "--keep")
    assert (status, out) == (2, "")
    assert "b.csv: it does not have the columns of the first file" in err


def test_classes_have_probabilities(tmp_path, capsys):
    table, model = write_classes(tmp_path / "classes.csv"), tmp_path / "m.regdesk"
    run(capsys, "fit", table, "--target", "colour", *LINEAR, "--save", model)
    found = json.loads(run(capsys, "predict", model, table, "--json")[1])
    expected = api.load(model)
    columns = api.read(table)
    np.testing.assert_array_equal(
        np.column_stack([found["probabilities"][one] for one in expected.classes]), expected.predict_proba(columns)
    )
    assert found["predictions"] == expected.predict(columns).tolist()
    truth = [columns.column("colour").levels[code] for code in columns.column("colour").codes]
    assert found["scores"]["accuracy"] == np.mean(np.array(truth) == found["predictions"])
    header = run(capsys, "predict", model, table)[1].split("\n")[0]
    assert header == "prediction,probability blue,probability red"


@pytest.mark.parametrize("at", ["best", "1se", "0.03"])
def test_a_sweep_saves_the_model_of_the_lambda_that_was_asked_for(sparse, tmp_path, capsys, at):
    model = tmp_path / "m.regdesk"
    options = ["--target", "y", "--hidden", "", "--penalty", "l1", "--n-lambdas", "8", "--save", model, "--at", at]
    status, out, err = run(capsys, "sweep", sparse, *options, "--json")
    swept = json.loads(out)
    lambdas = swept["lambdas"]
    wanted = {"best": swept["lambda_best"], "1se": swept["lambda_1se"]}.get(at)
    if wanted is None:
        wanted = min(lambdas, key=lambda lam: abs(np.log(lam / 0.03)))
        assert f"the sweep's nearest λ is {wanted:.6g}" in err
    saved = api.load(model)
    assert (status, saved.model.configuration.training.lam) == (0, wanted)
    assert swept["saved"] == {"file": str(model), "at": float(at) if at == "0.03" else at, "lambda": wanted}
    weights = swept["coefficients"][lambdas.index(wanted)]
    shown = json.loads(run(capsys, "show", model, "--json")[1])
    assert [one["original"] for one in shown["coefficients"].values()] == weights
    assert shown["provenance"]["chosen"]["lambda"] == wanted


def test_no_file_of_a_user_is_lost_by_saving(sparse, model, tmp_path, capsys):
    before = sparse.read_bytes()
    other = tmp_path / "notes.txt"
    other.write_text("mine")
    for path in (sparse, other):
        status, _, err = run(capsys, "fit", sparse, "--target", "y", *LINEAR, "--save", path)
        assert status == 1
        assert "it is left as it is" in err
    assert (sparse.read_bytes(), other.read_text()) == (before, "mine")
    another, new = tmp_path / "another.regdesk", tmp_path / "new.csv"
    another.write_bytes(model.read_bytes())
    new.write_bytes(before)
    for path, what in (
        (sparse, "the file that the model was fitted on"),
        (model, "a model"),
        (another, "a model"),
        (new, "a file that is read"),
    ):
        status, _, err = run(capsys, "predict", model, new, "--out", path)
        assert (status, f"{path}: this is {what}; it is left as it is. Choose another name." in err) == (1, True)
    assert sparse.read_bytes() == before
    assert run(capsys, "fit", sparse, "--target", "y", *LINEAR, "--save", model)[0] == 0
    nowhere = tmp_path / "none" / "m.regdesk"
    status, _, err = run(capsys, "fit", sparse, "--target", "y", *LINEAR, "--save", nowhere)
    assert status == 1
    assert err == f"regdesk: {nowhere}: the model could not be written there (No such file or directory).\n"


def test_predictions_that_fail_leave_no_file(sparse, model, tmp_path, capsys):
    out = tmp_path / "out.csv"
    out.write_text("old\n")
    (tmp_path / "b.csv").write_text("a,b\n1,2\n")
    assert run(capsys, "predict", model, sparse, tmp_path / "b.csv", "--out", out)[0] == 2
    assert out.read_text() == "old\n"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["b.csv", "out.csv", "sparse.csv", "sparse.regdesk"]


def test_several_files_are_predicted_one_after_the_other(sparse, model, tmp_path, capsys):
    second = tmp_path / "second.csv"
    lines = sparse.read_text().split("\n")
    second.write_text("\n".join(lines[:4]) + "\n")
    records = [
        json.loads(one) for one in run(capsys, "predict", model, sparse, second, "--json")[1].strip().split("\n")
    ]
    assert [one["file"] for one in records] == [str(sparse), str(second)]
    assert records[1]["predictions"] == records[0]["predictions"][:3]
    rows = run(capsys, "predict", model, sparse, second)[1].strip().split("\n")
    assert rows[0] == "file,prediction"
    assert rows[-1] == f"{second},{records[1]['predictions'][-1]!r}"


def test_what_a_spreadsheet_would_run_is_made_safe(tmp_path, capsys):
    lines = [f"{1.5 * row},{'=cmd()' if row % 2 else 'b'}" for row in range(30)]
    (tmp_path / "a.csv").write_text("\n".join(["x,y", *lines]) + "\n")
    run(capsys, "fit", tmp_path / "a.csv", "--target", "y", *LINEAR, "--save", tmp_path / "m.regdesk")
    out = tmp_path / "out.csv"
    run(capsys, "predict", tmp_path / "m.regdesk", tmp_path / "a.csv", "--keep", "--out", out)
    with out.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {one["prediction"] for one in rows} <= {"b", "'=cmd()"}
    assert {one["y"] for one in rows} == {"b", "'=cmd()"}
