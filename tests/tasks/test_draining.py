"""A generator's steps, its value, and its end, whoever stops wanting them."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing

import pytest

from regdesk.tasks.draining import Drain


class Counting:
    """Three steps and then a value; knows whether it has been closed."""

    def __init__(self) -> None:
        self.is_closed = False

    def steps(self) -> Generator[int, None, str]:
        try:
            yield from (1, 2, 3)
            return "all"
        finally:
            self.is_closed = True


def test_the_value_is_there_at_the_end_and_not_before() -> None:
    drain = Drain(Counting().steps())
    with pytest.raises(LookupError):
        _ = drain.value
    assert list(drain) == [1, 2, 3]
    assert (drain.has_ended, drain.value) == (True, "all")
    assert list(drain) == []


def test_whoever_comes_again_goes_on_where_it_was_left() -> None:
    drain = Drain(Counting().steps())
    assert next(iter(drain)) == 1
    assert next(iter(drain)) == 2
    assert not drain.has_ended
    assert list(drain) == [3]
    assert drain.value == "all"


@pytest.mark.parametrize("n_steps", [0, 1])
def test_nobody_wants_more(n_steps: int) -> None:
    counting = Counting()
    drain = Drain(counting.steps())
    for _ in range(n_steps):
        next(iter(drain))
    drain.close()
    assert counting.is_closed or n_steps == 0
    assert list(drain) == []
    assert not drain.has_ended


def test_an_error_of_whoever_hears_closes_it() -> None:
    counting = Counting()
    drain = Drain(counting.steps())
    with pytest.raises(ValueError, match="enough"), closing(drain):  # noqa: PT012
        for step in drain:
            if step == 2:
                raise ValueError("enough")
    assert counting.is_closed
    assert not drain.has_ended
