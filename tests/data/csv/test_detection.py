"""Lines that have no end, files of many columns, and faults that are told together."""

from __future__ import annotations

from pathlib import Path

import pytest

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv import detection, lines
from regdesk.data.csv.reader import read_table
from regdesk.data.encodings import finding
from regdesk.data.errors import DataError


def test_a_line_without_an_end_is_refused_before_it_is_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_LINE_BYTES", 1_100_000)
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n1,2\n" + b"3," * 600_000)
    with pytest.raises(DataError) as caught:
        read_table(path)
    assert caught.value.row == 3
    assert "more than 1,100,000 bytes and no end" in str(caught.value)
    path.write_bytes(b"a,b\n" + b"1,2\n" * 280_000)
    assert read_table(path).n_rows == 280_000


@pytest.mark.parametrize("line", [3, 2000])
def test_a_line_without_an_end_is_refused_in_utf_16_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: int
) -> None:
    # Of these files nobody looks at all bytes beforehand; the second line is beyond what is looked at.
    for module in (finding, detection, lines):
        monkeypatch.setattr(module, "MOST_LINE_BYTES", 10_000)
    path = tmp_path / "t.csv"
    path.write_bytes(("a,b\n" + "1,2\n" * (line - 2) + "3," * 10_000).encode("utf-16"))
    with pytest.raises(DataError) as caught:
        read_table(path)
    assert caught.value.row == line
    assert "and no end" in str(caught.value)


def test_looking_for_the_encoding_can_be_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "BLOCKS_BETWEEN", 1)
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 10)

    def give_up(_share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_table(path, progress=give_up)


def test_a_long_file_that_is_not_utf8_is_asked_about_on_the_way(tmp_path: Path) -> None:
    counts = []
    for word in ("caf\xe9", "cafe"):
        path = tmp_path / "t.csv"
        path.write_bytes(b"n,word\n" + b"".join(f"{number},{word}\n".encode("latin-1") for number in range(20_000)))
        shares: list[float] = []
        detection.find_layout(path, ReadingOptions(), [], shares.append)
        counts.append(len(shares))
    assert counts[0] >= counts[1] + 3
