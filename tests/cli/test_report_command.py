"""``regdesk report``: a file on a model or on data, and one sentence where there can be none."""

from __future__ import annotations

import json
import shlex
from html import unescape
from pathlib import Path

import pytest
from tables import write_classes, write_sparse

from regdesk.cli import headless
from regdesk.core.report.values import Code, Report
from regdesk.core.words.number_text import number_text
from regdesk.data.files.model_file import read_model

LINEAR = ["--hidden", "", "--penalty", "l1", "--n-lambdas", "10"]


def run(capsys: pytest.CaptureFixture[str], *argv: str | Path, **others) -> tuple[int, str, str]:
    status = headless.run([str(one) for one in argv], **others)
    found = capsys.readouterr()
    return status, found.out, found.err


@pytest.fixture
def sparse(tmp_path: Path) -> Path:
    return write_sparse(tmp_path / "sparse.csv")


def painted(capsys, *argv: str | Path) -> Report:
    """The report that is handed to who paints PDF."""
    found: list[Report] = []

    def paint(report: Report) -> bytes:
        found.append(report)
        return b"%PDF-painted"

    status, _, err = run(capsys, "report", *argv, paint_report=paint)
    assert (status, err) == (0, "")
    return found[0]


def test_a_page_is_written_and_its_commands_make_the_same_model(sparse, tmp_path, capsys):
    out = tmp_path / "r.html"
    status, said, err = run(capsys, "report", sparse, "--target", "y", *LINEAR, "--at", "1se", "--out", out)
    assert (status, err) == (0, "")
    assert said == f"{out}: a page on y in 8 sections.\n"
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    report = painted(capsys, sparse, "--target", "y", *LINEAR, "--at", "1se", "--out", tmp_path / "r.pdf")
    assert (tmp_path / "r.pdf").read_bytes() == b"%PDF-painted"
    codes = {one.caption: one.text for section in report.sections for one in section.blocks if isinstance(one, Code)}
    fit = json.loads(run(capsys, *shlex.split(codes["The model of this report alone:"])[1:], "--json")[1])
    sweep = json.loads(run(capsys, *shlex.split(codes["The sweep over λ:"])[1:], "--json")[1])
    assert fit["penalty"]["lam"] == sweep["lambda_1se"]
    equation = codes["The equation in the units of the file, with all digits, to be copied:"]
    assert f"[y] = {fit['intercept_original']!r}" in equation
    weights = {name: one["original"] for name, one in fit["coefficients"].items() if one["original"]}
    for name, weight in weights.items():
        assert f"{abs(weight)!r} * [{name}]" in equation
    assert equation.count("*") == len(weights)
    again = shlex.split(codes["This report:"])
    assert again[:2] == ["regdesk", "report"]
    before = page
    assert run(capsys, *again[1:-1], out)[0] == 0
    after = out.read_text(encoding="utf-8")
    assert unescape(after).replace(str(out), "OUT") == unescape(before).replace(str(out), "OUT")


def test_of_a_saved_model_too(sparse, tmp_path, capsys):
    model = tmp_path / "m.regdesk"
    assert run(capsys, "sweep", sparse, "--target", "y", *LINEAR, "--save", model)[0] == 0
    report = painted(capsys, model, "--out", tmp_path / "r.pdf")
    assert f"λ = {number_text(read_model(model).model.configuration.training.lam)}," in report.subtitle
    sparse.unlink()
    report = painted(capsys, model, "--out", tmp_path / "without_data.pdf")
    assert "What cannot be shown" in [section.title for section in report.sections]
    out = tmp_path / "r.htm"
    assert run(capsys, "report", model, "--out", out)[0] == 0
    assert "The data are not there" in out.read_text(encoding="utf-8")


def test_of_classes_without_a_sweep(tmp_path, capsys):
    path = write_classes(tmp_path / "c.csv")
    options = ["--target", "colour", "--hidden", "", "--lam", "0.01", "--no-sweep"]
    report = painted(capsys, path, *options, "--out", tmp_path / "r.pdf")
    assert "at λ = 0.01" in report.subtitle
    said = str(next(one for one in report.sections if "λ" in one.title).blocks)
    assert "was given by hand. No sweep shows what another λ would have done." in said


@pytest.mark.parametrize(
    ("options", "sentence", "status"),
    [
        (["--out", "r.txt"], "r.txt ends neither in .html nor in .pdf", 2),
        ([], "--out is missing", 2),
        (["--out", "r.html", "--lam", "1", "--at", "best"], "give one of them", 2),
        (["--out", "r.html", "--at", "best", "--no-sweep"], "give one of them", 2),
        (["--out", "r.html", "--at", "best", "--penalty", "none"], "there is no λ to choose", 2),
        (["--out", "r.html", "--lambdas", "1", "--n-lambdas", "3"], "not both", 2),
        (["--out", "nowhere/r.html"], "the report could not be written there", 1),
        (["--out", "r.html", "--target", "nothing"], "nothing", 2),
        (["--out", "r.pdf", "--hidden", "", "--no-sweep"], "a PDF needs Qt; an .html file does without", 1),
    ],
)
def test_what_cannot_be_is_one_sentence_and_no_file(sparse, tmp_path, capsys, monkeypatch, options, sentence, status):
    monkeypatch.chdir(tmp_path)
    target = [] if "--target" in options else ["--target", "y"]
    found, out, err = run(capsys, "report", sparse, *target, *options)
    assert (found, out) == (status, "")
    assert sentence in err
    assert err.count("\n") == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["sparse.csv"]


def test_a_target_is_needed_of_a_file_and_options_are_refused_of_a_model(sparse, tmp_path, capsys):
    assert "--target is missing" in run(capsys, "report", sparse, "--out", tmp_path / "r.html")[2]
    model = tmp_path / "m.regdesk"
    assert run(capsys, "fit", sparse, "--target", "y", "--hidden", "", "--save", model)[0] == 0
    status, _, err = run(capsys, "report", model, "--lam", "3", "--out", tmp_path / "r.html")
    assert status == 2
    assert "--lam: a saved model has its settings" in err


def test_a_file_that_was_there_stays_when_the_work_fails(sparse, tmp_path, capsys):
    out = tmp_path / "r.html"
    out.write_text("as it was")
    assert run(capsys, "report", sparse, "--target", "b and no more", "--out", out)[0] == 2
    assert out.read_text() == "as it was"
