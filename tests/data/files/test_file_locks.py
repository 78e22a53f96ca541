"""Locks of files: one process has them, and a file system without any keeps nobody waiting."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from regdesk.data.files.file_locks import take_lock, try_lock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows locks by other calls")


def test_a_lock_is_had_once_until_its_file_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with path.open("w") as first:
        assert take_lock(first.fileno())
        with path.open("w") as second:
            assert not take_lock(second.fileno())
            assert not try_lock(second.fileno())
    with path.open("w") as third:
        assert try_lock(third.fileno())


def test_where_there_are_no_locks_one_that_is_tried_for_counts_as_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_descriptor: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    with (tmp_path / "lock").open("w") as file:
        with pytest.raises(OSError, match="no locks"):
            take_lock(file.fileno())
        assert try_lock(file.fileno())
