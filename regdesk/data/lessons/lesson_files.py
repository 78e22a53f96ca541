"""A lesson's file to a lesson, with the data beside it. Nothing else is read, and nothing in it is run."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from regdesk.core.lessons.lesson import Fault, Lesson
from regdesk.core.lessons.reading import MOST_CHARACTERS, is_beside, lesson_of
from regdesk.data.errors import DataError
from regdesk.data.files.whole_files import reason_of
from regdesk.data.samples import samples

SUFFIX = ".md"
MOST_BYTES = 4 * MOST_CHARACTERS
MOST_LESSONS = 200
"""Of one folder."""
DIGITS = 12


@dataclass(frozen=True)
class LessonFile:
    """A lesson that can be held.

    Attributes:
        path: its file.
        key: under what its progress is kept: its name where it came with the program, else a digest of its text.
        data: the file of its data, where it has one.
    """

    path: Path
    key: str
    lesson: Lesson
    data: Path | None = None


@dataclass(frozen=True)
class BadLesson:
    """A file that is no lesson, with everything that is wrong in it."""

    path: Path
    faults: tuple[Fault, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """One for each fault, with the file and the line."""
        return tuple(f"{self.path.name}, line {fault.line}: {fault.sentence}" for fault in self.faults)


def read_lesson(path: Path, key: str | None = None) -> LessonFile | BadLesson:
    """The lesson in ``path``, or what is wrong in it. Raises DataError where the file cannot be read as text."""
    content = _bytes_of(path)
    try:
        text = content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        return BadLesson(path, (Fault(line, "this is not UTF-8; save the file in that encoding."),))
    if "\0" in text:
        return BadLesson(path, (Fault(text[: text.index("\0")].count("\n") + 1, "this is not text."),))
    lesson, faults = lesson_of(text, [one.name for one in samples()])
    if lesson is None:
        return BadLesson(path, faults)
    key = key or hashlib.sha256(content).hexdigest()[:DIGITS]
    if lesson.file is None:
        return LessonFile(path, key, lesson)
    data = file_beside(path, lesson.file)
    if data is None:
        line = next(number for number, one in enumerate(text.split("\n"), start=1) if one.startswith("file:"))
        return BadLesson(path, (Fault(line, f"there is no file '{lesson.file}' beside the lesson."),))
    return LessonFile(path, key, lesson, data)


def file_beside(path: Path, name: str) -> Path | None:
    """The ordinary file ``name`` in the folder of ``path``; None where there is none, or it is a link out of there."""
    if not is_beside(name):
        return None
    folder = path.resolve().parent
    try:
        found = (folder / name).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return None
    return found if found.parent == folder and found.is_file() else None


def lesson_paths(folder: Path) -> list[Path]:
    """The files of ``folder`` that may be lessons, by name. Raises DataError where it cannot be looked into."""
    try:
        found = sorted(one for one in folder.iterdir() if one.suffix.lower() == SUFFIX and one.is_file())
    except OSError as error:
        raise DataError(f"the folder cannot be read ({reason_of(error)}).", file=folder) from None
    if not found:
        raise DataError(f"there is no lesson (*{SUFFIX}) in this folder.", file=folder)
    return found[:MOST_LESSONS]


def looks_like_a_lesson(path: Path) -> bool:
    """Whether ``path`` has the name of one and begins with a header, as far as that can be read."""
    if path.suffix.lower() != SUFFIX:
        return False
    try:
        with path.open("rb") as file:
            return file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"---")
    except OSError:
        return False


def _bytes_of(path: Path) -> bytes:
    """Raises DataError where ``path`` is no ordinary file, cannot be read, or is too long."""
    try:
        if not path.exists():
            raise DataError("there is no such file.", file=path)
        if not path.is_file():
            raise DataError("this is no file that holds a lesson.", file=path)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise DataError(f"the file cannot be read ({reason_of(error)}).", file=path) from None
    if len(content) > MOST_BYTES:
        raise DataError(f"the file is longer than {MOST_BYTES:,} bytes, which no lesson is.", file=path)
    return content
