"""Lessons as files: what is read and what is not, data beside them and nowhere else, and those that come along."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from regdesk.core.lessons.lesson import Lesson
from regdesk.data.errors import DataError
from regdesk.data.lessons import bundled
from regdesk.data.lessons.bundled import NAMES, TOUR, bundled_lesson, bundled_lessons, bundled_name, named_lesson
from regdesk.data.lessons.lesson_files import (
    MOST_BYTES,
    BadLesson,
    LessonFile,
    file_beside,
    lesson_paths,
    looks_like_a_lesson,
    read_lesson,
)
from regdesk.data.samples import sample

TEXT = "---\ntitle: T\nabout: A.\n{more}---\n\n# One\n\nText.\n"
MOST_WORDS_TOLD = 120
OF_THE_MOMENT = re.compile(r"\b(is|are|has|have|stays?|shows?|now|here|does|do|bends|misses|makes|sets)\b")
ALWAYS_SO = {
    "That is **overfitting**.", "The **gap** is validation loss − training loss;", "**L1** sets many to exactly zero:",
    "The tour began with **L2**, which makes weights small.", "at λ_best its loss may have risen.",
    "The bias of the output is not penalised:", "where these are nearly 0, hardly any arrives.",
    "The signal that teaches a layer is multiplied by the weights of the others:",
    "A corner lies on an axis, where one weight is exactly 0:", "Longer training does not change that.",
    "Of two twins the one that is a little better takes all.", "More than one λ does that:",
    "Where the curve over λ is flat, it matters little which of them you take.",
}  # fmt: skip
"""Sentences on what was seen that are true of any moment."""


def write(folder: Path, name: str = "l.md", more: str = "") -> Path:
    file = folder / name
    file.write_text(TEXT.format(more=more), encoding="utf-8")
    return file


def test_a_lesson_is_read_whatever_its_line_ends(tmp_path: Path) -> None:
    file = write(tmp_path)
    first = read_lesson(file)
    assert isinstance(first, LessonFile)
    assert (first.lesson.title, first.data, len(first.key)) == ("T", None, 12)
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    second = read_lesson(file)
    assert isinstance(second, LessonFile)
    assert second.lesson == first.lesson
    # Its progress is kept by what is in it.
    assert second.key != first.key


def test_data_come_from_beside_it(tmp_path: Path) -> None:
    more = "file: d.csv\nset: data.target = y\n"
    file = write(tmp_path, more=more)
    missing = read_lesson(file)
    assert isinstance(missing, BadLesson)
    assert missing.sentences == ("l.md, line 4: there is no file 'd.csv' beside the lesson.",)
    (tmp_path / "d.csv").write_text("x,y\n1,2\n")
    found = read_lesson(file)
    assert isinstance(found, LessonFile)
    assert found.data == (tmp_path / "d.csv").resolve()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_no_link_leads_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "lessons"
    folder.mkdir()
    file = write(folder)
    (tmp_path / "secret.csv").write_text("x,y\n1,2\n")
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "loop.csv").symlink_to(folder / "loop.csv")
    (folder / "sub").mkdir()
    (folder / "same.csv").write_text("x,y\n1,2\n")
    (folder / "inside.csv").symlink_to(folder / "same.csv")
    for name in ("link.csv", "loop.csv", "sub", "../secret.csv", str(tmp_path / "secret.csv"), "gone.csv"):
        assert file_beside(file, name) is None, name
    assert file_beside(file, "inside.csv") == (folder / "same.csv").resolve()


def test_what_is_no_text_is_said_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "l.md"
    file.write_bytes(b"---\ntitle: a\nabout: \xff\n---\n")
    found = read_lesson(file)
    assert isinstance(found, BadLesson)
    assert found.sentences == ("l.md, line 3: this is not UTF-8; save the file in that encoding.",)
    file.write_bytes(b"---\n\0\n")
    found = read_lesson(file)
    assert isinstance(found, BadLesson)
    assert found.sentences == ("l.md, line 2: this is not text.",)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    long = tmp_path / "long.md"
    long.write_bytes(b"x" * (MOST_BYTES + 1))
    for path, sentence in (
        (tmp_path / "gone.md", "there is no such file."),
        (tmp_path, "this is no file that holds a lesson."),
        (long, f"the file is longer than {MOST_BYTES:,} bytes, which no lesson is."),
    ):
        with pytest.raises(DataError) as refused:
            read_lesson(path)
        assert refused.value.problem == sentence
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="there is no lesson"):
        lesson_paths(tmp_path / "empty")
    with pytest.raises(DataError, match="the folder cannot be read"):
        lesson_paths(tmp_path / "nowhere")


def test_lessons_of_a_folder_come_by_name(tmp_path: Path) -> None:
    for name in ("b.md", "a.md", "c.txt"):
        write(tmp_path, name)
    assert [path.name for path in lesson_paths(tmp_path)] == ["a.md", "b.md"]


def test_a_lesson_is_told_by_its_name_and_its_beginning(tmp_path: Path) -> None:
    assert looks_like_a_lesson(write(tmp_path))
    assert not looks_like_a_lesson(write(tmp_path, "l.csv"))
    assert not looks_like_a_lesson(tmp_path / "gone.md")
    (tmp_path / "table.md").write_text("| a | b |\n")
    assert not looks_like_a_lesson(tmp_path / "table.md")


def words_of(lesson: Lesson) -> list[tuple[str, str]]:
    found = []
    for step in lesson.steps:
        texts = [step.text, step.task, step.seen]
        if step.question is not None:
            texts += [step.question.text, *(one.text for one in step.question.choices)]
            texts += [one.reply for one in (*step.question.choices, *step.question.numbers)]
        found += [(step.title, text) for text in texts if text]
    return found


def test_lessons_come_along_each_with_a_sentence_and_something_to_do() -> None:
    lessons = bundled_lessons()
    assert len(lessons) >= 10
    assert len({one.lesson.title for one in lessons}) == len(lessons)
    for one in (*lessons, bundled_lesson(TOUR)):
        lesson = one.lesson
        assert one.key == one.path.stem
        assert bundled_name(one.path) == (None if one.key == TOUR else one.key)
        assert lesson.about.endswith(".")
        assert any(step.wait is not None for step in lesson.steps)
        assert one.key == TOUR or any(step.question is not None for step in lesson.steps)
        if lesson.sample is not None:
            assert sample(lesson.sample).name == lesson.sample
        for title, text in words_of(lesson):
            assert len(text.split()) <= MOST_WORDS_TOLD, (one.key, title)
            assert text[-1] in ".?)", (one.key, title, text)
            assert "  " not in text, (one.key, title, text)


def test_the_tour_has_three_steps() -> None:
    assert [step.title for step in bundled_lesson(TOUR).lesson.steps] == [
        "See it overfit",
        "Raise λ and watch",
        "Pick a λ",
    ]


def test_no_lesson_lies_about_that_is_in_no_list() -> None:
    folder = bundled_lesson(TOUR).path.parent
    assert {path.stem for path in lesson_paths(folder)} == {TOUR, *NAMES}


def test_a_lesson_that_was_not_installed_is_missed_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "resource_file", lambda _kind, _name: None)
    with pytest.raises(DataError, match=r"overfitting\.md: this lesson was not installed with the program"):
        bundled_lesson("overfitting")


@pytest.mark.parametrize("name", [TOUR, *NAMES])
def test_what_was_seen_stays_true_when_the_reader_has_gone_on(name: str) -> None:
    """It stays there while penalty and λ move on: it is told in the past, or true of any moment."""
    for step in bundled_lesson(name).lesson.steps:
        for sentence in re.split(r"(?<=[.:;!?])\s+", " ".join(step.seen.split())):
            assert sentence in ALWAYS_SO or not OF_THE_MOMENT.search(sentence), sentence
        assert not re.search(r"λ is \d|\bλ is now\b", step.text), "that is so until somebody moves λ"


def test_a_lesson_that_a_step_tells_of_is_known_by_its_title() -> None:
    steps = bundled_lesson(TOUR).lesson.steps
    assert [named_lesson(step) for step in steps] == ["", "", "corners-and-zeros"]
    for name in (TOUR, *NAMES):
        for step in bundled_lesson(name).lesson.steps:
            told = " ".join(f"{step.text} {step.task} {step.seen}".split())
            assert bool(named_lesson(step)) == ("lesson “" in told), "a title that there is not leads nowhere"
