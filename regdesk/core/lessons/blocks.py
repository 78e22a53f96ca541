"""The text of a lesson taken apart: a header, steps under their headings, and in them lines of keys and texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

FENCE = "---"
_KEY = re.compile(r"(?P<key>[a-z][a-z ]{0,20}):(?:\s+|$)(?P<value>.*)")
_ITEM = re.compile(r"[-*] \[(?P<mark>[ xX])\] *(?P<text>.*)")
SEEN, QUESTION = "What you saw", "Question"
"""Headings of the second level within a step."""


@dataclass(frozen=True)
class Line:
    """One line and its number in the file, from 1."""

    number: int
    text: str


@dataclass(frozen=True)
class KeyLine:
    """A line ``key: value``."""

    number: int
    key: str
    value: str


@dataclass
class Section:
    """What stands under one heading: lines of keys directly below it, and the lines after them."""

    number: int
    title: str
    keys: list[KeyLine] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    parts: list[Section] = field(default_factory=list)
    """Those under its own headings of the second level."""

    @property
    def text(self) -> str:
        return joined(self.lines)


@dataclass(frozen=True)
class Item:
    """An answer ``- [x] text``, the lines that go on with it, and those of its reply, ``> text``."""

    number: int
    is_right: bool
    text: str
    reply: str


def joined(lines: Sequence[Line]) -> str:
    """Lines as one text without empty lines at its ends."""
    return "\n".join(line.text for line in lines).strip()


def lines_of(text: str) -> list[Line]:
    """Every line of ``text``, without blanks at its end."""
    return [Line(number, one.rstrip()) for number, one in enumerate(text.split("\n"), start=1)]


def header_of(lines: Sequence[Line]) -> tuple[list[KeyLine], list[Line], int]:
    """The lines of the header, what in it is none, and how many lines it takes with its fences; 0 without one."""
    first = next((place for place, line in enumerate(lines) if line.text), None)
    if first is None or lines[first].text != FENCE:
        return [], [], 0
    last = next((place for place in range(first + 1, len(lines)) if lines[place].text == FENCE), None)
    if last is None:
        return [], [], 0
    keys, strange = [], []
    for line in lines[first + 1 : last]:
        found = key_of(line)
        if found is not None:
            keys.append(found)
        elif line.text:
            strange.append(line)
    return keys, strange, last + 1


def sections_of(lines: Sequence[Line]) -> tuple[list[Section], list[Line]]:
    """A section for each heading of the first level, and the lines before the first of them."""
    sections: list[Section] = []
    before: list[Line] = []
    current: Section | None = None
    for line in _outside_code(lines):
        if line.text.startswith("# "):
            current = Section(line.number, line.text[2:].strip())
            sections.append(current)
        elif line.text.startswith("## ") and sections:
            current = Section(line.number, line.text[3:].strip())
            sections[-1].parts.append(current)
        elif current is None:
            before.append(line)
        else:
            current.lines.append(line)
    for section in sections:
        for one in (section, *section.parts):
            _take_keys(one)
    return sections, [line for line in before if line.text]


def key_of(line: Line) -> KeyLine | None:
    """``line`` as a key and its value; None where it is none."""
    found = _KEY.fullmatch(line.text)
    return None if found is None else KeyLine(line.number, found["key"].strip(), found["value"].strip())


def items_of(lines: Sequence[Line]) -> tuple[list[Line], list[Item], list[Line]]:
    """The lines before the first answer, the answers, and lines among them that belong to none."""
    before: list[Line] = []
    strange: list[Line] = []
    found: list[tuple[int, bool, list[str], list[str]]] = []
    for line in lines:
        match = _ITEM.fullmatch(line.text)
        text = line.text.strip()
        if match is not None:
            found.append((line.number, match["mark"] != " ", [match["text"]], []))
        elif not found:
            before.append(line)
        elif text.startswith(">"):
            found[-1][3].append(text[1:].strip())
        elif text and line.text.startswith("  ") and not found[-1][3]:
            found[-1][2].append(text)
        elif text:
            strange.append(line)
    items = [Item(number, is_right, " ".join(text).strip(), " ".join(reply).strip())
             for number, is_right, text, reply in found]  # fmt: skip
    return before, items, strange


def _take_keys(section: Section) -> None:
    """Lines of keys that stand directly below the heading, or below an empty line under it, end with an empty line."""
    lines = section.lines
    while lines and not lines[0].text:
        lines.pop(0)
    while lines and (found := key_of(lines[0])) is not None:
        section.keys.append(found)
        lines.pop(0)


def _outside_code(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines, of which those within fences of code begin with a blank: a # there is no heading."""
    is_code = False
    for line in lines:
        if line.text.startswith("```"):
            is_code = not is_code
            yield line
        elif is_code and line.text.startswith("#"):
            yield Line(line.number, f" {line.text}")
        else:
            yield line
