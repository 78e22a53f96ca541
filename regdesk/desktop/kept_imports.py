"""What was chosen when files were opened, found again when the same file is opened once more."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

from regdesk.core.settings.import_choices import ImportChoices, choices_from
from regdesk.core.settings.settings_table import WrongSetting
from regdesk.desktop.preferences import Preferences

MOST_FILES = 40
MOST_CHARACTERS = 20_000
"""Of the choices for one file: those for thousands of columns, one by one, are not kept."""
_DIGEST = re.compile("[0-9a-f]{64}")
_log = logging.getLogger("regdesk.settings")


class KeptImports:
    """In the file of preferences, by the digest of each file; what is not what it should be is taken as not there."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def recalled(self) -> dict[str, ImportChoices]:
        """Of every file that is remembered, the newest first."""
        self._preferences.save()
        found: dict[str, ImportChoices] = {}
        for digest, record in self._records().items():
            try:
                found[digest] = choices_from(record)
            except WrongSetting as problem:
                _log.info("Choices for a file are not what was written: %s", problem)
        return found

    def keep(self, digest: str, choices: ImportChoices) -> None:
        """Remember the choices for a file, on disk, and forget the oldest."""
        record = choices.to_dict()
        if not _DIGEST.fullmatch(digest) or len(json.dumps(record)) > MOST_CHARACTERS:
            return
        with self._preferences.alone():
            records = {digest: record} | {one: other for one, other in self._records().items() if one != digest}
            newest = dict(list(records.items())[:MOST_FILES])
            self._preferences.imports = json.dumps(newest)

    def _records(self) -> dict[str, Any]:
        text = self._preferences.imports
        if len(text) > MOST_FILES * (MOST_CHARACTERS + 100):
            return {}
        try:
            found = json.loads(text) if text else {}
        except (ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {one: record for one, record in list(found.items())[:MOST_FILES] if _DIGEST.fullmatch(one)}
