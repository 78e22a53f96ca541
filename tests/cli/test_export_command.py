"""Models in other languages, from the command line and from notebooks."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from importlib import util
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from export_models import home_model, write_homes
from tables import write_sparse

from regdesk import api
from regdesk.api.options import UsageError
from regdesk.cli import headless
from regdesk.core.model.network import Network
from regdesk.core.types import Architecture
from regdesk.data.files.model_file import SavedModel, write_model
from regdesk.exports.exported import LANGUAGES

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
    assert run(capsys, "fit", sparse, "--target", "y", *LINEAR, "--save", path, "--json")[0] == 0
    return path


@pytest.fixture
def network(tmp_path: Path) -> Path:
    path = tmp_path / "network.regdesk"
    write_model(path, home_model(write_homes(tmp_path / "homes.csv"), "tanh"))
    return path


def test_the_code_of_a_saved_fit_predicts_what_the_model_does(sparse, model, capsys, tmp_path):
    status, text, notes = run(capsys, "export", model, "--to", "python")
    assert status == 0
    assert "A date is a datetime" in notes
    (tmp_path / "model.py").write_text(text, encoding="utf-8")
    columns = {name: api.read(sparse).column(name).numbers.tolist() for name in "abcdefgh"}
    call = f"import json, model; print(json.dumps(model.predict({columns!r}).tolist()))"
    done = subprocess.run([sys.executable, "-c", call], cwd=tmp_path, capture_output=True, text=True, check=True)
    np.testing.assert_allclose(json.loads(done.stdout), api.load(model).predict(columns), rtol=0, atol=1e-12)
    head = text.partition("import")[0]
    shown = json.loads(run(capsys, "show", model, "--json")[1])["provenance"]
    assert f"# sha256 of the file: {shown['digest']}\n" in head
    assert "# target: y\n" in head
    assert "# seed: 0\n# split: drawn with seed 0: 90 train, 30 validation, 0 test\n" in head
    assert "# command: regdesk fit " in head


@pytest.mark.parametrize("to", LANGUAGES)
def test_a_file_has_what_a_notebook_gets(model, capsys, tmp_path, to):
    out = tmp_path / f"model{LANGUAGES[to].suffix}"
    status, said, err = run(capsys, "export", model, "--to", to, "--out", out)
    assert (status, err) == (0, "")
    assert said.startswith(f"Written to {out}.\n")
    found = api.load(model).export(to)
    assert out.read_bytes() == (found if isinstance(found, bytes) else found.encode())
    if to != "onnx":
        assert run(capsys, "export", model, "--to", to)[1].rstrip("\n") == out.read_text("utf-8").rstrip("\n")


def test_json_is_what_to_json_gives_and_says_where_it_comes_from(model, capsys):
    text = api.load(model).to_json()
    assert api.load(model).export("json") == text
    found = json.loads(text)["provenance"]
    shown = json.loads(run(capsys, "show", model, "--json")[1])["provenance"]
    assert {name: found[name] for name in ("version", "command", "file", "digest", "seed")}.items() <= shown.items()
    assert found["split"] == {"how": "drawn with seed 0", "train": 90, "validation": 30, "test": 0}


def test_a_formula_says_with_what_it_was_made(model):
    loaded = api.load(model)
    said = "".join(re.findall(r'N\("((?:[^"]|"")*)"\)', loaded.export("excel")))
    found = json.loads(loaded.to_json())["provenance"]
    assert f"sha256 {found['digest']}, seed 0, split drawn with seed 0: 90 train, 30 validation, 0 test; " in said
    assert said.endswith(f"command {found['command']}")


def test_a_workbook_is_written_where_the_name_says_so(network, capsys, tmp_path):
    status, _, err = run(capsys, "export", network, "--to", "excel")
    assert (status, err) == (
        2,
        "regdesk: network.regdesk: a network does not fit one cell of Excel; the workbook has a sheet for it: "
        "give --out a name that ends in .xlsx.\n",
    )
    out = tmp_path / "model.xlsx"
    assert run(capsys, "export", network, "--to", "excel", "--out", out)[0] == 0
    assert openpyxl.load_workbook(io.BytesIO(out.read_bytes())).sheetnames == ["predict", "model", "about"]


def test_what_is_no_text_needs_a_file(model, capsys):
    status, out, err = run(capsys, "export", model, "--to", "onnx")
    assert (status, out) == (2, "")
    assert err == "regdesk: sparse.regdesk: ONNX is not text; name a file with --out.\n"


def test_neither_model_nor_data_are_written_over(sparse, model, capsys, tmp_path):
    before = {path: path.read_bytes() for path in (sparse, model)}
    for path, what in ((model, "a model"), (sparse, "the file that the model was fitted on")):
        status, _, err = run(capsys, "export", model, "--to", "c", "--out", path)
        assert status == 1
        assert f"{path}: this is {what}; it is left as it is. Choose another name." in err
    assert {path: path.read_bytes() for path in before} == before
    status, _, err = run(capsys, "export", model, "--to", "c", "--out", tmp_path / "nowhere" / "model.c")
    assert status == 1
    assert "the model could not be written there" in err


def test_a_package_that_is_missing_is_named(model, monkeypatch):
    monkeypatch.setattr("regdesk.exports.exported.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"^ONNX is written by the package 'onnx', .*'regdesk\[onnx\]'\.$"):
        api.load(model).export("onnx")
    assert util.find_spec("onnx") is not None
    with pytest.raises(UsageError, match=r"^a model cannot be written as 'cobol'; choose one of python, r, c, "):
        api.load(model).export("cobol")


def test_a_network_that_is_too_large_for_sql_is_refused(tmp_path, capsys, network):
    saved = api.load(network)
    assert len(saved.export("sql")) < 100_000
    large = home_model(tmp_path / "homes.csv", "tanh")
    for n_units, said in ((900, "terms"), (400, "characters")):
        shape = api.FittedModel(_wide(large, n_units).model, {})
        with pytest.raises(UsageError, match=f"^the model is too large for one expression of SQL: .* {said}"):
            shape.export("sql")


def _wide(saved: SavedModel, n_units: int) -> SavedModel:
    """A model with one hidden layer of so many units."""
    model = saved.model
    network = Network.of(Architecture((n_units,), "tanh"), model.network.sizes[0], 1, model.network.input_groups)
    parameters = np.random.default_rng(2).normal(size=network.n_parameters)
    return replace(saved, model=replace(model, network=network, parameters=parameters))
