"""Names that are those of no file that can be looked into: nobody waits for them, and nothing is raised."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from regdesk.data.files.model_file import is_model_file
from regdesk.data.files.ordinary_files import is_ordinary
from regdesk.data.sessions.session_file import is_session_file


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "none", "", "one.csv/below a file"])
def test_a_name_of_no_file_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / "one.csv").write_text("a\n1\n")
    assert is_ordinary(tmp_path / "one.csv")
    path = tmp_path / name
    assert (is_ordinary(path), is_model_file(path), is_session_file(path)) == (False, False, False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_nobody_waits_for_what_a_pipe_says(tmp_path: Path) -> None:
    for name in ("pipe", "pipe.zip"):
        path = tmp_path / name
        os.mkfifo(path)
        assert (is_ordinary(path), is_model_file(path), is_session_file(path)) == (False, False, False)
