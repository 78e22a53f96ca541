"""The window on a machine without fonts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from warm_processes import warm_run

from regdesk.desktop.fonts import NO_FONTS

WINDOW = """
import sys
from PySide6.QtCore import QTimer
from regdesk.desktop import program
from regdesk.start import main

build = program.build
def build_and_look(arguments, **options):
    window, controller = build(arguments, **options)
    def look():
        if window.state()["epoch"] > 5:
            window.close()
    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(20)
    return window, controller
program.build = build_and_look
sys.exit(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system has its own")
def test_it_trains_and_says_why_it_shows_no_letter(engine: None, tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><dir>{tmp_path / 'none'}</dir></fontconfig>")
    done = warm_run("-c", WINDOW, "--run", env=os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")})
    said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert (done.returncode, said) == (0, [f"regdesk: {NO_FONTS}"])
