"""numba's ``njit`` with a cache that can be trusted: machine code is unpickled only where its store vouches for it.

numba's own unpickles whatever lies in its folder. A damaged file then ends in any of a dozen exceptions, or in
machine code that runs and is wrong. This rests on what numba's caching has had in common from 0.60 to 0.68: a
dispatcher's ``_cache``, a locator, and ``FunctionCache`` with ``_impl_class`` and ``_cache_file`` (``load``, ``save``).
"""

from __future__ import annotations

import hashlib
import pickle
from typing import Any

import numba
from numba.core.caching import CompileResultCacheImpl, FunctionCache, IndexDataCacheFile, _CacheLocator
from numba.core.serialize import dumps

from regdesk.core.engine.code_store import chosen_store, numba_is_loaded
from regdesk.core.engine.units import INNER_UNIT, PART, UNIT

numba_is_loaded()


def njit(*, cache=False, inner=False, allocates=False, **options):
    """As ``numba.njit`` with these options, but a part: only compiled code can call it, and its own copy.

    Only what ``allocates`` arrays, or calls what does, brings numba's counting of references, which takes a tenth of
    the time to compile. With ``cache`` a unit, whose code is kept in the store that ``code_store`` names; Python calls
    it, or with ``inner`` compiled code does, at ``units.address_of`` it.
    """
    pipeline = (INNER_UNIT if inner else UNIT) if cache else PART

    def decorate(function):
        own: Any = {"pipeline_class": pipeline, "_nrt": allocates}
        compiled: Any = numba.njit(**own, **options)(function)
        # NUMBA_DISABLE_JIT gives the function back as it is.
        if cache and hasattr(compiled, "enable_caching"):
            compiled._cache = StoredCode(function)
        return compiled

    return decorate


class StoredCode(FunctionCache):
    """numba's cache of one function, but that code goes through the store."""

    def __init__(self, function):
        self._impl_class = _Packing
        super().__init__(function)
        self._cache_file = _StoredCompilations(self._impl.filename_base)


class _NoPlace(_CacheLocator):
    """Where numba would keep a function's files: it keeps none, and asks for a stamp that the store has no use for."""

    def __init__(self, function, file):
        # numba names it when it warns that something cannot be cached.
        self._py_file = file
        self._line = function.__code__.co_firstlineno

    def ensure_cache_path(self):
        pass

    def get_cache_path(self):
        return ""

    def get_source_stamp(self):
        return ""

    def get_disambiguator(self):
        return str(self._line)

    @classmethod
    def from_function(cls, function, file):
        return cls(function, file)


class _Packing(CompileResultCacheImpl):
    """What numba makes of a compilation to keep it, and back."""

    def __init__(self, function):
        self._locator_classes = [_NoPlace]
        super().__init__(function)


class _StoredCompilations(IndexDataCacheFile):
    """The compilations of one function, by numba's keys: argument types, processor, and hashes of its bytecode."""

    def __init__(self, function):
        # Nothing of numba's own, which has files.
        self._function = function

    def load(self, key):
        """What was saved under ``key``, or None."""
        store = chosen_store()
        code = store.read(self._function, _digest_of(key)) if store is not None else None
        if code is None:
            return None
        saved_key, data = pickle.loads(code)
        # The words for two keys might be the same, the keys are not.
        return data if saved_key == key else None

    def save(self, key, data):
        store = chosen_store()
        if store is not None:
            store.write(self._function, _digest_of(key), dumps((key, data)))

    def flush(self):
        """numba calls it before it compiles anew, which then takes the place of what was saved."""


def _digest_of(key):
    return hashlib.sha256(repr(key).encode()).hexdigest()
