"""Why the constraint geometry does not show what was asked for: each reason has a sentence of its own."""

from __future__ import annotations

from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.words.plane_words import unavailable_text


def test_every_reason_is_a_sentence_and_none_is_silent() -> None:
    sentences = [unavailable_text(reason) for reason in Unavailable]
    assert len(set(sentences)) == len(Unavailable)
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in sentences)
    assert unavailable_text(None) == ""
    assert unavailable_text(Unavailable.ONE_WEIGHT) == "There is one weight only, and a plane needs two."
