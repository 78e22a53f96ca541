"""The part of a step under ``## Question``: choices or numbers, each with what is said to it."""

from __future__ import annotations

import re
from collections.abc import Callable

from regdesk.core.lessons.blocks import Item, Section, items_of, joined
from regdesk.core.lessons.condition_parser import BadCondition, number_expression
from regdesk.core.lessons.faults import Faults
from regdesk.core.lessons.lesson import Choice, NumberAnswer, Question
from regdesk.core.settings.entries import number_of

MOST_ANSWERS = 12
OTHERWISE = "anything else"
_TOLERANCE = re.compile(r"(?P<value>.*?)\s*(?:±|\+-|\+/-)\s*(?P<tolerance>\S+)")


def question_of(section: Section, faults: Faults, check_text: Callable[[int, str], None]) -> Question:
    """What ``section`` asks; faults in it are added to ``faults``."""
    is_number = False
    for line in section.keys:
        if (line.key, line.value) == ("answer", "number"):
            is_number = True
        else:
            faults.add(line.number, f"'{line.key}: {line.value[:30]}' is no key of a question; 'answer: number' is")
    before, items, strange = items_of(section.lines)
    for one in strange:
        faults.add(one.number, "this line belongs to no answer; answers go on with two blanks, replies with '  > '")
    text = joined(before)
    if not text:
        faults.add(section.number, "the question is missing")
    check_text(section.number, text)
    if len(items) > MOST_ANSWERS:
        faults.add(items[MOST_ANSWERS].number, f"there are {len(items)} answers, and at most {MOST_ANSWERS} may be")
    for item in items:
        if not item.text:
            faults.add(item.number, "an answer is missing after its box")
        if not item.reply:
            faults.add(item.number, "what is said to this answer is missing: a line '  > …' below it")
        check_text(item.number, item.reply)
    if not any(item.is_right for item in items):
        faults.add(section.number, "no answer is right; mark those that are with '- [x]'")
    if is_number:
        return Question(text, numbers=_numbers(items, faults))
    if items and all(item.is_right for item in items):
        faults.add(section.number, "every answer is right; a question has a wrong one, '- [ ]'")
    _check_distinct(items, faults)
    return Question(text, tuple(Choice(item.text, item.is_right, item.reply) for item in items))


def _numbers(items: list[Item], faults: Faults) -> tuple[NumberAnswer, ...]:
    found = []
    for place, item in enumerate(items):
        if item.text == OTHERWISE:
            if item.is_right or place < len(items) - 1:
                faults.add(item.number, f"'{OTHERWISE}' is wrong, and the last of the answers")
            found.append(NumberAnswer(None, 0.0, item.is_right, item.reply))
            continue
        match = _TOLERANCE.fullmatch(item.text)
        value, within = (match["value"], match["tolerance"]) if match else (item.text, "0")
        try:
            tolerance = number_of(within)
            found.append(NumberAnswer(number_expression(value), tolerance, item.is_right, item.reply))
            if not 0.0 <= tolerance < float("inf"):
                faults.add(item.number, f"the tolerance {within} is not a number of 0 or more")
        except BadCondition as problem:
            faults.add(item.number, f"answer: {problem}")
        except ValueError:
            faults.add(item.number, f"the tolerance '{within[:20]}' is not a number")
    if items and items[-1].text != OTHERWISE:
        faults.add(items[-1].number, f"the last answer to a number is '- [ ] {OTHERWISE}', with what is said to it")
    return tuple(found)


def _check_distinct(items: list[Item], faults: Faults) -> None:
    texts: set[str] = set()
    for item in items:
        if item.text in texts:
            faults.add(item.number, f"the answer '{item.text[:40]}' stands there twice")
        texts.add(item.text)
