"""Files to open at random: good ones, and such as nobody can read."""

from __future__ import annotations

import gzip
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

BLOCK_ROWS = 20_000
BAD: dict[str, bytes] = {
    "empty.csv": b"",
    "one byte.csv": b"\x00",
    "ragged.csv": b"a,b,c\n1,2,3\n4,5\n6,7,8,9\n",
    "header only.csv": b"a,b,c\n",
    "one row.csv": b"a,b\n1,2\n",
    "one column.csv": b"y\n1\n2\n3\n4\n5\n6\n7\n8\n",
    "constant.csv": b"a,b\n" + b"1,1\n" * 30,
    "words.csv": b"a,b\n" + b"".join(b"w%d,v%d\n" % (n, n) for n in range(50)),
    "missing.csv": b"a,b\n" + b"NA,\n" * 30,
    "utf16.csv": "\ufeffa,b\n1,2\n".encode("utf-16"),
    "binary.csv": bytes(random.Random(0).randbytes(4000)),
    "page.html": b"<html><body>not a table</body></html>",
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(300),
    "cut.zip": b"PK\x03\x04" + bytes(40),
    "cut.xlsx": b"PK\x03\x04" + bytes(400),
    "cut.parquet": b"PAR1" + bytes(40),
    "not a model.regdesk": b"PK\x03\x04nothing of the kind",
    "huge cells.csv": b"a,b\n" + b"".join(b"%de300,%d\n" % (n, n % 7) for n in range(40)),
    "cut.gz": gzip.compress(b"a,b\n1,2\n" * 100)[:-12],
    "lesson.md": b"# A lesson without steps\n",
}


def write_rows(file: Path, n_rows: int, n_inputs: int) -> None:
    """A table of numbers, of which two inputs tell about the target ``y``; above 20,000 rows they come again."""
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(min(n_rows, BLOCK_ROWS), n_inputs))
    target = inputs[:, 0] - inputs[:, 1] + 0.3 * generator.normal(size=len(inputs))
    lines = [",".join(f"{cell:.5g}" for cell in row) for row in np.column_stack([inputs, target]).tolist()]
    header = ",".join([*(f"x{number}" for number in range(n_inputs)), "y"])
    block = "\n".join(lines) + "\n"
    file.write_text(f"{header}\n" + block * (n_rows // len(inputs)), encoding="utf-8")


def write_files(folder: Path, samples: Path) -> list[Path]:
    """Good and bad files, a folder and one that does not exist, in ``folder``."""
    generator = np.random.default_rng(0)
    folder.mkdir(exist_ok=True)
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    for file in sorted(samples.glob("*.csv")):
        shutil.copy(file, folder)
    for name, n_rows, n_inputs in (("small.csv", 40, 2), ("wide.csv", 60, 90), ("long.csv", 6000, 6)):
        write_rows(folder / name, n_rows, n_inputs)
    kinds = np.array(["ja", "nein", "vielleicht"])[generator.integers(0, 3, 200)]
    lines = [f"{x:.3f};{kind}" for x, kind in zip(generator.normal(size=200), kinds, strict=True)]
    (folder / "drei Klassen äöü 🎈.csv").write_text("\n".join(["x;Antwort", *lines]).replace(".", ","))
    with zipfile.ZipFile(folder / "packed.zip", "w") as archive:
        archive.write(folder / "small.csv", "small.csv")
    (folder / "a folder").mkdir(exist_ok=True)
    return [*sorted(folder.iterdir()), folder / "is not there.csv"]


def answer_file_dialogs(
    generator: Callable[[], random.Random], files: list[Path], folder: Path, note: Callable[[str], None]
) -> None:
    """Every file dialog of Qt is answered at once: given up, with files, or with a place that may be no place."""
    from PySide6.QtWidgets import QFileDialog

    def pick(*_given: object) -> tuple[str, str]:
        chosen = generator()
        file = "" if chosen.random() < 0.2 else str(chosen.choice(files))
        note(f"file dialog: {file or 'given up'}")
        return file, ""

    def pick_several(*given: object) -> tuple[list[str], str]:
        if generator().random() < 0.8:
            file = pick(*given)[0]
            return [file] if file else [], ""
        several = [str(one) for one in generator().sample(files, 2)]
        note(f"file dialog: {several}")
        return several, ""

    def place(*_given: object) -> tuple[str, str]:
        chosen = generator()
        names = (f"saved {chosen.randrange(20)}", "saved.regdesk", "small.csv/below a file", "a folder", "", "x" * 300)
        name = chosen.choice(names)
        note(f"file dialog, place: {name or 'given up'}")
        return (str(folder / name), "") if name else ("", "")

    def pick_folder(*_given: object) -> str:
        chosen = generator()
        name = chosen.choice(("a folder", "", "new folder", "small.csv"))
        note(f"file dialog, folder: {name or 'given up'}")
        return str(folder / name) if name else ""

    QFileDialog.getOpenFileName = staticmethod(pick)  # type: ignore[assignment]
    QFileDialog.getOpenFileNames = staticmethod(pick_several)  # type: ignore[assignment]
    QFileDialog.getSaveFileName = staticmethod(place)  # type: ignore[assignment]
    QFileDialog.getExistingDirectory = staticmethod(pick_folder)  # type: ignore[assignment]
