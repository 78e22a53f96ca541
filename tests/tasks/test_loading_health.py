"""What a table that has been loaded says of its health: what its warnings do not say, each once."""

from __future__ import annotations

from pathlib import Path

from regdesk.core.types import DataSettings
from regdesk.data.source import Source
from regdesk.tasks.loading import load

ROWS = [(row * row % 17 + 0.5, row * 7 % 13 - 0.25) for row in range(24)]


def loaded_from(folder: Path, lines: list[str]):
    path = folder / "t.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load(Source(path, "t.csv"), DataSettings(target="y"), 0, lambda: False)


def test_copies_are_told_and_gaps_are_not_told_twice(tmp_path: Path) -> None:
    lines = ["a,b,gaps,y", *(f"{x},{x},{z if row < 8 else ''},{z}" for row, (x, z) in enumerate(ROWS))]
    found = loaded_from(tmp_path, lines).consequences
    assert "gaps is missing in 16 of 24 rows." in found.warnings
    assert [one.topic for one in found.health] == ["copies"]
    assert found.health[0].sentence == "b is a copy of a; both are kept, and share what they explain."


def test_how_many_inputs_there_are_to_the_rows_is_told_by_the_warnings_alone(tmp_path: Path) -> None:
    names = [f"x{number}" for number in range(30)]
    lines = [",".join([*names, "y"])]
    lines += [
        ",".join(f"{(row * 31 + place * place * 7) % 23 + 0.5 * place}" for place in range(31)) for row in range(20)
    ]
    found = loaded_from(tmp_path, lines).consequences
    assert any("even a linear model can fit them exactly" in warning for warning in found.warnings)
    assert "more inputs than rows" not in [one.topic for one in found.health]
