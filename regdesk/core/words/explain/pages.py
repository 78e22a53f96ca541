"""A long text cut into pages that can be read at a glance."""

from __future__ import annotations

from regdesk.core.words.explain.topic import MOST_WORDS

BETWEEN = ". "


def pages_of(text: str, most_words: int = MOST_WORDS) -> tuple[str, ...]:
    """Whole sentences, as many on each page; a sentence that is longer than a page is one by itself."""
    sentences = text.split(BETWEEN)
    sentences = [f"{one}." for one in sentences[:-1]] + sentences[-1:]
    n_pages = -(-len(text.split()) // most_words)
    wanted = len(text.split()) / n_pages if n_pages else 0.0
    pages: list[list[str]] = [[]]
    for sentence in sentences:
        so_far, own = sum(len(one.split()) for one in pages[-1]), len(sentence.split())
        # Pages of one length; the last one is not a leftover of some words.
        if pages[-1] and (so_far >= wanted or so_far + own > most_words):
            pages.append([])
        pages[-1].append(sentence)
    return tuple(" ".join(page) for page in pages)
