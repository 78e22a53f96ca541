"""Libraries are opened ahead of Python's own import, which is as it was afterwards."""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
from pathlib import Path

import pytest

from regdesk.workers.preload_libraries import opened_beside_the_window

EXTENSION = "_testbuffer"


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is done there")
def test_an_extension_is_opened_before_it_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = pytest.importorskip(EXTENSION).__spec__
    opened: list[str] = []

    class Noted:
        """The process's own library, of which only the opening of others is asked."""

        def __init__(self, name: str | None) -> None:
            assert name is None

        def dlopen(self, library: bytes, _how: int) -> None:
            opened.append(os.fsdecode(library))

    monkeypatch.setattr(ctypes, "CDLL", Noted)
    monkeypatch.delitem(sys.modules, EXTENSION)
    finders = list(sys.meta_path)
    with opened_beside_the_window():
        importlib.import_module(EXTENSION)
    assert sys.meta_path == finders
    assert spec is not None
    assert spec.origin in opened
    assert any(Path(library).name.startswith("libllvmlite") for library in opened)


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is done there")
def test_what_cannot_be_opened_is_left_to_the_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    suffix = importlib.machinery.EXTENSION_SUFFIXES[0]
    (tmp_path / f"not_a_library{suffix}").write_bytes(b"nothing")
    monkeypatch.syspath_prepend(tmp_path)
    finders = list(sys.meta_path)
    with pytest.raises(ImportError), opened_beside_the_window():
        importlib.import_module("not_a_library")
    assert sys.meta_path == finders
