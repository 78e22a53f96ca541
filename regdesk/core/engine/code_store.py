"""Where compiled code is kept between launches, as the engine sees it: it opens no file, but is handed a store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class CodeStore(Protocol):
    """Bytes of compiled code by the name of a function and the key of one compilation of it (64 hex digits)."""

    def read(self, function: str, key: str) -> bytes | None:
        """Exactly what was written, or None: what is not sure to be that is as good as not there."""

    def write(self, function: str, key: str, code: bytes) -> None:
        """Keep ``code`` where that is possible; where it is not, it is compiled again at the next launch."""


class _Chosen:
    """The store in use, and what is to be done with numba."""

    store: CodeStore | None = None
    with_numba: Callable[[], None] | None = None


def use_store(store: CodeStore | None) -> None:
    """From now on code is kept in ``store``; None (as at first): nowhere."""
    _Chosen.store = store


def chosen_store() -> CodeStore | None:
    """The store in use; looked up for every function, because they are decorated before it is chosen."""
    return _Chosen.store


def call_with_numba(function: Callable[[], None]) -> None:
    """Call ``function`` when numba is loaded, before anything is compiled; to be said before the engine is imported."""
    _Chosen.with_numba = function


def numba_is_loaded() -> None:
    """The engine says so."""
    if _Chosen.with_numba is not None:
        _Chosen.with_numba()
