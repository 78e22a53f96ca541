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
from PySide6.QtWidgets import QLabel, QWidget
names = window.findChild(QLabel, "targetLabel").isVisible(), window.findChild(QWidget, "upDownButton").isVisible()
before = [window.data_fit.readout, window.loss_curve.readout, window.findChild(QLabel, "dataTitle").text(), *names]
controller = next(one for one in window.children() if type(one).__name__ == "Controller")
controller.frame_shown.connect(loop.quit)
loop.exec()
after = window.findChild(QLabel, "targetLabel").isVisible(), window.loss_curve.readout
window.close()
print(painted, all(readouts.values()), "pyqtgraph" in sys.modules)
print(*before, *after, sep="|")
"""


def test_the_first_paint_comes_before_pyqtgraph_and_says_what_to_do(engine: None) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "REGDESK_SETTINGS": ""}
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(ROOT)], env=environment, capture_output=True, text=True, timeout=120,
        check=True,
    )  # fmt: skip
    first, words = done.stdout.splitlines()[:2]
    assert first == "[False] True True"
    reading = "Reading Noisy curve …"
    # No name stands over nothing, and nobody is told to open what is being opened.
    assert words.split("|")[:5] == [reading, reading, "Noisy curve", "False", "False"]
    assert words.split("|")[5:] == ["True", "Press Sweep (F5) to see the loss at every λ."]
