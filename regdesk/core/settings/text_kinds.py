"""Settings that are marks in a text, beside those of ``setting_kinds``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from regdesk.core.reading_options import NO_QUOTE
from regdesk.core.settings.setting_kinds import OutOfReach, Text


@dataclass(frozen=True)
class QuoteMark(Text):
    """A single character that can stand around a cell, or ``NO_QUOTE`` where none does."""

    most: int = len(NO_QUOTE)

    @property
    def _reach(self) -> str:
        return f"\", ', {NO_QUOTE} or another single mark that is no blank, no usual delimiter and part of no number"

    def _check(self, value: Any) -> str:
        mark = super()._check(value)
        if mark == NO_QUOTE:
            return mark
        if len(mark) > 1 or mark.isalnum() or mark.isspace() or not mark.isprintable() or mark in ".+-_,;\\":
            raise OutOfReach
        return mark
