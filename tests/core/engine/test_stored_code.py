"""numba's cache through the store: damaged machine code is compiled again, and never run or unpickled."""

from __future__ import annotations

import importlib
import os
import pickle
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numba.core.caching import NullCache
from numba.core.dispatcher import Dispatcher

from regdesk.compiling import engine_cache
from regdesk.compiling.compiled_files import CompiledFiles
from regdesk.core import engine
from regdesk.core.engine.code_store import use_store
from regdesk.core.engine.stored import StoredCode, njit

NUMBERS = np.arange(5.0)


def weighted_sum(numbers):
    total = 0.0
    for place in range(numbers.size):
        total += (place + 1) * numbers[place]
    return total


RIGHT = sum((place + 1) * number for place, number in enumerate(NUMBERS))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    # The engine's own again.
    engine_cache.prepare_cache_folder()


def run(folder: Path, numbers: Any = NUMBERS) -> tuple[int, int]:
    """As a process that has just started: how often code was found, and how often it was compiled."""
    use_store(CompiledFiles(folder))
    compiled = njit(cache=True, nogil=True)(weighted_sum)
    assert compiled(numbers) == RIGHT
    return sum(compiled.stats.cache_hits.values()), sum(compiled.stats.cache_misses.values())


def files_of(folder: Path) -> tuple[Path, Path]:
    (index,) = folder.glob("*.nbi")
    (code,) = folder.glob("*.nbc")
    return index, code


def test_code_is_compiled_once(folder: Path) -> None:
    assert [run(folder) for _ in range(3)] == [(0, 1), (1, 0), (1, 0)]


def test_code_for_other_types_is_kept_beside_it(folder: Path) -> None:
    single = NUMBERS.astype(np.float32)
    assert [run(folder), run(folder, single), run(folder), run(folder, single)] == [(0, 1), (0, 1), (1, 0), (1, 0)]
    assert len(list(folder.glob("*.nbc"))) == 2


def test_without_a_store_nothing_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_store(None)
    monkeypatch.chdir(folder)
    compiled = njit(cache=True)(weighted_sum)
    assert compiled(NUMBERS) == RIGHT
    assert sum(compiled.stats.cache_misses.values()) == 1
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("kind", [0, 1], ids=["index", "code"])
@pytest.mark.parametrize("share", [0.0, 0.2, 0.51, 0.83, 0.97])
def test_a_flipped_byte_is_compiled_again(kind: int, share: float, folder: Path) -> None:
    run(folder)
    path = files_of(folder)[kind]
    content = bytearray(path.read_bytes())
    content[int(share * len(content))] ^= 0x55
    path.write_bytes(content)
    assert [run(folder), run(folder)] == [(0, 1), (1, 0)]


@pytest.mark.parametrize("kind", [0, 1], ids=["index", "code"])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
@pytest.mark.parametrize("filling", [b"", b"\0"], ids=["cut off", "ends in zeros"])
def test_a_half_written_file_is_compiled_again(kind: int, share: float, filling: bytes, folder: Path) -> None:
    run(folder)
    path = files_of(folder)[kind]
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))].ljust(len(content) if filling else 0, filling or b" "))
    assert [run(folder), run(folder)] == [(0, 1), (1, 0)]


class Foreign:
    """Unpickled, it makes a folder."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self.path,)


@pytest.mark.parametrize("kind", [0, 1], ids=["index", "code"])
def test_a_foreign_pickle_is_not_unpickled(kind: int, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    run(folder)
    made = tmp_path_factory.mktemp("foreign") / "made"
    files_of(folder)[kind].write_bytes(pickle.dumps(Foreign(made)))
    assert [run(folder), run(folder)] == [(0, 1), (1, 0)]
    assert not made.exists()


def test_code_of_another_function_is_not_run(folder: Path) -> None:
    """As if two keys had one digest: what is in the file is the last word."""
    run(folder)
    index, code = files_of(folder)
    key, _ = pickle.loads(code.read_bytes())
    digest_of_key = index.read_text().split()[1]
    CompiledFiles(folder).write(
        index.stem.rpartition(".")[0], digest_of_key, pickle.dumps((key[:-1], "something else"))
    )
    assert [run(folder), run(folder)] == [(0, 1), (1, 0)]


def test_all_that_the_engine_keeps_goes_through_the_store() -> None:
    kept = []
    for module in pkgutil.iter_modules(engine.__path__, f"{engine.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Dispatcher) and not isinstance(value._cache, NullCache):
                assert isinstance(value._cache, StoredCode), value
                kept.append(value)
    assert len({id(one) for one in kept}) >= 14
