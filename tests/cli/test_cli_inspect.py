"""``regdesk inspect`` and ``regdesk samples``, called in this process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from regdesk.cli import headless
from regdesk.data.samples import samples

TEXT = "age;city;member;height\n31;Oslo;yes;1,80\n;Rome;no;1,65\n44;Oslo;yes;\n58;Bern;no;1,71\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def ragged(tmp_path: Path) -> Path:
    path = tmp_path / "ragged.csv"
    path.write_text("a,b\n1,2\n3\n4,5\n", encoding="utf-8")
    return path


def records(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_reading_options_hold_for_every_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes("made by hand\n1 'é b'\n2 x\n3 y\n".encode("cp850"))
    options = ["--delimiter", "blank", "--encoding", "cp850", "--quote", "'", "--skip", "1", "--no-header"]
    assert headless.run(["inspect", str(path), *options, "--json"]) == 0
    (record,) = records(capsys)
    assert record["dialect"] == {
        "delimiter": " ", "quote": "'", "encoding": "cp850", "decimal": ".", "header": False,
    }  # fmt: skip
    assert [column["name"] for column in record["columns"]] == ["column_1", "column_2"]
    assert [column["distinct"] for column in record["columns"]] == [3, 3]
    assert headless.run(["inspect", str(path), *options]) == 0
    assert "3 rows, 2 columns, separated by blanks, decimal point, cp850, no header" in capsys.readouterr().out


def test_json_of_one_file(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert headless.run(["inspect", str(people), "--json"]) == 0
    (record,) = records(capsys)
    assert list(record) == ["file", "rows", "columns", "dialect", "warnings", "health"]
    assert record["file"] == str(people)
    assert record["rows"] == 4
    assert [column["kind"] for column in record["columns"]] == ["numeric", "categorical", "boolean", "numeric"]
    age, city = record["columns"][:2]
    assert age == {
        "name": "age",
        "kind": "numeric",
        "missing": 1,
        "distinct": 3,
        "minimum": 31.0,
        "maximum": 58.0,
        "mean": pytest.approx(133 / 3),
        "role": "feature",
    }
    assert city == {"name": "city", "kind": "categorical", "missing": 0, "distinct": 3, "role": "feature"}
    assert record["dialect"] == {"delimiter": ";", "quote": '"', "encoding": "utf-8", "decimal": ",", "header": True}


def test_roles_are_said_and_what_comes_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "roles.csv"
    path.write_text("key,x,z,y\n" + "".join(f"k{n},{n * n % 7},{n % 3},{n * 0.5}\n" for n in range(1, 21)), "utf-8")
    assert headless.run(["inspect", str(path), "--role", "y=target", "--role", "z=ignored", "--json"]) == 0
    (record,) = records(capsys)
    assert [column["role"] for column in record["columns"]] == ["identifier", "feature", "ignored", "target"]
    sentences = record["outcome"]["sentences"]
    assert sentences[:3] == [
        "Predicts y, a number from 0.5 to 10.",
        "All 20 rows are used; 1 column becomes 1 input.",
        "Left out: key (identifier), z (ignored).",
    ]
    assert record["outcome"]["problem"] is None
    assert headless.run(["inspect", str(path), "--target", "y", "--role", "x=ignored", "--role", "z=ignored"]) == 0
    out = capsys.readouterr().out
    assert [line.split()[:3] for line in out.splitlines()[3:7]] == [
        ["key", "identifier", "identifier"],
        ["x", "numeric", "ignored"],
        ["z", "numeric", "ignored"],
        ["y", "numeric", "target"],
    ]
    assert "What will happen:\n  roles.csv: no column is left as a feature" in out
    assert headless.run(["inspect", str(path), "--role", "w=ignored"]) == 2
    assert "there is no column 'w'" in capsys.readouterr().err


def test_text_of_one_file(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert headless.run(["inspect", str(people)]) == 0
    out = capsys.readouterr().out
    for words in ("4 rows", "4 columns", "semicolon", "categorical", "member", "58"):
        assert words in out


def test_the_delimiter_can_be_given(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert headless.run(["inspect", str(people), "--delimiter", ";", "--json"]) == 0
    assert len(records(capsys)[0]["columns"]) == 4


@pytest.mark.parametrize("options", [[], ["--delimiter", "two blanks or more"], ["--delimiter", "  "]])
def test_two_blanks_or_more_are_found_and_given(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "aligned.csv"
    path.write_text(
        "name        city      n\nann lee     rome      1\nbob         new york  2\ncy de jong  kiel      3\n"
    )
    assert headless.run(["inspect", str(path), *options]) == 0
    out = capsys.readouterr().out
    assert "3 rows, 3 columns, separated by two blanks or more" in out


def test_several_files_are_one_object_a_line(people: Path, ragged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = people.parent / "nowhere.csv"
    assert headless.run(["inspect", str(ragged), str(people), str(missing), "--json"]) == 2
    out, err = capsys.readouterr()
    first, second, third = (json.loads(line) for line in out.splitlines())
    assert list(first) == list(third) == ["file", "error"]
    assert first["file"] == str(ragged)
    assert "line 3" in first["error"]
    assert second["rows"] == 4
    assert third["file"] == str(missing)
    assert err.count("regdesk: ") == 2


def test_several_good_files(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert headless.run(["inspect", str(people), str(people), "--json"]) == 0
    assert len(records(capsys)) == 2
    assert headless.run(["inspect", str(people), str(people)]) == 0
    assert capsys.readouterr().out.count("4 rows") == 2


def test_one_bad_file_is_one_sentence(ragged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert headless.run(["inspect", str(ragged), "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("regdesk: ragged.csv, line 3")
    assert err.count("\n") == 1


def test_samples(capsys: pytest.CaptureFixture[str]) -> None:
    assert headless.run(["samples", "--json"]) == 0
    (found,) = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert [one["name"] for one in found] == [one.name for one in samples()]
    for one in found:
        assert list(one) == ["name", "title", "sentence", "file", "target"]
        assert one["target"] in Path(one["file"]).read_text(encoding="utf-8").splitlines()[0].split(",")
    assert headless.run(["samples"]) == 0
    out = capsys.readouterr().out
    for one in found:
        assert one["name"] in out
        assert one["file"] in out
