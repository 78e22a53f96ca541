"""How far lessons were done, found again at the next start."""

from __future__ import annotations

import json
import re

from regdesk.desktop.preferences import Preferences

MOST_LESSONS = 400
MOST_STEPS = 1000
_KEY = re.compile("[a-z0-9-]{1,60}")


class KeptLessons:
    """In the file of preferences, by the key of each lesson; what is not what it should be is taken as not there."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def recalled(self) -> dict[str, tuple[int, int]]:
        """Of every lesson the steps that were done, and all, the newest first."""
        self._preferences.save()
        return self._records()

    def keep(self, key: str, n_done: int, n_steps: int) -> None:
        """Remember how far a lesson has been done, on disk, and forget the oldest."""
        if not _KEY.fullmatch(key):
            return
        with self._preferences.alone():
            others = {one: record for one, record in self._records().items() if one != key}
            newest = list(({key: (n_done, n_steps)} | others).items())[:MOST_LESSONS]
            self._preferences.lessons = json.dumps(dict(newest))

    def _records(self) -> dict[str, tuple[int, int]]:
        text = self._preferences.lessons
        if len(text) > MOST_LESSONS * 100:
            return {}
        try:
            found = json.loads(text) if text else {}
        except (ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {
            key: (record[0], record[1]) for key, record in found.items() if _KEY.fullmatch(key) and _is_sound(record)
        }


def _is_sound(record: object) -> bool:
    """Whether it is a number of steps that were done, and of all."""
    if not isinstance(record, list) or len(record) != 2 or not all(type(one) is int for one in record):
        return False
    return bool(0 <= record[0] <= record[1] <= MOST_STEPS)
