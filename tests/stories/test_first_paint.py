"""The first paint waits for no plot: pyqtgraph and what is drawn with it come afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIRST_PAINT = """
import sys
sys.path.insert(0, sys.argv[1])
from regdesk.app import create_window
window = create_window([])
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
painted, loop = [], QEventLoop()
window.painted.connect(lambda: painted.append("pyqtgraph" in sys.modules))
window.painted.connect(loop.quit)
loop.exec()
readouts = {panel.objectName(): panel.readout for panel in window.panels}
controller = next(one for one in window.children() if type(one).__name__ == "Controller")
controller.frame_shown.connect(loop.quit)
loop.exec()
window.close()
print(painted, all(readouts.values()), "pyqtgraph" in sys.modules)
"""


def test_the_first_paint_comes_before_pyqtgraph_and_says_what_to_do(engine: None) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "REGDESK_SETTINGS": ""}
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(ROOT)], env=environment, capture_output=True, text=True, timeout=120,
        check=True,
    )  # fmt: skip
    assert done.stdout.split("\n")[0] == "[False] True True"
