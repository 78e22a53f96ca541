"""The forms of spellings: those that differ in their figures alone have one, and most looks need to see no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from regdesk.core.types import Booleans

FIGURE = "1"
"""For every figure: day 11, month 11 and minute 11 are right, and of thousands 0 does not come first."""
_FIGURES = bytes.maketrans(b"0123456789", FIGURE.encode() * 10)
_AT_ONCE = 10_000
_FEW = 50
"""Spellings: to look at each takes no longer than to find their forms."""
_MOST_SHARE = 0.5
"""Of spellings that have a form of their own: then each is its own form, and nothing more is kept of them."""


def in_figures_alike(text: str) -> str:
    """``text`` with the same figure for every one of 0 to 9."""
    return text.encode("utf-8", "surrogatepass").translate(_FIGURES).decode("utf-8", "surrogatepass")


class SpellingForms:
    """The forms of ``levels``.

    ``check`` is called now and then where there are very many, and may raise.
    """

    def __init__(self, levels: Sequence[str], check: Callable[[], None] = lambda: None) -> None:
        self.levels = levels
        self.texts: Sequence[str] = levels
        """The distinct forms; the spellings themselves where most have one of their own."""
        self._kinds: NDArray[np.int32] | None = None
        if len(levels) <= _FEW:
            return
        kinds = np.empty(len(levels), np.int32)
        numbers: dict[str, int] = {}
        for first in range(0, len(levels), _AT_ONCE):
            if first:
                check()
            some = levels[first : first + _AT_ONCE]
            kinds[first : first + len(some)] = [numbers.setdefault(form, len(numbers)) for form in _forms(some)]
            if len(numbers) > _MOST_SHARE * (first + len(some)):
                return
        self.texts, self._kinds = tuple(numbers), kinds

    @property
    def are_shared(self) -> bool:
        """Whether the forms are few, and none is taken for a form of its own."""
        return self._kinds is not None

    def where(self, is_one: Callable[[str], bool]) -> Booleans:
        """Which of the levels ``is_one`` holds for ``(n_levels,)``, which must be the same for any other figures."""
        found = np.fromiter(map(is_one, self.texts), np.bool_, len(self.texts))
        return found if self._kinds is None else found[self._kinds]

    def kinds(self) -> Iterable[int]:
        """Of each level which of ``texts`` is its form."""
        return range(len(self.levels)) if self._kinds is None else self._kinds.tolist()


def _forms(levels: Sequence[str]) -> list[str]:
    """The form of each of ``levels``, all of them at once."""
    found = in_figures_alike("\0".join(levels)).split("\0")
    return found if len(found) == len(levels) else [in_figures_alike(level) for level in levels]
