"""Where the program keeps what it keeps, as the environment says; nothing is made or read here."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from regdesk.compiling.cache_folder import user_cache_folder

SETTINGS_VARIABLE = "REGDESK_SETTINGS"
"""Names the file of preferences; empty, nothing is kept. Without it the file is where the system has such files."""
NAME = "regdesk"
RECOVERY, CRASHES, PASTED = "recovery", "crashes", "pasted"


@dataclass(frozen=True)
class Places:
    """``preferences`` is a file, ``state`` a folder with what is kept of single processes; None where nothing is kept.

    ``cache`` holds the folders of compiled code.
    """

    preferences: Path | None
    state: Path | None
    cache: Path

    @property
    def recovery(self) -> Path | None:
        """The folder in which every process keeps what it could not save."""
        return None if self.state is None else self.state / RECOVERY

    @property
    def crashes(self) -> Path | None:
        """The folder of crash logs."""
        return None if self.state is None else self.state / CRASHES

    @property
    def pasted(self) -> Path | None:
        """The folder of tables that were pasted; they are the user's own data."""
        return None if self.preferences is None else self.preferences.parent / PASTED


def places(environment: Mapping[str, str] = os.environ) -> Places:
    """Those of this process."""
    named = environment.get(SETTINGS_VARIABLE)
    if named == "":
        return places_of(None)
    file = usual_settings_file(environment) if named is None else Path(named).absolute()
    return Places(file, state_folder(file, environment), user_cache_folder())


def places_of(preferences: Path | None) -> Places:
    """Those of a window with the preferences in this file; None: it keeps nothing."""
    return Places(preferences, None if preferences is None else state_folder(preferences), user_cache_folder())


def state_folder(settings_file: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """The folder with what is kept of single processes under the preferences in ``settings_file``.

    It is the system's folder for such things; beside a file that somebody has named it is a folder of that name, so
    that nothing of others is touched.
    """
    if settings_file.absolute() != usual_settings_file(environment):
        return settings_file.absolute().with_name(f"{settings_file.name}.state")
    if sys.platform == "win32":
        base = Path(environment.get("LOCALAPPDATA") or _home(environment) / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = _home(environment) / "Library" / "Application Support"
    else:
        base = _absolute(environment.get("XDG_STATE_HOME")) or _home(environment) / ".local" / "state"
    return base / NAME


def usual_settings_file(environment: Mapping[str, str] = os.environ) -> Path:
    """The INI file that Qt's QSettings has for this program where no other is named."""
    if sys.platform == "win32":
        base = Path(environment.get("APPDATA") or _home(environment) / "AppData" / "Roaming")
    else:
        base = _absolute(environment.get("XDG_CONFIG_HOME")) or _home(environment) / ".config"
    return base / NAME / f"{NAME}.ini"


def _absolute(folder: str | None) -> Path | None:
    """A relative path is to be ignored, says the specification of XDG's folders."""
    return Path(folder) if folder and Path(folder).is_absolute() else None


def _home(environment: Mapping[str, str]) -> Path:
    """As Qt has it: the root of all where there is none."""
    if sys.platform == "win32":
        return Path(environment.get("USERPROFILE") or "C:/")
    return Path(environment.get("HOME") or "/")
