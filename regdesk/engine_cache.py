"""Where the compiled engine is kept between launches, and how a child process fills it.

numba compiles for about twenty seconds a dtype; from the cache the same code loads in a quarter of one. The
folder's name carries everything that makes compiled code stale, a part's marker names all that it consists of, and
``compiled_files`` holds every file against its digest: what is damaged is compiled once more by whoever fills the part.
That one is alone in the folder: of two who add to a function's index at once one would lose its line.
"""

from __future__ import annotations

import atexit
import os
import platform
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from regdesk.compiled_files import CompiledFiles
from regdesk.core.engine.code_store import use_store

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
ROOM_BYTES = 32 * 2**20
"""All parts take 10 MB. With less room than this on its disk a folder that lacks any of them is not filled."""
_VARIABLE = "NUMBA_CACHE_DIR"
_PREPARED = "REGDESK_ENGINE_FOLDER"
_TEMPORARY_PREFIX = "regdesk-engine-"
_temporary_folders: list[Path] = []
_known_files: dict[Path, CompiledFiles] = {}


def _remove_temporary_folders() -> None:
    for folder in _temporary_folders:
        shutil.rmtree(folder, ignore_errors=True)


# Registered before anyone can register the end of the children: what is registered last runs first, and a child that
# still writes would leave files behind.
atexit.register(_remove_temporary_folders)


def prepare_cache_folder() -> Path:
    """Choose a folder that can be written and have the engine keep its code there; call before it compiles anything.

    A folder named by NUMBA_CACHE_DIR is respected. Where none can be written, a temporary one is used, which
    child processes inherit. Where there is not even room for that, nothing is kept.
    """
    return _files().folder


def _files() -> CompiledFiles:
    """The chosen folder's files; of one folder always the same object, which knows what this process has asked for."""
    prepared = os.environ.get(_PREPARED)
    folder = Path(prepared or "")
    if not prepared or os.environ.get(_VARIABLE) != prepared or not (folder in _known_files or folder.is_dir()):
        folder = _choose_folder()
        os.environ[_VARIABLE] = os.environ[_PREPARED] = str(folder)
    if folder not in _known_files:
        _known_files[folder] = CompiledFiles(folder)
    use_store(_known_files[folder])
    return _known_files[folder]


def _choose_folder() -> Path:
    folder = _user_cache_folder() / f"engine-{_fingerprint()}"
    if _can_write(folder) and (_has_room(folder) or all(_marker(folder, part).exists() for part in PARTS)):
        return folder
    try:
        folder = Path(tempfile.mkdtemp(prefix=_TEMPORARY_PREFIX))
    except OSError:
        # Nothing can be written anywhere. What is named here does not exist and is not made.
        return folder.with_name(f"{_TEMPORARY_PREFIX}none")
    _temporary_folders.append(folder)
    return folder


def is_temporary() -> bool:
    """Whether the folder goes with this process, because no lasting one could be written."""
    return prepare_cache_folder().name.startswith(_TEMPORARY_PREFIX)


def is_filled(part: str) -> bool:
    """Whether ``part`` can be loaded without compiling: all of it is there, and as it was written."""
    files = _files()
    return files.is_complete(_marker(files.folder, part).name)


def fill(part: str) -> bool:
    """Compile ``part``, or load it, in this process; waits while another one compiles. Returns whether it is kept."""
    files = _files()
    from regdesk.core.warm_up import warm_up, warm_up_networks, warm_up_paths, warm_up_planes

    with _alone_in(files, part) as is_complete:
        if part == PATHS:
            warm_up_paths()
        elif part == NETWORKS:
            warm_up_networks()
        elif part == PLANES:
            warm_up_planes()
        else:
            warm_up(part)
        return is_complete or files.write_marker(_marker(files.folder, part).name)


def fill_missing(parts: Sequence[str]) -> None:
    """The work of a child process: what is not there yet, in this order; each is named on standard output when it is.

    One after the other: two compilations at once take as long together on two cores, and the window then has none.
    Raises SystemExit(1) when a part cannot be kept: the parent then compiles for itself.
    """
    if hasattr(os, "nice"):
        os.nice(CHILD_NICENESS)
    for part in parts:
        if not is_filled(part) and not fill(part):
            raise SystemExit(1)
        print(part, flush=True)


def child_arguments(parts: Sequence[str]) -> list[str]:
    """Arguments of the Python interpreter for a child process that fills the cache; it ends with its standard input."""
    source = str(Path(__file__).resolve().parent.parent)
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); sys.path.insert(0, sys.argv[1]); "
        "from regdesk.engine_cache import end_with_parent, fill_missing; end_with_parent(); fill_missing(sys.argv[2:])"
    )
    return ["-c", code, source, *parts]


def end_with_parent() -> None:
    """Have this child end when its parent does, even by kill −9: the system then closes the pipe to its input."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        # Nothing is lost: what was written is whole, the rest is compiled at the next launch.
        os._exit(1)

    threading.Thread(target=wait, name="parent", daemon=True).start()


@contextmanager
def _alone_in(files: CompiledFiles, part: str) -> Iterator[bool]:
    """Wait until no other process fills the folder, or one has filled it with ``part``, which then only needs loading.

    Gives whether that is so. The system lifts the lock of a process that ends, however it does.
    """
    with ExitStack() as stack:
        lock = files.open_lock()
        if lock is not None:
            stack.enter_context(lock)
        marker = _marker(files.folder, part).name
        is_complete = files.is_complete(marker)
        while not is_complete and lock is not None and not _lock(lock.fileno()):
            time.sleep(LOOK_AGAIN_S)
            is_complete = files.is_complete(marker)
        if not is_complete:
            files.tidy()
        yield is_complete


def _marker(folder: Path, part: str) -> Path:
    return folder / f"{part}.ready"


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
        if not folder.is_dir():
            # Something else under our name is a damaged folder.
            folder.unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
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
