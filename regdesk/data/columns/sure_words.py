"""Of very many spellings those that no rule has to look at: plain words that look like nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from regdesk.data.csv.table import Mask

FEW = 1000
"""Spellings: the rules themselves are quick enough with as many."""
_SURE = re.compile(
    # What may begin a date, as MAY_BE_DATE has it; a currency; and what may stand before a bound.
    r"(?![QqP][0-9T]|[A-Za-z]{3,10}\.?[ .,-]+(?:[A-Za-z]{3,10}\.? )?[0-9])"
    r"(?![A-Z]{3}(?![A-Za-z])|(?:kr|Rs|Fr|SFr|Ft)(?![A-Za-z]))"
    r"(?!(?i:ca|approx|about|under|over|circa))"
    # ASCII without $, and either a figure or more letters than a word for yes or no has.
    r"[A-Za-z](?:[ -#%-/:-~]{0,10}[0-9][ -#%-~]*|[ -#%-~]{11,})"
)


def sure_words(levels: Sequence[str]) -> Mask:
    """Which of ``levels`` are certainly neither number, date, bound, unit, yes nor no ``(n_levels,)``; of few none."""
    if len(levels) <= FEW:
        return np.zeros(len(levels), np.bool_)
    return np.fromiter((_SURE.fullmatch(level) is not None for level in levels), np.bool_, len(levels))
