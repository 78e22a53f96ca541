"""The folder in which compiled code is kept: one that can be written, named after what makes all such code stale."""

from __future__ import annotations

import atexit
import hashlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

VARIABLE = "NUMBA_CACHE_DIR"
FOLDER_VARIABLE = "REGDESK_ENGINE_FOLDER"
"""Tells children which folder their parent has chosen, which ``VARIABLE`` then names, too."""
ROOM_BYTES = 32 * 2**20
"""All parts take 10 MB. With less room than this on its disk a folder that lacks any of them is not filled."""
PREFIX = "engine-"
"""Begins the name of every folder of compiled code."""
_TEMPORARY_PREFIX = "regdesk-engine-"
_temporary_folders: list[Path] = []
_is_kept_out = False


def _remove_temporary_folders() -> None:
    for folder in _temporary_folders:
        shutil.rmtree(folder, ignore_errors=True)


# Registered before anyone can register the end of the children: what is registered last runs first, and a child that
# still writes would leave files behind.
atexit.register(_remove_temporary_folders)


def choose_folder(is_whole: Callable[[Path], bool]) -> Path:
    """The folder named by ``VARIABLE``, or else the user's own; a temporary one where it cannot be written, or has no
    room and is not ``is_whole``. Where nothing can be written it names one that does not exist.
    """
    folder = usual_folder()
    if not _is_kept_out and _can_write(folder) and (_has_room(folder) or is_whole(folder)):
        return folder
    try:
        folder = Path(tempfile.mkdtemp(prefix=_TEMPORARY_PREFIX))
    except OSError:
        # Nothing can be written anywhere. What is named here does not exist and is not made.
        return folder.with_name(f"{_TEMPORARY_PREFIX}none")
    _temporary_folders.append(folder)
    return folder


def usual_folder() -> Path:
    """Where this version of the compilers keeps its code for this processor, if it can."""
    return user_cache_folder() / f"{PREFIX}{_fingerprint()}"


def keep_out() -> None:
    """From now on this process chooses a temporary folder: it neither reads nor writes what others have kept."""
    global _is_kept_out
    _is_kept_out = True


def is_kept_out() -> bool:
    """Whether it does, as in a safe start."""
    return _is_kept_out


def is_temporary(folder: Path) -> bool:
    """Whether ``folder`` goes with this process."""
    return folder.name.startswith(_TEMPORARY_PREFIX)


def user_cache_folder() -> Path:
    """Where folders of compiled code are, whether or not one of them has been chosen already."""
    named = os.environ.get(VARIABLE)
    chosen = Path(named) if named and named == os.environ.get(FOLDER_VARIABLE) else None
    if chosen is not None and chosen.name.startswith(PREFIX):
        return chosen.parent
    if named and not (chosen is not None and is_temporary(chosen)):
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "regdesk"


def _can_write(folder: Path) -> bool:
    try:
        try:
            # First of all: where two processes do this at once, one finds what the other has made.
            folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            # Something else under our name is a damaged folder.
            folder.unlink()
            folder.mkdir()
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _has_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free >= ROOM_BYTES
    except OSError:
        return True


def _fingerprint() -> str:
    # Here: it takes 20 ms to load, which is done beside the window.
    from importlib import metadata

    parts = [sys.version, platform.machine(), _processor(), metadata.version("numba"), metadata.version("llvmlite")]
    # Numba can be told to compile for another processor than this one.
    parts += [os.environ.get(name, "") for name in ("NUMBA_CPU_NAME", "NUMBA_CPU_FEATURES", "NUMBA_ENABLE_AVX")]
    # Beside the machine code lie pickles with numpy's types in them, which an older numpy may not know.
    parts.append(metadata.version("numpy"))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _processor() -> str:
    """The processor's model and abilities; compiled code is specific to them."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor()
    lines = [line for line in text.splitlines() if line.startswith(("model name", "flags", "Features"))]
    return "\n".join(sorted(set(lines)))
