"""The words of a column that splits the rows: in its cells, and in its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from regdesk.core.types import SplitPart

TRAIN, VALIDATION, TEST = 0, 1, 2
PARTS = {"train": TRAIN, "validation": VALIDATION, "test": TEST}
FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

_NAMED = {TRAIN: "train(ing|ed)?", VALIDATION: "val|validation|validate", TEST: "test(ing)?|holdout"}
_NEGATIONS = frozenset(["not", "non", "no"])
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_NAMES: dict[int, SplitPart] = {TRAIN: "train", VALIDATION: "validation", TEST: "test"}


@dataclass(frozen=True)
class FlagMeaning:
    """The parts that true and false stand for; ``guess``: that this is a rule and nothing the column says."""

    when_true: int
    when_false: int
    guess: str = ""

    @property
    def true_part(self) -> SplitPart:
        """What true stands for."""
        return _NAMES[self.when_true]

    @property
    def advice(self) -> str:
        """How a flag is to be written, such as "or true for test and false for train"."""
        return f"or true for {_NAMES[self.when_true]} and false for {_NAMES[self.when_false]}"


def meaning_of_flag(column_name: str, when_true: str | None = None) -> FlagMeaning:
    """What true and false mean in a column called ``column_name``; ``when_true`` is what a person has said of true.

    ``is_test`` or ``holdout``: true is test. ``train``: true is train. ``is_validation``: true is validation and false
    is train. A name that says none of them, or several, leaves it at the rule: true is train, false is test.
    """
    if when_true is not None:
        part = PARTS[when_true]
        return FlagMeaning(part, TEST if part == TRAIN else TRAIN)
    name = re.sub(r"(?i)(hold|held)[^a-z]*out", "holdout", column_name)
    words = {word.casefold() for word in _WORD.findall(name)}
    around = "(?:is|in)?(?:{})(?:set|data|rows?|part|split|flag)?"
    named = [part for part, own in _NAMED.items() if any(re.fullmatch(around.format(own), word) for word in words)]
    if len(named) != 1:
        guess = " (the column's name does not say which is which, so true and 1 are taken for training)"
        return FlagMeaning(TRAIN, TEST, guess)
    (part,) = named
    other = TEST if part == TRAIN else TRAIN
    return FlagMeaning(other, part) if words & _NEGATIONS else FlagMeaning(part, other)
