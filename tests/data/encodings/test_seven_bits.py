"""Encodings that look like ASCII are found wherever in a file they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from regdesk.data.encodings.finding import find_encoding

BEFORE = (b"Ulm," + b"1" * 995 + b"\n") * 18_000
"""More bytes than the beginning that was once searched."""


@pytest.mark.parametrize(
    ("line", "name"), [(b"K+APY-ln,1\nMalm+APY-,2\n", "utf-7"), (b"~{<:Ky2;~},1\n~{VPND~},2\n", "hz")]
)
def test_letters_beyond_ascii_at_the_end_of_a_long_file_are_told(line: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / "towns.csv"
    path.write_bytes(b"town,n\n" + BEFORE + line)
    (warning,) = find_encoding(path).warnings
    assert warning.row == 2 + 18_000
    assert f"--encoding {name}" in warning.message


def test_of_plus_signs_of_exponents_nothing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_bytes(b"x,y\n" + b"1.5e+05,2.5E+10\n" * 1000 + b"a+b,c++d\n")
    assert find_encoding(path).warnings == ()
