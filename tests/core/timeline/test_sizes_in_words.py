"""Sizes and counts as people say them, and what an empty timeline is."""

from __future__ import annotations

import pytest

from regdesk.core.settings.configuration import Configuration
from regdesk.core.timeline.acts import Act
from regdesk.core.timeline.facts import count_text, size_text
from regdesk.core.timeline.timeline import Timeline


@pytest.mark.parametrize(
    ("n_bytes", "text"),
    [
        (0, "0 bytes"), (999, "999 bytes"), (1_000, "1 KB"), (1_440, "1.4 KB"), (99_400, "99 KB"), (99_600, "100 KB"),
        (999_400, "999 KB"), (999_600, "1 MB"), (1_500_000, "1.5 MB"), (2_000_000_000, "2 GB"), (5e12, "5000 GB"),
    ],
)  # fmt: skip
def test_sizes_are_said_as_people_say_them(n_bytes: int, text: str) -> None:
    assert size_text(n_bytes) == text


def test_counts_have_their_word() -> None:
    words = [count_text(n, "row", "rows") for n in (0, 1, 2, 1200)]
    assert words == ["0 rows", "1 row", "2 rows", "1,200 rows"]


def test_nothing_has_been_done_in_an_empty_timeline() -> None:
    empty = Timeline(Configuration())
    assert (empty.last_run, empty.seconds) == (0, 0.0)
    acts = (Act("run", 3, 0, seconds=2.0), Act("choice", 9, 0, seconds=7.5))
    full = Timeline(Configuration(), acts)
    assert (full.last_run, full.seconds) == (3, 7.5)
