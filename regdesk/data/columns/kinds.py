"""What kind of column it is, from its cells alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regdesk.core.types import Float64s
from regdesk.data.csv.table import Column, ColumnKind, WordColumn
from regdesk.data.dates.formats import date_format

_PAIRS = (
    *(("false", "true"), ("no", "yes"), ("n", "y"), ("f", "t"), ("off", "on"), ("nein", "ja"), ("n", "j")),
    *(
        ("falsch", "wahr"),
        ("non", "oui"),
        ("faux", "vrai"),
        ("no", "si"),
        ("no", "sí"),
        ("no", "sì"),
        ("falso", "vero"),
    ),
    *(("falso", "verdadero"), ("não", "sim"), ("nee", "ja"), ("nej", "ja")),
    *(("nie", "tak"), ("ne", "ano"), ("nem", "igen"), ("ei", "kyllä"), ("hayır", "evet"), ("nu", "da"), ("ne", "da")),
    *(("нет", "да"), ("не", "да"), ("ні", "так"), ("όχι", "ναι"), ("否", "是"), ("いいえ", "はい"), ("아니요", "예")),
    *(("falso", "verdadeiro"), ("onwaar", "waar"), ("falskt", "sant"), ("falsk", "sand"), ("usann", "sann")),
    *(("✗", "✓"), ("✘", "✔"), ("☐", "☑"), ("☐", "☒"), ("❌", "✅"), (".f.", ".t."), (".false.", ".true.")),
)
_TRUTH = {word: truth for pair in (*_PAIRS, ("0", "1")) for word, truth in zip(pair, ("0", "1"), strict=True)}
"""What words in small letters say in the languages that files have: 0 for no and false, 1 for yes and true."""

TICKS = frozenset(("x", "✓", "✔", "☑", "☒", "✅", "•", "●", *(yes for _, yes in _PAIRS)))
"""What is written where something holds, and nothing where it does not, in small letters."""

# Up to this many labels are categories even where a small file repeats few of them.
FEW_LEVELS = 10
# Above this many, one input a level would drown everything else.
MOST_LEVELS = 1000
KEY_WORDS = 3.0
KEY_LENGTH = 64
SENTENCE_WORDS = 5.0


def kind_of_numbers(numbers: Float64s, distinct: int) -> ColumnKind:
    """Kind of a column of numbers ``(n_rows,)``, NaN where missing, with ``distinct`` values."""
    if distinct <= 1:
        return "constant"
    if distinct == 2 and bool(np.isin(numbers[~np.isnan(numbers)], (0.0, 1.0)).all()):
        return "boolean"
    counted = distinct == numbers.size and numbers[0] in (0.0, 1.0)
    if counted and np.array_equal(numbers, numbers[0] + np.arange(numbers.size)):
        return "identifier"
    return "numeric"


def are_truth_values(levels: Sequence[str]) -> bool:
    """Whether all of ``levels`` are the no or yes of one language, in any case, or 0 or 1 beside these."""
    if not 0 < len(levels) <= FEW_LEVELS:
        return False
    words = {level.casefold() for level in levels} - {"0", "1"}
    return bool(words) and any(words <= set(pair) for pair in _PAIRS)


def is_truth_word(level: str) -> bool:
    """Whether ``level`` says yes or no in some language."""
    return level.casefold() in _TRUTH and not level.isdecimal()


def are_mixed_truths(levels: Sequence[str]) -> bool:
    """Whether all of ``levels`` say no or yes, and some of each, but in words of several kinds: True, F and yes.

    Letters alone, as T and N, may be codes, unless a no and a yes that belong together are among them.
    """
    words = {level.casefold() for level in levels} - {"0", "1"}
    if len(levels) > FEW_LEVELS or len(words) < 2 or are_truth_values(levels) or not words <= _TRUTH.keys():
        return False
    has_pair = any(words >= set(pair) for pair in _PAIRS)
    return len({_TRUTH[word] for word in words}) == 2 and (has_pair or any(len(word) > 1 for word in words))


def kind_of_words(levels: Sequence[str], n_present: int) -> tuple[ColumnKind, int]:
    """Kind of a column of words and how many distinct values it has (Yes and yes are one, and so are true and 1).

    ``levels`` are its distinct spellings, ``n_present`` the number of cells that are not missing.
    """
    if are_truth_values(levels):
        distinct = len({_TRUTH[level.casefold()] for level in levels})
        return ("boolean" if distinct == 2 else "constant"), distinct
    distinct = len(levels)
    if distinct <= 1:
        return "constant", distinct
    if date_format(levels) is not None:
        return "datetime", distinct
    if distinct == n_present:
        is_key = max(map(len, levels)) <= KEY_LENGTH and _words_of_each(levels) <= KEY_WORDS
        return ("identifier" if is_key else "text"), distinct
    if distinct > MOST_LEVELS:
        return "text", distinct
    repeats = distinct <= n_present / 2
    if not repeats and (distinct > FEW_LEVELS or _words_of_each(levels) > SENTENCE_WORDS):
        return "text", distinct
    return "categorical", distinct


def _words_of_each(levels: Sequence[str]) -> float:
    """How many words each of ``levels`` has on average."""
    # Of very many, some at a time are looked at as one text.
    n_words = (len(" ".join(levels[place : place + 1000]).split()) for place in range(0, len(levels), 1000))
    return sum(n_words) / len(levels)


def labels_of(column: Column) -> tuple[str, ...]:
    """The label that each spelling of ``column.levels`` stands for: the first spelling of the same word.

    Yes and yes are one label of a boolean, or of a column that holds nothing else, and so are True and 1 of a column
    that has both. Other labels differ by case.
    """
    first: dict[str, str] = {}
    return tuple(first.setdefault(_folded(column, level), level) for level in column.levels)


def ignores_case(column: Column) -> bool:
    """Whether words that differ by case alone are one label of ``column``."""
    return isinstance(column, WordColumn) and column.kind in ("boolean", "constant")


def words_of(column: Column) -> dict[str, str] | None:
    """The label of every spelling in the file, and of each in small letters; None where labels are their spelling."""
    if not ignores_case(column):
        return None
    labels = labels_of(column)
    small = {level.casefold(): label for level, label in zip(column.levels, labels, strict=True)}
    return small | dict(zip(column.levels, labels, strict=True))


def sorted_labels(column: Column) -> tuple[str, ...]:
    """The distinct labels in sorted order; of a boolean no comes first, and of any column what an empty cell says."""
    empty = column.empty_label if isinstance(column, WordColumn) else None
    labels = dict.fromkeys(labels_of(column))
    return tuple(sorted(labels, key=lambda label: (label != empty, _folded(column, label))))


def _folded(column: Column, level: str) -> str:
    if not ignores_case(column):
        return level
    small = level.casefold()
    return _TRUTH.get(small, small) if are_truth_values(column.levels) else small
