"""What the window does when the disk is full, or read-only, at each call of writing: nothing lost, and a sentence.

    python tests/reliability/full_disk_window.py [--only WORD] [--most 25] [--keep FOLDER]

One whole program (offscreen) writes each thing that a window writes, and writes it again while each of the calls of
writing fails, one after the other, with all that come after it. Afterwards every file must be whole (as it was before,
or new), nothing half-written may be left in the folder, and the window must say that it failed, with the reason and the
name of the file, or of the folder where it has chosen the names. Then a folder has the name of one of the files: it
must be there afterwards, the other files as they were, and the name said. Prints a Markdown table, a row for each thing
and fault. What C++ writes (preferences) is not reached.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import watched_program
from full_disk import FAULTS, Injection, content_of
from watched_program import ROOT, Report

LOOK_MS, SETTLED_LOOKS, MOST_LOOKS = 50, 12, 400
SHORTER = 0.5
"""A file of less than that of its usual size is none that is whole."""
Act = Callable[[Any, Any, Path], None]


def _trigger(name: str) -> Act:
    def act(window: Any, _controller: Any, _here: Path) -> None:
        from PySide6.QtGui import QAction

        window.findChild(QAction, f"{name}Action").trigger()

    return act


def _save_session(_window: Any, controller: Any, here: Path) -> None:
    controller.keeper.saver.save_to(str(here / "session.regdesk"), False)


def _keep(window: Any, controller: Any, _here: Path) -> None:
    from regdesk.desktop.recovery.autosave import Autosave

    controller.session.change("training.lam", controller.session.configuration.training.lam * 1.01)
    window.findChild(Autosave).look()


def _click_in(name: str, button: str) -> Act:
    def act(window: Any, controller: Any, here: Path) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton

        _trigger(name)(window, controller, here)
        dialog = window.findChild(QDialog, f"{name}Dialog")
        edit = dialog.findChild(QLineEdit, f"{name}FolderEdit")
        if edit is not None:
            edit.setText(str(here))
        save = dialog.findChild(QPushButton, button)

        def click() -> None:
            # What is to be written may still be worked out.
            if save.isEnabled():
                save.click()
            else:
                QTimer.singleShot(LOOK_MS, save, click)

        click()

    return act


ACTS: dict[str, tuple[str, Act]] = {
    "session": ("session.regdesk", _save_session),
    "unsaved work": ("", _keep),
    "model": ("model.regdesk", _trigger("saveModel")),
    "text of settings": ("settings.txt", _trigger("saveSettings")),
    "report": ("report.pdf", _trigger("report")),
    "code": ("code.py", _click_in("export", "saveExportButton")),
    "pictures": ("", _click_in("pictures", "picturesSaveButton")),
    "tables": ("", _click_in("tables", "tablesSaveButton")),
}
"""The place that a file dialog answers with, and the act; unsaved work goes into the folder of the process."""


def texts_of(window: Any) -> str:
    """All that the window and its dialogs say."""
    from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

    labels = [one.text() for top in QApplication.topLevelWidgets() for one in top.findChildren(QLabel)]
    boxes = [one.text() for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)]
    return "\n".join([*labels, *boxes, str(window.state()["status"])])


def times_of(folder: Path) -> dict[str, int]:
    """When each file of ``folder`` was written: another time is another file."""
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def others(before: dict[str, int], after: dict[str, int]) -> set[str]:
    """Names of files that are new."""
    return {name for name, time_ns in after.items() if before.get(name) != time_ns}


def may_be_silent(code: int, n_failed: int, written: set[str], new: set[str]) -> bool:
    """Whether nothing need be said: the last call alone was refused, and all that is ``written`` is new.

    That call brings the folder's names to the disk. A folder that may be written to and not read cannot be brought
    there, which is no failure of the disk.
    """
    return code == errno.EACCES and n_failed == 1 and bool(written) and written <= new


class Writing:
    """Goes through all acts, as a generator of looks; ``rows`` are cells of the table."""

    def __init__(self, window: Any, controller: Any, folder: Path, given: argparse.Namespace) -> None:
        self._window, self._controller, self._given = window, controller, given
        self._here, self._state = folder / "here", folder / "settings.ini.state" / "recovery"
        self._here.mkdir()
        self._injection = Injection(self._here, None, 0)
        self._injection.install()
        self.rows: list[str] = []

    def go(self) -> Iterator[None]:
        from PySide6.QtWidgets import QFileDialog, QMessageBox

        from regdesk.desktop.taking import saved_files

        # Whether old files may be replaced, which nobody is there to answer.
        QMessageBox.question = staticmethod(lambda *_: QMessageBox.StandardButton.Yes)  # type: ignore[assignment]
        saved_files.may_replace = lambda *_: True
        while self._controller.moment() is None:
            yield
        self._window.commands.run.trigger()
        yield
        for title, (place, act) in ACTS.items():
            if self._given.only not in title:
                continue
            found = str(self._here / place) if place else ""
            QFileDialog.getSaveFileName = staticmethod(lambda *_, found=found: (found, ""))  # type: ignore[assignment]
            self._injection.folder = self._state if act is _keep else self._here
            yield from self._all_faults(title, act, place or str(self._here))
            if act is not _keep:
                yield from self._under_a_folders_name(title, act, place)

    def _under_a_folders_name(self, title: str, act: Act, place: str) -> Iterator[None]:
        """What is written has the name of a folder."""
        self._injection.at, self._injection.n_calls = None, 0
        yield from self._done(act)
        self._close_dialogs()
        name = place or max(content_of(self._here), key=lambda one: (self._here / one).stat().st_mtime_ns)
        (self._here / name).unlink()
        (self._here / name).mkdir()
        whole = content_of(self._here)
        self._window.show_status("")
        self._injection.n_calls = 0
        yield from self._done(act)
        wrong = [] if (self._here / name).is_dir() else [f"{name} is no folder any more"]
        wrong += [f"{one} is another" for one, content in whole.items() if content_of(self._here).get(one) != content]
        wrong += [] if name in texts_of(self._window) else [f"{name} is not named"]
        self.rows.append(f"| {title} | a folder has that name | {name} | {len(wrong)} | {'; '.join(wrong[:3])} |")
        self._close_dialogs()
        (self._here / name).rmdir()
        yield

    def _all_faults(self, title: str, act: Act, named: str) -> Iterator[None]:
        injection = self._injection
        injection.at, injection.n_calls = None, 0
        times = times_of(injection.folder)
        yield from self._done(act)
        whole, n_calls = content_of(injection.folder), injection.n_calls
        written = others(times, times_of(injection.folder))
        for fault, code in FAULTS.items():
            wrong: list[str] = []
            places = range(0, n_calls, max(1, -(-n_calls // self._given.most)))
            for at in places:
                injection.at, injection.code, injection.n_calls = at, code, 0
                self._window.show_status("")
                times = times_of(injection.folder)
                yield from self._done(act)
                n_failed, injection.at = injection.n_calls - at, None
                new = others(times, times_of(injection.folder))
                is_said = n_failed > 0 and act is not _keep and not may_be_silent(code, n_failed, written, new)
                words = (os.strerror(code), named) if is_said else ()
                wrong += [f"call {at + 1}: {one}" for one in self._faults_of(whole, words)]
                self._close_dialogs()
                yield
            self.rows.append(
                f"| {title} | {fault} | {len(places)} of {n_calls} | {len(wrong)} | {'; '.join(wrong[:3])} |"
            )

    def _done(self, act: Act) -> Iterator[None]:
        """Until no more is written."""
        act(self._window, self._controller, self._here)
        n_calls, n_same = -1, 0
        for _ in range(MOST_LOOKS):
            yield
            n_same = n_same + 1 if self._injection.n_calls == n_calls and n_calls else 0
            n_calls = self._injection.n_calls
            if n_same >= SETTLED_LOOKS:
                return

    def _faults_of(self, whole: dict[str, bytes], words: tuple[str, ...]) -> Iterator[str]:
        """``words`` are what is to be said."""
        now = content_of(self._injection.folder)
        for name, content in whole.items():
            if name not in now:
                yield f"{name} is lost"
            elif len(now[name]) < SHORTER * len(content):
                yield f"{name} has {len(now[name])} bytes, and had {len(content)}"
        left = [name for name in now if name not in whole and ".part" not in name]
        if left:
            yield f"left: {left}"
        # That work could not be kept for a crash is said once.
        said = texts_of(self._window)
        yield from (f"{word!r} is not said" for word in words if word not in said)

    def _close_dialogs(self) -> None:
        from PySide6.QtWidgets import QApplication, QDialog, QLabel

        for top in QApplication.topLevelWidgets():
            if isinstance(top, QDialog) and top.isVisible():
                for label in top.findChildren(QLabel):
                    if any(os.strerror(code) in label.text() for code in FAULTS.values()):
                        label.clear()
                top.reject()


def child(given: argparse.Namespace) -> int:
    def begin(window: Any, controller: Any, watch: watched_program.Watch) -> None:
        from PySide6.QtCore import QTimer

        writing = Writing(window, controller, given.child, given)
        going = writing.go()

        def step() -> None:
            is_over = next(going, "over") == "over"
            (given.child / "rows.json").write_text(json.dumps(writing.rows))
            if is_over:
                controller.keeper.saver.discarded.emit()
                window.may_close = None
                window.close()
                return
            QTimer.singleShot(LOOK_MS, window, step)

        watch.during = "writing"
        step()

    return watched_program.run(["--run"], begin, given.child / "report.json")


def main(given: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="full-window-") as name:
        folder = given.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "settings.ini").write_text("[General]\nis_begun=true\n")
        options = [f"--only={given.only}", f"--most={given.most}"]
        own = watched_program.environment(folder) | {"REGDESK_AUTOSAVE_S": "3600"}
        command = [sys.executable, __file__, "--child", str(folder), *options]
        done = subprocess.run(command, env=own, capture_output=True, text=True, check=False)
        report, rows = folder / "report.json", folder / "rows.json"
        seen = Report.from_json(report.read_text()) if report.exists() else Report(errors=["no report"])
        print("| written | disk | fails at each of so many calls | not as it should be | which |")
        print("|---|---|---|---|---|")
        print("\n".join(json.loads(rows.read_text()) if rows.exists() else []))
        if seen.errors or seen.words or done.returncode:
            print(
                "\n".join([f"status {done.returncode}", *seen.errors, *seen.words, done.stderr[-3000:]]),
                file=sys.stderr,
            )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="WORD", help="things whose name has this in it")
    parser.add_argument("--most", type=int, default=25, metavar="N", help="calls of each that fail")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="home, files and report")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child is not None:
        raise SystemExit(child(given))
    main(given)
