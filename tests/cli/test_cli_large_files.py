"""A file of very many rows on the command line: what it needs is told, and a sample of it is told of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from regdesk.cli import headless
from regdesk.data.csv import size_estimate

N_ROWS = 300


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(size_estimate, "LEAST_BYTES", 0)
    monkeypatch.setattr(size_estimate, "MANY_ROWS", 200)
    path = tmp_path / "many.csv"
    rows = (f"{place % 17}.5,{place * place % 23},{place % 5}.25\n" for place in range(N_ROWS))
    path.write_text("a,b,y\n" + "".join(rows), encoding="utf-8")
    return path


def test_what_it_needs_is_told_beside_the_result(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert headless.run(["inspect", str(file), "--json"]) == 0
    found = capsys.readouterr()
    assert json.loads(found.out)["rows"] == N_ROWS
    assert found.err.startswith("regdesk: many.csv: there are about 300 rows and 3 columns, and to read them takes")
    assert found.err.endswith("A sample of its rows is read with --sample-rows 1000000.\n")


def test_of_a_sample_it_is_told_from_how_many(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = ["--sample-rows", "90", "--sample-seed", "2"]
    assert headless.run(["inspect", str(file), *sample, "--json"]) == 0
    found = capsys.readouterr()
    record = json.loads(found.out)
    assert record["rows"] == 90
    assert "90 of 300 rows were drawn, with seed 2; no other is read." in [one["message"] for one in record["warnings"]]
    assert not found.err
    assert headless.run(["fit", str(file), "--target", "y", "--hidden", "", *sample, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["n_train"] + record["n_validation"] == 90
    assert record["provenance"]["drawn"] == {"of": N_ROWS, "seed": 2}
