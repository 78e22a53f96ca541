"""A disk that fails when new files are in their place: who wrote them is told, and what is there is whole."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from regdesk.data.files.whole_files import NotOnDisk, write_whole


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not brought to the disk there")
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EINVAL])
def test_a_disk_that_fails_when_all_is_in_place_is_told_of(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, bring_to_disk = tmp_path / "model.regdesk", os.fsync

    def fail(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode) and path.exists():
            raise OSError(code, os.strerror(code))
        bring_to_disk(descriptor)

    monkeypatch.setattr(os, "fsync", fail)
    if code == errno.EINVAL:
        # A disk that does not know it of folders has done what it can.
        write_whole(path, b"new")
    else:
        with pytest.raises(NotOnDisk, match=f"a power failure may undo it: {os.strerror(code)}"):
            write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    # Before its turn comes nothing is changed.
    if code != errno.EINVAL:
        with pytest.raises(OSError, match=os.strerror(code)) as told:
            write_whole(path, b"newer")
        assert not isinstance(told.value, NotOnDisk)
        assert path.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["model.regdesk"]
