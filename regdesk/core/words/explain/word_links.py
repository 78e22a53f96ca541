"""Words of a readout that lead to the topic behind them."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from html import escape

from regdesk.core.words.explain.on_screen import PENALTY_IN_FORCE
from regdesk.core.words.explain.topic import linked

TOPICS_OF_WORDS = {
    "overfits": "overfitting",
    "overfitting": "overfitting",
    "overfitted": "overfitting",
    "underfits": "underfitting",
    "underfitting": "underfitting",
    "gap": "overfitting",
    "penalty": PENALTY_IN_FORCE,
    "alive": PENALTY_IN_FORCE,
    "zero": "proximal",
    "‖W‖₁": "l1",
    "‖W‖₂": "l2",
    "collapsed": "collapse",
    "λ_collapse": "collapse",
    "too small": "underflow",
    "Recommended": "choosing",
    "λ_best": "choosing",
    "λ_1se": "one-standard-error",
    "degrees of freedom": "freedom",
    "AIC": "freedom",
    "BIC": "freedom",
    "optimum": "converged",
    "KKT residual": "converged",
    "residual": "converged",
    "corner": "corner",
    "ball": "corner",
    "diverged": "diverged",
    "seed": "luck",
}
"""What a word means wherever a readout has it; the first word of a sentence that means a topic is its link."""
_TAGS_OR_WORDS = re.compile(
    r"(?P<tag><[^>]*>)|(?P<word>(?<![\w‖])(?:"
    + "|".join(re.escape(word) for word in sorted(TOPICS_OF_WORDS, key=len, reverse=True))
    + r")(?![\w₁₂]))"
)


@lru_cache(maxsize=1)
def own_words(names: tuple[str, ...]) -> frozenset[str]:
    """Those of our words that ``names`` from a file have as well: in a sentence nobody could tell whose they are.

    Each panel asks for the same.
    """
    found = _TAGS_OR_WORDS.finditer("\n".join(name.replace("<", " ") for name in names))
    return frozenset(one["word"] for one in found)


def with_topic_links(sentence: str, rich: str | None = None, unlinked: Container[str] = ()) -> str:
    """``rich``, or else ``sentence`` as rich text, in which one word for each topic is a link to it.

    Words within a colour or tag of their own stay as they are: a link would take it from them. ``unlinked`` are words
    of ours that mean something else here.
    """
    done: set[str] = set()
    depth = 0

    def link(found: re.Match[str]) -> str:
        nonlocal depth
        text = found.group()
        if found.group("tag") is not None:
            depth += -1 if text.startswith("</") else 0 if text.startswith("<br") else 1
            return text
        topic = TOPICS_OF_WORDS[text]
        if depth or topic in done or text in unlinked:
            return text
        done.add(topic)
        return f'<a href="{linked(topic)}">{text}</a>'

    return _TAGS_OR_WORDS.sub(link, escape(sentence) if rich is None else rich)
