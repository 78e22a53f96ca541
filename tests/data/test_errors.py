"""How names are listed in the sentences on data."""

from __future__ import annotations

import pytest

from regdesk.data.errors import listing


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["a", "b"], "a, b"),
        (["a", "b", "c"], "a, b, c"),
        (["a", "b", "c", "d"], "a, b, c and 1 more"),
        (["a", "b", "c", "d", "e"], "a, b, c and 2 more"),
    ],
)
def test_as_many_names_as_the_limit_are_all_listed(names: list[str], text: str) -> None:
    assert listing(names, 3) == text
