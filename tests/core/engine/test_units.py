"""Parts and wholes: a whole has the numbers that numba alone has, and is all that is optimised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numba
import numpy as np
import pytest

from regdesk.compiling import engine_cache
from regdesk.core.engine import units
from regdesk.core.engine.code_store import use_store
from regdesk.core.engine.stored import njit

NUMBERS = np.random.default_rng(0).normal(size=1001)
FAST = {"nogil": True, "error_model": "numpy", "fastmath": {"contract"}}


def square(x):
    return x * x


def shifted(numbers, place, by):
    return square(numbers[place] - by)


def spread(numbers, by):
    total = 0.0
    for place in range(numbers.size):
        total += shifted(numbers, place, by) + square(by)
    return total / numbers.size


def both(numbers):
    return spread(numbers, numbers[0]), shifted(numbers, 1, 2.0)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Everything is compiled here and now."""
    use_store(None)
    yield
    engine_cache.prepare_cache_folder()


def compiled_with(decorator: Any, last: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``both``, which ``last`` compiles, on functions that ``decorator`` compiles: each looks the others up here."""
    for function in (square, shifted, spread):
        monkeypatch.setitem(globals(), function.__name__, decorator(function))
    return last(both)


def test_numbers_are_numbas_own_bit_for_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        expected = compiled_with(numba.njit(**FAST), numba.njit(**FAST), patch)(NUMBERS)
    assert compiled_with(njit(**FAST), njit(cache=True, **FAST), monkeypatch)(NUMBERS) == expected


def test_only_the_whole_is_optimised(monkeypatch: pytest.MonkeyPatch) -> None:
    optimised: list[str] = []
    optimise = units.JITCodeLibrary._optimize_final_module

    def note(library: Any) -> None:
        optimised.append(library.name)
        optimise(library)

    monkeypatch.setattr(units.JITCodeLibrary, "_optimize_final_module", note)
    whole = compiled_with(njit(**FAST), njit(cache=True, **FAST), monkeypatch)
    whole(NUMBERS)
    assert [name for name in optimised if name in ("square", "shifted", "spread", "both")] == ["both"]


def test_parts_with_the_same_arguments_are_told_apart() -> None:
    """numba finds compiled functions by what Python would call: one for all of them would be each other's."""
    one, other = njit(**FAST)(lambda x: x + 1.0), njit(**FAST)(lambda x: x * 10.0)
    assert njit(cache=True)(lambda x: (one(x), other(x), one(other(x))))(3.0) == (4.0, 30.0, 31.0)


def test_python_cannot_call_a_part() -> None:
    part = njit(**FAST)(square)
    with pytest.raises(ValueError, match="not in list"):
        part(3.0)
