"""What errors and warnings quote of a file can be read."""

from __future__ import annotations

import pytest

from regdesk.data.errors import shorten


@pytest.mark.parametrize(
    ("cell", "quoted"),
    [
        ("two\nlines  and\ta tab", "'two lines and a tab'"),
        ("6.2\x1a", r"'6.2\x1a'"),
        ("\ufeff6\u200b", r"'\ufeff6\u200b'"),
        ("\u202e5.1", r"'\u202e5.1'"),
        ("größe 数 😀", "'größe 数 😀'"),
        ("x" * 50, f"'{'x' * 39}…'"),
        ("\x00" * 50, "'" + (r"\x00" * 10)[:39] + "…'"),
    ],
)
def test_a_cell_is_quoted_so_that_all_of_it_is_seen(cell: str, quoted: str) -> None:
    assert shorten(cell) == quoted
