"""Values and files whose names begin with a dash."""

from __future__ import annotations

from pathlib import Path

import pytest

from regdesk.cli.arguments import parse_fit_arguments


def test_a_value_may_begin_with_a_dash() -> None:
    found = parse_fit_arguments(["a.csv", "--target", "-y", "--save", "-m.regdesk", "--penalty-factor", "-x=0"])
    assert found.configuration.data.target == "-y"
    assert found.configuration.data.penalty_factors == (("-x", 0.0),)
    assert found.save == Path("-m.regdesk")


def test_an_option_is_no_value_of_another(capsys: pytest.CaptureFixture[str]) -> None:
    for argv in (["a.csv", "--target", "--json"], ["a.csv", "--target", "-h"]):
        with pytest.raises(SystemExit) as stop:
            parse_fit_arguments(argv)
        assert stop.value.code == 2
        assert capsys.readouterr().err == "regdesk: --target needs a value after it.\n"


def test_a_file_whose_name_begins_with_a_dash_is_told_how_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("-d.csv", "-x=0"):
        (tmp_path / name).write_text("a,b\n1,2\n")
        with pytest.raises(SystemExit):
            parse_fit_arguments([name, "--target", "b"])
        assert capsys.readouterr().err.endswith(f"here; the file of that name is written ./{name}.\n")
    assert parse_fit_arguments(["./-d.csv", "--target", "b"]).file == Path("-d.csv")
