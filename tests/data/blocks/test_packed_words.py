"""Very many words as one text: what they hold, and that a table with them is the one that has them as strings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from regdesk.data.blocks import level_table
from regdesk.data.blocks.packed_words import PackedWords
from regdesk.data.csv import line_feed, lines
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import WordColumn

WORDS = ("Ann", "", "Zoë", "𝔸b", "x y", "12")


def packed(words: tuple[str, ...], encoding: str = "utf-8") -> PackedWords:
    parts = [word.encode(encoding) + b"\0" for word in words]
    return PackedWords(b"".join(parts), np.cumsum([0, *map(len, parts)]).astype(np.uint32), encoding)


def test_they_are_what_a_tuple_of_them_is() -> None:
    found = packed(WORDS)
    assert (len(found), list(found), tuple(reversed(found))) == (6, list(WORDS), WORDS[::-1])
    assert [found[place] for place in (0, -1, 3, np.int32(2))] == ["Ann", "12", "𝔸b", "Zoë"]
    assert [found[part] for part in (slice(1, 4), slice(4, None), slice(3, 1), slice(None, None, 2))] == [
        WORDS[1:4], WORDS[4:], (), WORDS[::2],
    ]  # fmt: skip
    with pytest.raises(IndexError):
        found[6]
    assert (found == WORDS, found == packed(WORDS), found == WORDS[1:], found == packed(WORDS[1:])) == (
        True, True, False, False,
    )  # fmt: skip
    assert (hash(found), repr(found), "Zoë" in found, found.index("x y")) == (hash(WORDS), repr(WORDS), True, 4)
    assert list(packed(())) == []


@pytest.mark.parametrize("cell", ["K{:04d}", "Zoë {}", "12-{:03d}-x", "a long name, {}"])
def test_a_table_has_the_same_words_however_they_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str
) -> None:
    path = tmp_path / "keys.csv"
    keys = [cell.format(number) for number in range(1200)]
    rows = [f'"{key}",{number % 7}.5,{["red", "NA", ""][number % 3]}' for number, key in enumerate(keys)]
    path.write_text("\n".join(["key,size,colour", *rows]) + "\n", encoding="utf-8")
    by_line = read_table(path)
    monkeypatch.setattr(line_feed, "BLOCK_BYTES", (500, 5_000))
    monkeypatch.setattr(lines, "LEAST_BYTES", 0)
    monkeypatch.setattr(level_table, "MOST_STRINGS", 1000)
    in_blocks = read_table(path)
    column = in_blocks.column("key")
    assert isinstance(column, WordColumn)
    assert isinstance(column.levels, PackedWords)
    assert [column.levels[code] for code in column.codes.tolist()] == keys
    for one, other in zip(by_line.columns, in_blocks.columns, strict=True):
        assert (one.kind, one.distinct, tuple(one.levels)) == (other.kind, other.distinct, tuple(other.levels))
        np.testing.assert_array_equal(one.missing, other.missing)
    assert by_line.warnings == in_blocks.warnings
    assert in_blocks.row_lines.dtype == np.int64
