"""Where the compiled engine is kept between launches, and how a child process fills it.

numba compiles for about eight seconds a dtype; from the cache the same code loads in a quarter of one. The folder's
name carries what makes all compiled code stale, a function's key the sources that it is compiled from, wherever they
lie. A piece's marker names all that it consists of, and ``compiled_files`` holds every file against its digest: what is
damaged is compiled once more by whoever fills the piece. That one holds the piece's lock, and others compile other
pieces meanwhile.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from regdesk.compiling import cache_folder
from regdesk.compiling.cache_folder import FOLDER_VARIABLE, PREFIX, VARIABLE, choose_folder, user_cache_folder
from regdesk.compiling.compiled_files import CompiledFiles
from regdesk.compiling.engine_sources import PACKAGE, digests_of_sources
from regdesk.compiling.old_caches import clear_old_caches
from regdesk.compiling.processors import n_processors
from regdesk.core.engine.code_store import call_with_numba, use_store
from regdesk.data.files.file_locks import try_lock

DTYPES = ("float32", "float64")
PATHS = "paths"
CLASS_PATHS, NETWORKS, PLANES = "class_paths", "networks", "planes"
PARTS = (*DTYPES, PATHS, CLASS_PATHS, PLANES, NETWORKS)
"""What can be filled: the training engine of each dtype, exact paths of linear models, what those of classes need
besides, losses over planes, and what solves networks."""
_OF_A_DTYPE = ("steps", "gradient-pass", "measures", "forward")
PIECES = {part: tuple(f"{part}-{kind}" for kind in _OF_A_DTYPE) if part in DTYPES else (part,) for part in PARTS}
"""What two children compile at the same time, the largest first: none needs another, and a part is there when all of
its pieces are."""
MOST_CHILDREN = 2
"""Where there are cores for them: what the first step needs then takes half as long."""
LOOK_AGAIN_S = 0.1
"""How often one that waits looks: a lock that blocks would not say that the part waited for is ready already."""
CHILD_NICENESS = 5
"""A child that compiles gives way to the window, which matters where cores are few. Beside a model at full speed on two
cores all is ready 34 s after the first step; at 10 it took 47, with the same gaps between frames."""
_known_files: dict[Path, CompiledFiles] = {}
_is_child = False
_log = logging.getLogger("regdesk.compiling")


def prepare_cache_folder() -> Path:
    """Choose a folder that can be written and have the engine keep its code there; call before it compiles anything.

    A folder named by NUMBA_CACHE_DIR is respected. Where none can be written, a temporary one is used, which
    child processes inherit. Where there is not even room for that, nothing is kept.
    """
    return _files().folder


def _files() -> CompiledFiles:
    """The chosen folder's files; of one folder always the same object, which knows what this process has asked for."""
    prepared = os.environ.get(FOLDER_VARIABLE)
    folder = Path(prepared or "")
    if not prepared or os.environ.get(VARIABLE) != prepared or not (folder in _known_files or folder.is_dir()):
        folder = choose_folder(_is_whole)
        os.environ[VARIABLE] = os.environ[FOLDER_VARIABLE] = str(folder)
        _log.info("Compiled code is kept in %s.", folder)
    if folder not in _known_files:
        _known_files[folder] = CompiledFiles(folder, digests_of_sources())
    use_store(_known_files[folder])
    if "regdesk.start" in sys.modules or _is_child:
        # Numba is here for the engine alone. In a process of somebody else's it may have to multiply matrices.
        call_with_numba(_load_without_blas)
    return _known_files[folder]


def _load_without_blas() -> None:
    """Load numba's array functions without scipy, in which they look for BLAS: a quarter of a second, for nothing."""
    names = [name for name in ("scipy", "scipy.linalg", "scipy.linalg.cython_blas") if name not in sys.modules]
    for name in names:
        # That is how a module is said not to exist.
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        importlib.import_module("numba.np.arraymath")
    finally:
        for name in names:
            del sys.modules[name]


def is_new() -> bool:
    """Whether nothing has ever been kept, which can be told at once."""
    return not os.environ.get(FOLDER_VARIABLE) and not any(user_cache_folder().glob(f"{PREFIX}*"))


def keep_out() -> None:
    """From now on this process and its children use a folder of their own, which goes with it; call before any other
    function here.
    """
    cache_folder.keep_out()
    chosen = os.environ.pop(FOLDER_VARIABLE, None)
    if chosen is not None and os.environ.get(VARIABLE) == chosen:
        # Nobody has named it: a parent has chosen it.
        del os.environ[VARIABLE]


def is_kept_out() -> bool:
    """Whether this process was kept out of the folder, as in a safe start."""
    return cache_folder.is_kept_out()


def is_temporary() -> bool:
    """Whether the folder goes with this process, because no lasting one could be written."""
    return cache_folder.is_temporary(prepare_cache_folder())


def is_filled(part: str) -> bool:
    """Whether ``part`` can be loaded without compiling: all of it is there, and as it was written."""
    files = _files()
    return all(files.is_complete(piece) for piece in PIECES[part])


def fill(part: str) -> bool:
    """Compile ``part``, or load it, in this process; waits while another one compiles. Returns whether it is kept."""
    kept = [_fill(piece, waits=True) for piece in PIECES[part]]
    return all(kept)


def _fill(piece: str, waits: bool) -> bool:
    """As ``fill``, for a piece. Where that would have to wait and does not, it returns False, and nothing is done."""
    files = _files()
    # By name, because who needs one piece need not import what is behind the others.
    dtype, _, kind = piece.partition("-")
    module = f"regdesk.compiling.{'warm_up' if dtype in DTYPES else f'warm_up_{piece}'}"
    own = f"warm_up_{(kind or piece).replace('-', '_')}"
    with _alone_at(files, piece, waits) as is_complete:
        if is_complete is None:
            return False
        began_s = time.monotonic()
        getattr(importlib.import_module(module), own)(*([dtype] if kind else []))
        _log.info("%s is %s (%.1f s).", piece, "loaded" if is_complete else "compiled", time.monotonic() - began_s)
        return is_complete or files.write_marker(piece)


def fill_missing(parts: Sequence[str]) -> None:
    """The work of a child process: what is not there yet, in this order, but what another child is at; each part is
    named on standard output when all of it is there. At last folders go that no version of regdesk needs any more.

    Raises SystemExit(1) when a part cannot be kept: the parent then compiles for itself.
    """
    global _is_child
    _is_child = True
    if hasattr(os, "nice"):
        os.nice(CHILD_NICENESS)
    # What numba leaves behind is little beside what looking for it costs.
    gc.disable()
    files = _files()
    unnamed = list(parts)
    with ExitStack() as stack:
        while unnamed and not _may_compile(files, stack):
            time.sleep(LOOK_AGAIN_S)
            _name_filled(unnamed)
        for waits in (False, True):
            for piece in [piece for part in parts for piece in PIECES[part]]:
                if not files.is_complete(piece) and not _fill(piece, waits) and waits:
                    raise SystemExit(1)
                _name_filled(unnamed)
    clear_old_caches(files.folder)


def _may_compile(files: CompiledFiles, stack: ExitStack) -> bool:
    """Whether no more than ``n_children`` are at this folder already, whichever windows they are of; if so, this one
    is counted until ``stack`` is closed.

    More would type and lower again what the others have: with four of them on two cores, for two windows, the first
    step came after 14 s and not 7.
    """
    for number in range(n_children()):
        lock = files.open_lock(f"child-{number}.lock")
        if lock is None or try_lock(lock.fileno()):
            if lock is not None:
                stack.enter_context(lock)
            return True
        lock.close()
    return False


def _name_filled(unnamed: list[str]) -> None:
    """Print those that are there, each once."""
    for part in [part for part in unnamed if is_filled(part)]:
        unnamed.remove(part)
        print(part, flush=True)


def n_children() -> int:
    """How many of them to have at once."""
    return min(MOST_CHILDREN, n_processors())


def child_arguments(parts: Sequence[str]) -> list[str]:
    """Arguments of the Python interpreter for a child process that fills the cache; it ends with its standard input."""
    source = str(PACKAGE.parent)
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); sys.path.insert(0, sys.argv[1]); "
        "from regdesk.compiling.engine_cache import end_with_parent, fill_missing; "
        "end_with_parent(); fill_missing(sys.argv[2:])"
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
def _alone_at(files: CompiledFiles, piece: str, waits: bool) -> Iterator[bool | None]:
    """Wait until no other process compiles ``piece``, or one has, and it only needs loading.

    Gives whether it only needs loading; None when another one is at it and ``waits`` is False. The system lifts the
    lock of a process that ends, however it does.
    """
    with ExitStack() as stack:
        lock = files.open_lock(f"{piece}.lock")
        if lock is not None:
            stack.enter_context(lock)
        is_complete: bool | None = files.is_complete(piece)
        while not is_complete and lock is not None and not try_lock(lock.fileno()):
            if not waits:
                is_complete = None
                break
            time.sleep(LOOK_AGAIN_S)
            is_complete = files.is_complete(piece)
        if is_complete is False:
            _tidy(files, piece)
        yield is_complete


def _tidy(files: CompiledFiles, own: str) -> None:
    """Tidy the folder unless somebody is at another piece than our ``own``."""
    with ExitStack() as stack:
        for piece in (piece for pieces in PIECES.values() for piece in pieces if piece != own):
            lock = files.open_lock(f"{piece}.lock")
            if lock is None or not try_lock(stack.enter_context(lock).fileno()):
                return
        files.tidy()


def _is_whole(folder: Path) -> bool:
    files = CompiledFiles(folder, digests_of_sources())
    return all(files.marker_path(piece).exists() for pieces in PIECES.values() for piece in pieces)
