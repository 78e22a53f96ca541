"""``regdesk info`` says what is so, changes nothing, and needs no Qt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from regdesk import __version__
from regdesk.app import main
from regdesk.compiling import engine_cache
from regdesk.compiling.engine_state import engine_folder
from regdesk.upkeep.places import places
from regdesk.upkeep.sizes import size_of, size_text


def test_the_record_says_what_is_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["versions"]["regdesk"] == __version__
    for name in ("numpy", "numba", "llvmlite", "pyqtgraph"):
        assert record["versions"][name] == metadata.version(name)
    assert record["versions"]["Python"] == sys.version.split()[0]
    assert record["extras"]["scikit-learn"] == metadata.version("scikit-learn")
    assert record["processor"]["cores"] <= os.cpu_count()
    # Tests keep no preferences, and nothing else of a process.
    assert record["folders"]["preferences"]["path"] is None
    assert record["folders"]["cache"]["path"] == str(places().cache)
    assert record["engine"]["folder"] == str(engine_cache.prepare_cache_folder()) == str(engine_folder())
    assert record["engine"]["parts"] == {part: engine_cache.is_filled(part) for part in engine_cache.PARTS}


def test_the_text_has_every_line_of_the_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info"]) == 0
    text = capsys.readouterr().out
    for words in ("regdesk ", "numba ", "features: ", "crash logs: not kept", "float32: "):
        assert words in text


def test_nothing_is_made_where_nothing_is(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("REGDESK_ENGINE_FOLDER",)} | {
        "REGDESK_SETTINGS": str(tmp_path / "mine.ini"),
        "NUMBA_CACHE_DIR": str(tmp_path / "cache"),
    }
    program = (
        "import sys; from regdesk.app import main; status = main(['info', '--json']); "
        "assert not [name for name in sys.modules if name.startswith('PySide6')]; sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=600, check=True
    )
    record = json.loads(done.stdout)
    assert record["folders"]["recovery"] == {
        "path": str(tmp_path / "mine.ini.state" / "recovery"), "exists": False, "n_files": 0, "n_bytes": 0,
    }  # fmt: skip
    assert set(record["engine"]["parts"].values()) == {False}
    assert list(tmp_path.iterdir()) == []


def test_sizes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one").write_bytes(b"x" * 700)
    (tmp_path / "two").write_bytes(b"x" * 300)
    (tmp_path / "link").symlink_to(tmp_path)
    assert size_of(tmp_path) == (2, 1000)
    assert size_of(tmp_path / "two") == (1, 300)
    assert size_of(tmp_path / "gone") == (0, 0)
    texts = [size_text(n) for n in (0, 999, 1000, 4200, 99_000, 123_456, 999_600, 5_200_000, 3_000_000_000)]
    assert texts == ["0 bytes", "999 bytes", "1 KB", "4.2 KB", "99 KB", "123 KB", "1 MB", "5.2 MB", "3 GB"]
