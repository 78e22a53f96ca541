"""The text of a lesson to a ``Lesson``, or every fault in it, each with its line. ``resources/formats/lessons.md``
describes the form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from regdesk.core.lessons.blocks import (
    FENCE,
    QUESTION,
    SEEN,
    KeyLine,
    Section,
    header_of,
    lines_of,
    sections_of,
)
from regdesk.core.lessons.condition_parser import BadCondition, condition_of
from regdesk.core.lessons.faults import Faults
from regdesk.core.lessons.lesson import ACTIONS, HIDEABLE, Action, Doing, Fault, Lesson, Step
from regdesk.core.lessons.named_parts import unseen_parts
from regdesk.core.lessons.question_reading import question_of
from regdesk.core.lessons.setting_text import BadSetting, setting_of
from regdesk.core.settings.view_table import PANELS

MOST_CHARACTERS = 100_000
MOST_STEPS = 40
MOST_WORDS = 120
"""Of one text: more than that nobody reads beside a window that moves."""
MOST_TITLE = 100
HEADER_KEYS = ("title", "about", "sample", "file", "set", "hide")
STEP_KEYS = ("set", "do", "show", "hide", "task", "wait", "for me")
REPEATABLE = ("set", "for me")
PICTURE = "!["
"""How Markdown begins one."""


def lesson_of(text: str, sample_names: Sequence[str]) -> tuple[Lesson | None, tuple[Fault, ...]]:
    """The lesson that ``text`` holds, with no fault; or None and all faults, by their lines."""
    faults = Faults()
    if len(text) > MOST_CHARACTERS:
        faults.add(1, f"it has {len(text)} characters, and a lesson has at most {MOST_CHARACTERS}")
        return None, faults.found
    lesson = _Reader(faults, sample_names).lesson(text)
    return (None, faults.found) if faults.found else (lesson, ())


class _Reader:
    def __init__(self, faults: Faults, sample_names: Sequence[str]) -> None:
        self._faults, self._sample_names = faults, sample_names

    def lesson(self, text: str) -> Lesson:
        lines = lines_of(text.removeprefix("\ufeff"))
        for line in lines:
            if PICTURE in line.text:
                self._faults.add(line.number, "a lesson holds no pictures: the window is the picture")
        keys, strange, n_taken = header_of(lines)
        if not n_taken:
            first = next((line for line in lines if line.text), lines[0])
            if first.text == FENCE:
                # Of what stands in it nothing more is said: where it ends nobody knows.
                self._faults.add(
                    first.number, f"the header that begins here does not end: a second line {FENCE} is missing"
                )
                return Lesson("", "", ())
            self._faults.add(1, f"a lesson begins with a header: a line {FENCE}, lines 'key: value', a line {FENCE}")
        for line in strange:
            self._faults.add(line.number, f"'{line.text[:40]}' is no 'key: value'")
        header = self._header(keys)
        sections, before = sections_of(lines[n_taken:])
        if before and n_taken:
            self._faults.add(before[0].number, "a step begins with its title, '# …': this text stands before the first")
        if not sections:
            self._faults.add(len(lines), "there is no step; each begins with its title, '# …'")
        if len(sections) > MOST_STEPS:
            self._faults.add(sections[MOST_STEPS].number, f"there are {len(sections)} steps, and at most {MOST_STEPS}")
        lesson = header(tuple(self._step(section) for section in sections))
        for fault in unseen_parts(lesson, lines):
            self._faults.add(fault.line, fault.sentence)
        return lesson

    def _header(self, keys: Sequence[KeyLine]) -> Callable[[tuple[Step, ...]], Lesson]:
        values = self._values(keys, HEADER_KEYS)
        title, about = self._one(values, "title"), self._one(values, "about")
        for key, found in (("title", title), ("about", about)):
            if not found:
                self._faults.add(1, f"the header has no '{key}:'")
        if len(title) > MOST_TITLE:
            self._faults.add(values["title"][0].number, f"the title is longer than {MOST_TITLE} characters")
        if about:
            self._check_text(values["about"][0].number, about)
        sample, file = self._one(values, "sample"), self._one(values, "file")
        if sample and file:
            self._faults.add(values["file"][0].number, "the header says both sample: and file:, and data come from one")
        if sample and sample not in self._sample_names:
            number = values["sample"][0].number
            self._faults.add(number, f"there is no sample {sample}; the samples are {', '.join(self._sample_names)}")
        if file and not is_beside(file):
            self._faults.add(values["file"][0].number, f"'{file}' is no name of a file beside the lesson")
        set_up = Doing(self._settings(values.get("set", [])))
        if file and "data.target" not in dict(set_up.settings):
            self._faults.add(values["file"][0].number, "of a file the target is said: set: data.target = COLUMN")
        hidden = self._names(values.get("hide", []), (*HIDEABLE, *PANELS))
        return lambda steps: Lesson(title, about, steps, sample or None, file or None, set_up, hidden)

    def _step(self, section: Section) -> Step:
        faults, values = self._faults, self._values(section.keys, STEP_KEYS)
        if not section.title or len(section.title) > MOST_TITLE:
            faults.add(section.number, f"a step has a title of 1 to {MOST_TITLE} characters")
        self._check_text(section.number, section.text)
        task, wait = self._one(values, "task"), None
        if "wait" in values:
            try:
                wait = condition_of(self._one(values, "wait"))
            except BadCondition as problem:
                faults.add(values["wait"][0].number, f"wait: {problem}")
            if not task:
                faults.add(values["wait"][0].number, "what is waited for is asked for first: there is no 'task:'")
        elif task:
            faults.add(values["task"][0].number, "a task is done when something is so: there is no 'wait:'")
        if task:
            self._check_text(values["task"][0].number, task)
        if not section.text and not task:
            faults.add(section.number, f"the step '{section.title[:40]}' has neither a text nor a task")
        parts = self._parts(section)
        question = question_of(parts[QUESTION], faults, self._check_text) if QUESTION in parts else None
        seen = parts[SEEN].text if SEEN in parts else ""
        if seen:
            self._check_text(parts[SEEN].number, seen)
        done, asked = values.get("for me", []), [line for line in values.get("for me", []) if line.value in ACTIONS]
        if done and not task:
            faults.add(done[0].number, "'for me:' does a task, and there is none")
        return Step(
            title=section.title,
            text=section.text,
            task=task,
            wait=wait,
            seen=seen,
            question=question,
            set_up=Doing(self._settings(values.get("set", [])), self._actions(values.get("do", []))),
            for_me=Doing(self._settings([line for line in done if line not in asked]), self._actions(asked)),
            shown=self._names(values.get("show", []), PANELS),
            hidden=self._names(values.get("hide", []), (*HIDEABLE, *PANELS)),
            line=section.number,
        )

    def _parts(self, section: Section) -> dict[str, Section]:
        found: dict[str, Section] = {}
        for part in section.parts:
            if part.title not in (SEEN, QUESTION):
                self._faults.add(part.number, f"'## {part.title[:40]}' is neither '## {SEEN}' nor '## {QUESTION}'")
            elif part.title in found:
                self._faults.add(part.number, f"'## {part.title}' stands twice in one step")
            elif part.title == SEEN and part.keys:
                self._faults.add(part.keys[0].number, f"'{part.keys[0].key}:' is no key of '## {SEEN}'")
            else:
                found[part.title] = part
        return found

    def _values(self, keys: Sequence[KeyLine], known: Sequence[str]) -> dict[str, list[KeyLine]]:
        """The lines of each key. Says which are unknown, and which stand there twice."""
        found: dict[str, list[KeyLine]] = {}
        for line in keys:
            if line.key not in known:
                close = get_close_matches(line.key, known, n=1)
                remedy = f"did you mean '{close[0]}:'?" if close else f"the keys are {', '.join(known)}."
                self._faults.add(line.number, f"'{line.key}:' is no key here; {remedy}")
            elif line.key in found and line.key not in REPEATABLE:
                self._faults.add(line.number, f"'{line.key}:' stands there twice")
            elif not line.value:
                self._faults.add(line.number, f"'{line.key}:' says nothing")
            else:
                found.setdefault(line.key, []).append(line)
        return found

    def _one(self, values: Mapping[str, Sequence[KeyLine]], key: str) -> str:
        return values[key][0].value if key in values else ""

    def _settings(self, lines: Sequence[KeyLine]) -> tuple[tuple[str, object], ...]:
        found: dict[str, object] = {}
        for line in lines:
            try:
                path, value = setting_of(line.value)
            except BadSetting as problem:
                self._faults.add(line.number, f"{line.key}: {problem}")
                continue
            if path in found:
                self._faults.add(line.number, f"{line.key}: {path} stands there twice")
            found[path] = value
        return tuple(found.items())

    def _actions(self, lines: Sequence[KeyLine]) -> tuple[Action, ...]:
        known: dict[str, Action] = {action: action for action in ACTIONS}
        return tuple(known[name] for line in lines for name in self._split(line, ACTIONS))

    def _names(self, lines: Sequence[KeyLine], known: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for line in lines for name in self._split(line, known)))

    def _split(self, line: KeyLine, known: Sequence[str]) -> list[str]:
        """The names between the commas of ``line`` that are known; says which are not."""
        names = [name.strip() for name in line.value.split(",")]
        for name in names:
            if name not in known:
                close = get_close_matches(name, known, n=1)
                remedy = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}."
                self._faults.add(line.number, f"{line.key}: there is no '{name}'; {remedy}")
        return [name for name in names if name in known]

    def _check_text(self, number: int, text: str) -> None:
        n_words = len(text.split())
        if n_words > MOST_WORDS:
            self._faults.add(number, f"this text has {n_words} words, and at most {MOST_WORDS} are read")


def is_beside(name: str) -> bool:
    """Whether ``name`` is that of a file in the same folder, and leads nowhere else."""
    return not (set(name) & set("/\\:\0")) and name not in (".", "..") and name.isprintable() and name == name.strip()
