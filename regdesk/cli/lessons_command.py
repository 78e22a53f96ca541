"""The command ``lessons``: which come with the program, and what is wrong in one that somebody writes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from regdesk.cli import argument_types as types
from regdesk.cli.argument_options import add_json, make_parser
from regdesk.cli.command_parts import BAD_INPUT, DONE, DrawPanels, json_text, write_result
from regdesk.core.words.safe_text import safe_line
from regdesk.data.errors import DataError
from regdesk.data.lessons.bundled import NAMES, bundled_lesson
from regdesk.data.lessons.column_faults import column_faults
from regdesk.data.lessons.for_me_faults import for_me_faults
from regdesk.data.lessons.lesson_files import BadLesson, LessonFile, lesson_paths, read_lesson
from regdesk.system.terminal import write_error

_DESCRIPTION = """\
Lessons, which the window holds: Help, Lessons….

  regdesk lessons [list]          those that come with the program
  regdesk lessons check FILE …    what is wrong in lessons of yours, with their lines; a folder is all in it

The file resources/formats/lessons.md says how one is written."""


@dataclass(frozen=True)
class LessonsArguments:
    """``regdesk lessons``: what to do, and with which files or folders."""

    what: Literal["list", "check"]
    files: tuple[Path, ...]
    as_json: bool


def parse_lessons_arguments(argv: Sequence[str]) -> LessonsArguments:
    """The arguments after ``lessons``. Raises SystemExit: 2, having said why, or 0 after ``--help``."""
    parser = make_parser("regdesk lessons", _DESCRIPTION)
    parser.add_argument("what", nargs="?", default="list", metavar="list|check", type=types.choice(("list", "check")))
    parser.add_argument("files", nargs="*", type=types.path, metavar="FILE", help="a lesson, or a folder of lessons")
    add_json(parser)
    found = parser.parse(argv)
    if found.what == "check" and not found.files:
        parser.error("say which FILE is to be checked")
    if found.what == "list" and found.files:
        parser.error(f"'list' lists what comes with the program; 'check {found.files[0]}' looks into a file")
    return LessonsArguments(found.what, tuple(Path(file) for file in found.files), found.json)


def run_lessons(argv: list[str], _: DrawPanels | None) -> int:
    """List or check lessons. Raises DataError where one that comes along was not installed."""
    arguments = parse_lessons_arguments(argv)
    return _check(arguments) if arguments.what == "check" else _list(arguments)


def _list(arguments: LessonsArguments) -> int:
    records = [_record(bundled_lesson(name)) for name in NAMES]
    if arguments.as_json:
        write_result(json_text(records))
    else:
        lines = (f"{one['name']}: {one['title']} ({one['n_steps']} steps)\n  {one['about']}" for one in records)
        write_result("\n\n".join(lines))
    return DONE


def _record(found: LessonFile) -> dict[str, Any]:
    lesson = found.lesson
    return {
        "name": found.path.stem,
        "title": lesson.title,
        "about": lesson.about,
        "n_steps": len(lesson.steps),
        "n_questions": sum(step.question is not None for step in lesson.steps),
        "sample": lesson.sample,
        "file": str(found.path),
    }


def _check(arguments: LessonsArguments) -> int:
    """Everything that is wrong goes to standard error, a line each; with ``--json`` it is in the object of the file."""
    status, records = DONE, []
    for path, found in _read_all(arguments.files):
        is_sound = isinstance(found, LessonFile)
        status = status if is_sound else BAD_INPUT
        if isinstance(found, LessonFile):
            record = _record(found)
            records.append({**record, "file": str(path), "faults": []})
            if not arguments.as_json:
                n_steps, n_questions = record["n_steps"], record["n_questions"]
                counts = f"{_counted(n_steps, 'step')}, {_counted(n_questions, 'question')}"
                write_result(f"{safe_line(path.name)}: sound, {counts}.")
            continue
        if isinstance(found, BadLesson):
            records.append(
                {
                    "file": str(path),
                    "faults": [{"line": fault.line, "message": fault.sentence} for fault in found.faults],
                }
            )
            sentences: tuple[str, ...] = found.sentences
        else:
            records.append({"file": str(path), "faults": [{"line": None, "message": found.problem}]})
            sentences = (str(found),)
        for sentence in sentences:
            write_error(sentence)
    if arguments.as_json:
        write_result(json_text(records))
    return status


def _read_all(files: Iterable[Path]) -> Iterable[tuple[Path, LessonFile | BadLesson | DataError]]:
    """Every file, and every lesson of a folder, with what was read or why it could not be."""
    for file in files:
        try:
            # That of pathlib raises where a name is longer than any file's.
            paths = lesson_paths(file) if os.path.isdir(file) else [file]  # noqa: PTH112
        except DataError as problem:
            yield file, problem
            continue
        for path in paths:
            try:
                found = read_lesson(path)
                faults = (*column_faults(found), *for_me_faults(found)) if isinstance(found, LessonFile) else ()
                yield path, BadLesson(path, faults) if faults else found
            except DataError as problem:
                yield path, problem


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
