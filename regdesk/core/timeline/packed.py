"""Acts of a long session: the last ones as they are, older ones in stretches of one compressed value each.

An act is some ten small objects of Python, 0.7 KB, which stay as long as the session. Lying among what comes and goes
they kept whole arenas of 1 MB from being given back: hours of use grew by several times what the acts themselves take.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Sequence, Set
from itertools import chain
from typing import NamedTuple, overload

from regdesk.core.timeline.acts import Act
from regdesk.core.timeline.timeline import without_engine_acts

STRETCH = 128
"""Acts of one compressed value: 9 KB or so, and a millisecond to pack or to unpack."""


class Stretch(NamedTuple):
    """So many acts, of these runs."""

    content: bytes
    n_acts: int
    runs: range

    @property
    def acts(self) -> list[Act]:
        found: list[Act] = pickle.loads(zlib.decompress(self.content))
        return found


class ActRow(Sequence[Act]):
    """All acts at one moment, as a value: what is packed is unpacked while it is gone through, a stretch at a time."""

    def __init__(self, packed: Sequence[Stretch], rest: Sequence[Act]) -> None:
        """Acts of the stretches come before the ``rest``."""
        self._packed, self._rest = tuple(packed), tuple(rest)

    def __len__(self) -> int:
        return sum(one.n_acts for one in self._packed) + len(self._rest)

    def __iter__(self) -> Iterator[Act]:
        return chain(chain.from_iterable(one.acts for one in self._packed), self._rest)

    @overload
    def __getitem__(self, place: int) -> Act: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Act]: ...
    def __getitem__(self, place: int | slice) -> Act | Sequence[Act]:
        if isinstance(place, slice):
            return tuple(self)[place]
        within = range(len(self))[place]
        for stretch in self._packed:
            if within < stretch.n_acts:
                return stretch.acts[within]
            within -= stretch.n_acts
        return self._rest[within]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ActRow | tuple):
            return NotImplemented
        return len(self) == len(other) and all(own == one for own, one in zip(self, other, strict=True))

    # As a tuple of acts has none: their values are mappings.
    __hash__ = None  # type: ignore[assignment]


class PackedActs:
    """Acts that are added one by one; the last of them can be replaced."""

    def __init__(self, acts: Sequence[Act] = ()) -> None:
        starts = range(0, len(acts) - 2 * STRETCH + 1, STRETCH)
        self._packed = [_packed(acts[start : start + STRETCH]) for start in starts]
        self._rest = list(acts[STRETCH * len(starts) :])
        self._n_packed = STRETCH * len(starts)

    def __len__(self) -> int:
        return self._n_packed + len(self._rest)

    @property
    def row(self) -> Sequence[Act]:
        """All of them as they are now."""
        return ActRow(self._packed, self._rest) if self._packed else tuple(self._rest)

    def append(self, act: Act, open_from: int | None = None) -> None:
        """Where there are many, the oldest stretch of them is packed, but for acts from the place ``open_from`` on:
        those are still to be replaced. One stretch at a time: what a long drag leaves open is packed act by act.
        """
        self._rest.append(act)
        is_closed = open_from is None or open_from >= self._n_packed + STRETCH
        if len(self._rest) >= 2 * STRETCH and is_closed:
            self._packed.append(_packed(self._rest[:STRETCH]))
            self._n_packed += STRETCH
            del self._rest[:STRETCH]

    def open_act(self, place: int) -> Act:
        """That at ``place``, which is not packed yet."""
        return self._rest[self._within(place)]

    def replace(self, place: int, act: Act) -> None:
        """``act`` in the place of one that is not packed yet."""
        self._rest[self._within(place)] = act

    def forget_engine_acts(self, runs: Set[int]) -> None:
        """Of the engines of ``runs``. Places are others then."""
        for number, stretch in enumerate(self._packed):
            if any(run in stretch.runs for run in runs):
                self._packed[number] = _packed(without_engine_acts(stretch.acts, runs))
        self._packed = [one for one in self._packed if one.n_acts]
        self._n_packed = sum(one.n_acts for one in self._packed)
        self._rest = without_engine_acts(self._rest, runs)

    def _within(self, place: int) -> int:
        within = place - self._n_packed
        if within < 0:
            raise IndexError(f"act {place} is packed")
        return within


def _packed(acts: Sequence[Act]) -> Stretch:
    # No file is written: what is unpacked has never left the process.
    content = zlib.compress(pickle.dumps(list(acts), pickle.HIGHEST_PROTOCOL))
    runs = [act.run for act in acts]
    return Stretch(content, len(acts), range(min(runs, default=0), max(runs, default=-1) + 1))
