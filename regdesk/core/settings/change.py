"""A change of the configuration, as everybody hears of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from regdesk.core.settings.configuration import Configuration, differing_paths, value_at

Origin = Literal["hand", "tour", "undo", "refusal", "lesson", "sweep", "script"]
"""Who wanted it: a person, the λ tour, a person who undoes or redoes, what takes back a choice that cannot be had, a
lesson, a sweep's result, or a program."""

Touches = Callable[[str], bool]
"""Says of a path whether the setting, or one of the group, at it is another: ``Change.touches`` or ``everything``."""


def everything(_path: str) -> bool:
    """For who shows settings of which nothing has been shown yet."""
    return True


@dataclass(frozen=True)
class Change:
    """The configuration was ``before`` and is ``after`` since optimiser step ``step`` of the run then on screen.

    One change may be of several settings, as a dialog makes it; they come into force together.
    """

    before: Configuration
    after: Configuration
    step: int
    origin: Origin

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Of the settings that differ, at least one."""
        return differing_paths(self.before, self.after)

    def touches(self, path: str) -> bool:
        """Whether the setting, or one of the group, at ``path`` differs."""
        return bool(value_at(self.before, path) != value_at(self.after, path))

    def values(self, path: str) -> tuple[Any, Any]:
        """The setting or the group at ``path``, before and after."""
        return value_at(self.before, path), value_at(self.after, path)
