"""Whether the program starts wherever it is: languages, homes that are none, small and dense screens, no fonts.

    python tests/reliability/places.py [--only WORD] [--seconds 2]

In each place the whole program (offscreen) opens a file, trains, is looked at and closed, and ``regdesk fit --json``
fits the same file; numbers are to be those of the first place to the last bit. Locales are made by ``localedef`` in a
folder of this script where it and its sources are there; else Python and Qt are only told their names. Prints a
Markdown table: what was not as usual stands in the last column, with what the program said about it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import watched_program
from watched_program import ROOT, Report

PATIENCE_S = 120.0
LOCALES = {"C": None, "de_DE": "UTF-8", "tr_TR": "UTF-8", "ar_EG": "UTF-8"}
USUAL_PX, SMALL_PX = (1920, 1080), (1024, 600)
SAMPLE = "noisy-curve"


@dataclass
class Place:
    """What differs from the usual: ``without`` are variables that are not there; ``prepare`` makes the home."""

    variables: dict[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    screen_px: tuple[int, int] = USUAL_PX
    prepare: Callable[[Path], dict[str, str]] = lambda _folder: {}


def _home_below_a_file(folder: Path) -> dict[str, str]:
    # Nobody can make a folder there, root included.
    (folder / "a file").write_text("")
    return {"HOME": str(folder / "a file" / "home")}


def _home_of_letters(folder: Path) -> dict[str, str]:
    home = folder / "Meine Daten 🎈 äöü"
    home.mkdir()
    return {"HOME": str(home)}


def _home_that_is_not_there(folder: Path) -> dict[str, str]:
    return {"HOME": str(folder / "not" / "there")}


def _nothing_can_be_written(folder: Path) -> dict[str, str]:
    return _home_below_a_file(folder) | {"TMPDIR": str(folder / "a file" / "tmp")}


def screen_of(folder: Path, size_px: tuple[int, int]) -> dict[str, str]:
    """A screen of that size; by itself the platform says 800 × 800, which holds no window of the usual size."""
    screen = {"name": "one", "x": 0, "y": 0, "width": size_px[0], "height": size_px[1]}
    given = {"screens": [screen | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}
    (folder / "screens.json").write_text(json.dumps(given))
    return {"QT_QPA_PLATFORM": f"offscreen:configfile={folder / 'screens.json'}"}


def _no_fonts(folder: Path) -> dict[str, str]:
    (folder / "fonts.conf").write_text(f"<fontconfig><dir>{folder / 'none'}</dir></fontconfig>")
    return {"FONTCONFIG_FILE": str(folder / "fonts.conf")}


OWN = ("REGDESK_SETTINGS", "NUMBA_CACHE_DIR")
"""What ``environment`` sets to be apart; without them preferences and compiled code are in the home."""
PERSONAL = ("LANG", "LC_ALL", "HOME", "TMPDIR", "XDG_RUNTIME_DIR", "USER", "LOGNAME")
PLACES: dict[str, Place] = {
    "usual": Place(),
    **{f"locale {name}": Place({"LC_ALL": f"{name}.{code}" if code else name}) for name, code in LOCALES.items()},
    "no HOME": Place(without=("HOME", *OWN)),
    "HOME is not there": Place(without=OWN, prepare=_home_that_is_not_there),
    "HOME below a file": Place(without=OWN, prepare=_home_below_a_file),
    "HOME with blanks and emoji": Place(without=("REGDESK_SETTINGS",), prepare=_home_of_letters),
    "nothing can be written": Place(without=OWN, prepare=_nothing_can_be_written),
    "1024 × 600": Place(screen_px=SMALL_PX),
    "two device pixels a pixel": Place({"QT_SCALE_FACTOR": "2"}, screen_px=(2 * USUAL_PX[0], 2 * USUAL_PX[1])),
    "no fonts": Place(prepare=_no_fonts),
    "no environment but PATH": Place(without=(*PERSONAL, *OWN)),
}


def is_fitting(window_px: tuple[int, int], frame_px: tuple[int, int], screen_px: tuple[int, int]) -> bool:
    """Whether a screen can show the window and its title; edges at its sides (2 pixels here) hold no words."""
    return window_px[0] <= screen_px[0] and frame_px[1] <= screen_px[1]


def child(folder: Path, seconds: float) -> int:
    """The program, looked at after ``seconds`` of training, then closed; what it shows is written to ``seen.json``."""

    def begin(window: Any, controller: Any, watch: watched_program.Watch) -> None:
        from PySide6.QtCore import QTimer

        def look() -> None:
            picture = window.grab().toImage()
            colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
            room, frame = window.screen().availableGeometry().size(), window.frameGeometry().size()
            values = {
                "n_colours": len(colours),
                "epoch": window.state()["epoch"],
                "status": window.state()["status"],
                "is_fitting": is_fitting(window.size().toTuple(), frame.toTuple(), room.toTuple()),
                "size": [picture.width(), picture.height()],
            }
            (folder / "seen.json").write_text(json.dumps(values), encoding="utf-8")
            watch.during = "closing"
            window.close()

        begun: list[int] = []

        def on_frame(frame: Any) -> None:
            if frame.snapshot.step and not begun:
                begun.append(1)
                QTimer.singleShot(round(1000 * seconds), window, look)

        controller.frame_shown.connect(on_frame)

    from PySide6.QtGui import QGuiApplication

    # The program fits no window on a platform of this name, which says a screen of its own making; here it is given.
    QGuiApplication.platformName = staticmethod(lambda: "given screen")  # type: ignore[assignment]
    file = ROOT / "resources" / "samples" / f"{SAMPLE}.csv"
    return watched_program.run([str(file), "--run"], begin, folder / "report.json")


def made_locales(folder: Path) -> dict[str, str]:
    """Where the C library finds the locales that could be made; nothing where none could be."""
    if shutil.which("localedef") is None:
        return {}
    done = [
        subprocess.run(
            ["localedef", "-i", name, "-f", code, str(folder / f"{name}.{code}")], capture_output=True, check=False
        ).returncode
        for name, code in LOCALES.items()
        if code
    ]
    # 1 is a warning, and the locale is there.
    return {"LOCPATH": str(folder)} if all(status in (0, 1) for status in done) else {}


def tried(title: str, place: Place, locales: dict[str, str], seconds: float) -> tuple[str, str, str]:
    """Cells of a row: status and what was shown, the digest of the fit, and what is not as usual."""
    with tempfile.TemporaryDirectory(prefix="places-") as name:
        folder = Path(name)
        own = watched_program.environment(folder) | screen_of(folder, place.screen_px)
        own |= locales | place.variables | place.prepare(folder)
        own = {key: value for key, value in own.items() if key not in place.without}
        command = [sys.executable, __file__, "--child", name, "--seconds", str(seconds)]
        window = subprocess.run(
            command, env=own, capture_output=True, text=True, errors="replace", timeout=PATIENCE_S, check=False
        )
        file = ROOT / "resources" / "samples" / f"{SAMPLE}.csv"
        fit = subprocess.run(
            [sys.executable, "-m", "regdesk", "fit", str(file), "--target", "temperature", "--epochs", "50", "--json"],
            env=own, cwd=folder, capture_output=True, text=True, errors="replace", timeout=PATIENCE_S, check=False,
        )  # fmt: skip
        report = Report.from_json((folder / "report.json").read_text()) if (folder / "report.json").exists() else None
        seen = json.loads((folder / "seen.json").read_text()) if (folder / "seen.json").exists() else {}
    said = [line for line in window.stderr.splitlines() if not line.startswith(watched_program.UNSAID)]
    said += fit.stderr.splitlines()
    odd = [*(report.errors + report.words + report.warnings if report else ["no report"]), *said]
    if not seen.get("is_fitting", True):
        odd.append("the window is larger than the screen")
    if seen.get("n_colours", 0) < 30:
        odd.append(f"{seen.get('n_colours', 0)} colours")
    digest = json.loads(fit.stdout)["weights_digest"][:12] if fit.returncode == 0 else f"status {fit.returncode}"
    words = f"{window.returncode}, epoch {seen.get('epoch')}, {seen.get('size')}"
    return words, digest, "; ".join(dict.fromkeys(odd)).replace("|", "¦")


def main(given: argparse.Namespace) -> None:
    print("| place | window: status, epoch, pixels | digest of the fit | not as usual |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="locales-") as name:
        locales = made_locales(Path(name))
        for title, place in PLACES.items():
            if given.only in title:
                used = locales if title.startswith("locale") else {}
                note = "" if used or not title.startswith("locale") else " (only its name)"
                print(f"| {title}{note} | {' | '.join(tried(title, place, used, given.seconds))} |", flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="WORD", help="places whose name has this in it")
    parser.add_argument("--seconds", type=float, default=2.0, metavar="S", help="of training, before it is looked at")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child is not None:
        raise SystemExit(child(given.child, given.seconds))
    main(given)
