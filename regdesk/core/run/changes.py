"""The moments at which settings changed, as values: one mark for a drag, and a bounded number of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from regdesk.core.types import TrainSettings

MAX_CHANGES = 2_000
MERGE_S = 0.4
"""Changes of the same setting that arrive closer together than this are one gesture."""


@dataclass(frozen=True)
class SettingsChange:
    """Settings changed from ``before`` to ``after`` at ``epoch``, or on the way from there to ``last_epoch``.

    ``loaded`` says in words where weights are from that were put in then, such as "solved"; empty when none were.
    """

    step: int
    epoch: float
    last_epoch: float
    before: TrainSettings
    after: TrainSettings
    loaded: str = ""

    @property
    def changed_fields(self) -> frozenset[str]:
        """Names of the settings that differ, and ``weights`` where they were put in."""
        names = (field.name for field in fields(TrainSettings))
        changed = {name for name in names if getattr(self.before, name) != getattr(self.after, name)}
        return frozenset(changed | {"weights"} if self.loaded else changed)

    def joined(self, later: SettingsChange) -> SettingsChange:
        """This change and ``later`` as one, from start to end."""
        return replace(self, last_epoch=later.last_epoch, after=later.after, loaded=later.loaded or self.loaded)


class ChangeLog:
    """Changes of one run in order, at most ``MAX_CHANGES``: beyond that neighbours are joined."""

    def __init__(self) -> None:
        self._changes: list[SettingsChange] = []
        self._fields: frozenset[str] = frozenset()
        self._arrived_s = float("-inf")
        self._shown: tuple[SettingsChange, ...] = ()

    @property
    def changes(self) -> tuple[SettingsChange, ...]:
        """Oldest first; the same object as long as nothing has changed."""
        return self._shown

    @property
    def gesture(self) -> frozenset[str]:
        """Names of the settings that the last gesture has changed."""
        return self._fields

    def bring_back(self, changes: tuple[SettingsChange, ...], gesture: frozenset[str]) -> None:
        """Hold ``changes`` in place of the present ones; what comes next is another gesture than the last of them."""
        self._changes, self._shown, self._fields = list(changes), changes, gesture
        self._arrived_s = float("-inf")

    def extend(self, changes: Iterable[SettingsChange], now_s: float, goes_on: bool = False) -> None:
        """Add ``changes``, which arrive at ``now_s`` (seconds of any steady clock).

        ``goes_on``: they belong to the gesture before, however long ago that was.
        """
        for change in changes:
            self._add(change, now_s, goes_on)

    def _add(self, change: SettingsChange, now_s: float, goes_on: bool) -> None:
        fields_now = change.changed_fields
        last = self._changes[-1] if self._changes else None
        is_same_gesture = (goes_on or now_s - self._arrived_s <= MERGE_S) and fields_now == self._fields
        if last is not None and (is_same_gesture or last.step == change.step):
            self._changes[-1] = last.joined(change)
            self._fields |= fields_now
            joined = self._changes[-1]
            if last.step == change.step and last.before == change.after and not joined.loaded:
                # Set and taken back without a step between: nothing was trained under it.
                self._changes.pop()
        else:
            self._changes.append(change)
            self._fields = fields_now
        self._arrived_s = now_s
        if len(self._changes) > MAX_CHANGES:
            pairs = zip(self._changes[:-1:2], self._changes[1::2], strict=False)
            rest = self._changes[-1:] if len(self._changes) % 2 else []
            self._changes = [first.joined(second) for first, second in pairs] + rest
        self._shown = tuple(self._changes)
