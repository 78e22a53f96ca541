"""Where nobody can be asked, a command that is run again replaces its result, whole, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from result_commands import COMMANDS, LINEAR, make_data_and_model

from regdesk.cli import headless


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make_data_and_model(tmp_path)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_result_that_is_there_is_replaced_and_that_is_said(folder, capsys, name):
    command = [*COMMANDS[name], name]
    assert headless.run(command) == 0
    first = (folder / name).read_bytes()
    assert "replaced" not in capsys.readouterr().err
    if not name.endswith(".regdesk"):
        (folder / name).write_text("of somebody")
    assert headless.run(command) == 0
    assert f"{name}: the file that was there is replaced." in capsys.readouterr().err
    if name in ("p.csv", "m.py"):
        assert (folder / name).read_bytes() == first


def test_a_model_takes_the_place_of_models_alone(folder, capsys):
    (folder / "thesis.txt").write_text("of somebody")
    assert headless.run(["fit", "d.csv", *LINEAR, "--save", "thesis.txt"]) != 0
    said = capsys.readouterr().err
    assert "it is left as it is" in said
    assert "replaced" not in said
    assert (folder / "thesis.txt").read_text() == "of somebody"
