"""Where the compiled engine is kept between launches, and how a child process fills it.

numba compiles for about twenty seconds a dtype; from its cache the same code loads in a quarter of one. The
folder's name carries everything that makes compiled code stale, so a folder with its marker is complete.
Whoever fills it is alone in it: numba reads a function's index, adds a line and writes it back, so that of two who do
this at once one loses the line, or finds the other's machine code under it.
"""

from __future__ import annotations

import atexit
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

DTYPES = ("float32", "float64")
PATHS = "paths"
NETWORKS, PLANES = "networks", "planes"
PARTS = (*DTYPES, PATHS, PLANES, NETWORKS)
"""What can be filled: the training engine of each dtype, exact paths of linear models, losses over planes, and what
solves networks."""
LOOK_AGAIN_S = 0.1
"""How often one that waits looks: a lock that blocks would not say that the part waited for is ready already."""
CHILD_NICENESS = 10
"""A child that compiles gives way to the window, which matters where cores are few."""
_VARIABLE = "NUMBA_CACHE_DIR"
_PREPARED = "REGDESK_ENGINE_FOLDER"
_TEMPORARY_PREFIX = "regdesk-engine-"
_temporary_folders: list[Path] = []


def _remove_temporary_folders() -> None:
    for folder in _temporary_folders:
        shutil.rmtree(folder, ignore_errors=True)


# Registered before anyone can register the end of the children: what is registered last runs first, and a child that
# still writes would leave files behind.
atexit.register(_remove_temporary_folders)


def prepare_cache_folder() -> Path:
    """Choose a folder that can be written and point numba at it; call before numba is imported.

    A folder named by NUMBA_CACHE_DIR is respected. Where none can be written, a temporary one is used, which
    child processes inherit.
    """
    prepared = os.environ.get(_PREPARED)
    if prepared and os.environ.get(_VARIABLE) == prepared and Path(prepared).is_dir():
        return Path(prepared)
    folder = _user_cache_folder() / f"engine-{_fingerprint()}"
    if not _can_write(folder):
        folder = Path(tempfile.mkdtemp(prefix=_TEMPORARY_PREFIX))
        _temporary_folders.append(folder)
    os.environ[_VARIABLE] = os.environ[_PREPARED] = str(folder)
    return folder


def is_temporary() -> bool:
    """Whether the folder goes with this process, because no lasting one could be written."""
    return prepare_cache_folder().name.startswith(_TEMPORARY_PREFIX)


def is_filled(part: str) -> bool:
    """Whether ``part`` can be loaded without compiling."""
    return (prepare_cache_folder() / f"{part}.ready").exists()


def fill(part: str) -> None:
    """Compile ``part``, or load it, in this process; waits while another one compiles."""
    folder = prepare_cache_folder()
    from regdesk.core.warm_up import warm_up, warm_up_networks, warm_up_paths, warm_up_planes

    with _alone_in(folder, part):
        if part == PATHS:
            warm_up_paths()
        elif part == NETWORKS:
            warm_up_networks()
        elif part == PLANES:
            warm_up_planes()
        else:
            warm_up(part)
        (folder / f"{part}.ready").touch()


def fill_missing(parts: Sequence[str]) -> None:
    """The work of a child process: what is not there yet, in this order; each is named on standard output when it is.

    One after the other: two compilations at once take as long together on two cores, and the window then has none.
    """
    if hasattr(os, "nice"):
        os.nice(CHILD_NICENESS)
    for part in parts:
        if not is_filled(part):
            fill(part)
        print(part, flush=True)


def child_arguments(parts: Sequence[str]) -> list[str]:
    """Arguments of the Python interpreter for a child process that fills the cache."""
    source = str(Path(__file__).resolve().parent.parent)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); "
        "from regdesk.engine_cache import fill_missing; fill_missing(sys.argv[2:])"
    )
    return ["-c", code, source, *parts]


@contextmanager
def _alone_in(folder: Path, part: str) -> Iterator[None]:
    """Wait until no other process fills ``folder``, or one has filled it with ``part``, which then only needs loading.

    The system lifts the lock of a process that ends, however it does.
    """
    with (folder / "lock").open("a") as file:
        while not is_filled(part) and not _lock(file.fileno()):
            time.sleep(LOOK_AGAIN_S)
        yield


def _lock(file: int) -> bool:
    """Whether the file with that number is now ours. Where its file system knows no locks nobody waits for one."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def _user_cache_folder() -> Path:
    named = os.environ.get(_VARIABLE)
    if named:
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
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _fingerprint() -> str:
    engine = Path(__file__).resolve().parent / "core" / "engine"
    # Here, because they take longer to load than the window has time before it is painted.
    import hashlib
    from importlib import metadata

    parts = [sys.version, platform.machine(), _processor(), metadata.version("numba"), metadata.version("llvmlite")]
    # Numba can be told to compile for another processor than this one.
    parts += [os.environ.get(name, "") for name in ("NUMBA_CPU_NAME", "NUMBA_CPU_FEATURES", "NUMBA_ENABLE_AVX")]
    for source in sorted(engine.glob("*.py")):
        # numba's own check is the path and time of kernels.py alone; the texts cover what it calls.
        parts += [str(source), str(source.stat().st_mtime_ns), source.read_text(encoding="utf-8")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _processor() -> str:
    """The processor's model and abilities; compiled code is specific to them."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor()
    lines = [line for line in text.splitlines() if line.startswith(("model name", "flags", "Features"))]
    return "\n".join(sorted(set(lines)))
