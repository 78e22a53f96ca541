"""In which encodings the words of a file may be, and how they would read: that is told, and never chosen.

Lines are decoded as a whole, since a second byte of East Asia may be a letter of ASCII or a delimiter. A reading is
told where its words look like those of a language: nothing but letters between letters, capitals at the beginning or
throughout, and no letter that the language lacks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from regdesk.data.encodings.letters import (
    OTHERS,
    SIGNS,
    SIGNS_BEFORE,
    SIGNS_BEHIND,
    WESTERN,
    Alphabet,
    is_of_east_asia,
    is_syllable,
)
from regdesk.data.errors import shorten

_MOST_TOLD = 3
_LEAST_SHARE = 0.9
"""Of words: foreign ones and slips are the rest."""
_LEAST_FREQUENT = 0.3
_USUAL_SHARE, _LEAST_USUAL = 0.8, 2
_MOST_LESS = 1.0
"""A reading that is so much less likely than the best one is not told."""
_WORD = re.compile(r"[^\x00-@\[-`{-\x7f]+")
"""Letters of ASCII and all beyond it."""
_LATIN = re.compile("[A-Za-z]")
_WITHIN = frozenset("’·‘\u00ad–")
"""Signs between letters of a word: an apostrophe, as in it’s; of Catalan; hyphens."""
_MOST_SIGNS = 2
"""Beside each other and without a letter, but for quotes and the like."""
_MARKS_OF_LETTERS = ("Mn", "Mc")


@dataclass(frozen=True)
class OtherReading:
    """That the file may be in ``encoding``, as files of ``whose`` language are, in which a word is ``meant``."""

    encoding: str
    whose: str
    meant: str


@dataclass(frozen=True)
class Readings:
    """Whether the words of a file look like a language of Western Europe, and what else they may be, likely first.

    ``word`` is the one that the others show, as cp1252 reads it, and ``place`` that of its line among those looked at.
    """

    is_western: bool
    others: tuple[OtherReading, ...] = ()
    place: int = 0
    word: str = ""

    @property
    def told(self) -> str:
        """The other readings, such as: cp1250 (Central European: 'Łódź') or cp1254 (Turkish: …)."""
        parts = [f"{one.encoding} ({one.whose}: {shorten(one.meant)})" for one in self.others]
        return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"


def readings_of(lines: Sequence[bytes]) -> Readings:
    """What ``lines``, each with bytes that are not ASCII, may be besides cp1252."""
    western = [line.decode("cp1252", "replace") for line in lines]
    is_western = _likeness(western, WESTERN, True) is not None
    if is_western and not _letters(_words(western)):
        # A sign alone, as in 5 €, is a letter in some other encoding, and no word there.
        return Readings(True)
    found: list[tuple[float, Alphabet, list[str]]] = []
    for alphabet in OTHERS:
        # Where words may be of Western Europe others are told that are taken for it: single letters are no evidence.
        if is_western and not alphabet.is_near:
            continue
        try:
            texts = [line.decode(alphabet.encoding) for line in lines]
        except UnicodeDecodeError:
            continue
        # Words of several languages are weak evidence: it is heard where Western Europe is out of the question.
        score = None if texts == western else _likeness(texts, alphabet, not is_western)
        if score is not None and all(texts != others for _, _, others in found):
            found.append((score, alphabet, texts))
    found.sort(key=lambda one: -round(one[0], 1))
    told = [(alphabet, texts) for score, alphabet, texts in found if score >= found[0][0] - _MOST_LESS][:_MOST_TOLD]
    return _shown(western, told, is_western)


def _shown(western: Sequence[str], told: Sequence[tuple[Alphabet, list[str]]], is_western: bool) -> Readings:
    """The readings ``told`` by the first word that most of them read otherwise than cp1252."""
    best, shown = 0, Readings(is_western)
    for place, line in enumerate(western):
        cells = [_cells(line), *(_cells(texts[place]) for _, texts in told)]
        for word, *meanings in zip(*cells, strict=False):
            n_differ = sum(one != word for one in meanings)
            if n_differ > best:
                others = [
                    OtherReading(alphabet.encoding, alphabet.whose, one)
                    for (alphabet, _), one in zip(told, meanings, strict=True)
                ]
                best, shown = n_differ, Readings(is_western, tuple(others), place, word)
    return shown


def are_words(texts: Sequence[str]) -> bool:
    """Whether the words of ``texts`` that are not ASCII, of which there are some, look like those of some language."""
    return bool(_letters(_words(texts))) and any(
        _likeness(texts, alphabet, False) is not None for alphabet in (WESTERN, *OTHERS)
    )


def _cells(line: str) -> list[str]:
    return [cell for cell in re.split(r"[\s,;|\"]+", line.strip()) if not cell.isascii()]


def _words(texts: Sequence[str]) -> list[str]:
    return [word for text in texts for word in _WORD.findall(text) if not word.isascii()]


def _letters(words: Sequence[str]) -> str:
    return "".join(letter for word in words for letter in word if not letter.isascii() and letter not in SIGNS)


def _likeness(texts: Sequence[str], alphabet: Alphabet, may_be_several: bool) -> float | None:
    """How much ``texts`` look like what ``alphabet`` writes, None where they do not.

    ``may_be_several``: each word may be of another language.
    """
    words = _words(texts)
    if sum(map(_is_word, words)) < _LEAST_SHARE * len(words):
        return None
    letters = _letters(words)
    if alphabet.is_usual is not None or alphabet.frequent:
        # No word has letters of two scripts.
        if any(_letters([word]) and _LATIN.search(word) for word in words):
            return None
        return _east_asian_likeness(letters, alphabet) if alphabet.is_usual else _script_likeness(letters, alphabet)
    languages = [set(language) for language in alphabet.languages]
    small = [set(_letters([word]).lower().replace("i\u0307", "İ")) for word in words]
    if may_be_several:
        n_fits = sum(any(one <= language for language in languages) for one in small)
        return 0.0 if n_fits >= _LEAST_SHARE * len(words) else None
    return 0.0 if any(set().union(*small) <= language for language in languages) else None


def _script_likeness(letters: str, alphabet: Alphabet) -> float | None:
    small = letters.lower()
    if not small or not set(small) <= set(alphabet.languages[0]):
        return None
    share = sum(letter in alphabet.frequent for letter in small) / len(small)
    return 1.0 + share if share >= _LEAST_FREQUENT else None


def _east_asian_likeness(letters: str, alphabet: Alphabet) -> float | None:
    assert alphabet.is_usual is not None
    n_usual = sum(map(alphabet.is_usual, letters))
    if n_usual < max(_USUAL_SHARE * len(letters), _LEAST_USUAL) or not all(map(is_of_east_asia, letters)):
        return None
    # In half-width letters there is no evidence: they are every byte from A1 to DF.
    n_narrow = sum("\uff61" <= letter <= "\uff9f" for letter in letters)
    if 0 < n_narrow < len(letters):
        return None
    has_syllables = alphabet.has_syllables and not n_narrow and any(map(is_syllable, letters))
    return 1.0 + n_usual / len(letters) + has_syllables


def _is_word(word: str) -> bool:
    """Whether ``word`` is signs, or letters alone between letters with capitals at the beginning or throughout."""
    bare = word.lstrip("".join(SIGNS_BEFORE)).rstrip("".join(SIGNS_BEHIND))
    if not set(bare) - SIGNS:
        return len(bare) <= _MOST_SIGNS
    has_small = any(map(str.islower, bare))
    for before, letter in zip(" " + bare, bare, strict=False):
        category = unicodedata.category(letter)
        is_letter = category.startswith("L") or category in _MARKS_OF_LETTERS or is_of_east_asia(letter)
        if not is_letter and letter not in _WITHIN:
            return False
        if has_small and before.isalpha() and letter.isupper() and not (before + letter).isascii():
            return False
    return True
