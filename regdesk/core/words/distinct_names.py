"""Names that are cut for want of room, so that no two of them read alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import count

HEAD_SHARES = (0.5, 0.7, 0.3, 0.85, 0.15, 1.0, 0.0)
"""Of the letters that have room, those that stand before the dots: the middle goes first."""


def cut_names(names: Sequence[str], rooms: Sequence[float], width: Callable[[str], float]) -> list[str]:
    """Each of ``names`` within its room; what is too long loses its middle. ``width`` measures a text."""
    texts = [_cut(name, room, width, HEAD_SHARES[0]) for name, room in zip(names, rooms, strict=True)]
    return told_apart(names, texts, rooms, width)


def told_apart(
    names: Sequence[str], texts: Sequence[str], rooms: Sequence[float], width: Callable[[str], float]
) -> list[str]:
    """``texts``, which are ``names`` cut to ``rooms``; where different names have become one text, cut another way.

    What tells the names apart stays: a longer end or beginning, or the letters from the first that differs on. Where
    there is no room for that, a number stands in place of the end, and may be wider than the room.
    """
    found = list(texts)
    for text in [text for text, n_times in Counter(texts).items() if n_times > 1]:
        alike = [number for number, one in enumerate(texts) if one == text]
        if len({names[number] for number in alike}) < 2:
            continue
        others = {found[number] for number in range(len(found)) if number not in alike}
        own = [names[number] for number in alike]
        room = min(rooms[number] for number in alike)
        for number, better in zip(alike, _apart(own, others, room, width), strict=True):
            found[number] = better
    return found


def _apart(names: list[str], others: set[str], room: float, width: Callable[[str], float]) -> list[str]:
    n_different = len(set(names))
    for share in HEAD_SHARES:
        cut = [_cut(name, room, width, share) for name in names]
        if len(set(cut)) == n_different and not set(cut) & others:
            return cut
    start = _n_alike(names)
    for head in (3, 1, 0):
        cut = [_from(name, min(head, start), start, room, width) for name in names]
        if len(set(cut)) == n_different and not set(cut) & others:
            return cut
    numbered: dict[str, str] = {}
    for name in names:
        if name not in numbered:
            used = others | set(numbered.values())
            numbered[name] = next(text for place in count(1) if (text := f"{name[:1]}…{place}") not in used)
    return [numbered[name] for name in names]


def _n_alike(names: list[str]) -> int:
    """How many letters all of ``names`` begin with."""
    first, last = min(names), max(names)
    return next((place for place, letter in enumerate(first) if last[place : place + 1] != letter), len(first))


def _cut(name: str, room: float, width: Callable[[str], float], head_share: float) -> str:
    """As many letters as have room, ``head_share`` of them before the dots."""
    if width(name) <= room:
        return name
    fitting = "…"
    low, high = 0, len(name) - 1
    while low < high:
        n_kept = (low + high + 1) // 2
        n_head = round(head_share * n_kept)
        text = f"{name[:n_head].rstrip()}…{name[len(name) - (n_kept - n_head) :].lstrip()}"
        if width(text) <= room:
            fitting, low = text, n_kept
        else:
            high = n_kept - 1
    return fitting


def _from(name: str, n_head: int, start: int, room: float, width: Callable[[str], float]) -> str:
    """The first letters, dots, and what begins at ``start``, with dots where that is cut as well."""
    for end in range(len(name), start, -1):
        text = f"{name[:n_head]}…{name[start:end]}" + ("…" if end < len(name) else "")
        if width(text) <= room:
            return text
    return "…"


def shorter_forms(name: str, other: str) -> tuple[str, ...]:
    """``name`` and shorter forms of it that keep what tells it from ``other``.

    "layer 3: unit 8 → hour" beside "layer 3: unit 16 → hour" is "… unit 8 → hour", "… unit 8 …", "unit 8" and "…8…".
    """
    words, others = name.split(" "), other.split(" ")
    least = min(len(words), len(others))
    n_before = next((place for place in range(least) if words[place] != others[place]), least)
    n_after = 0
    while n_after < least - n_before and words[-1 - n_after] == others[-1 - n_after]:
        n_after += 1
    core = words[n_before : len(words) - n_after]
    if not core or n_before + n_after == 0:
        return (name,)
    end = " …" if n_after else ""
    forms = [name]
    if n_before > 1:
        # A number says nothing without the word before it.
        forms.append("… " + " ".join(words[n_before - 1 :]))
    if n_before > 0:
        start, middle = "… " if n_before > 1 else "", " ".join([words[n_before - 1], *core])
        forms += [start + middle + end, middle]
    forms.append(("…" if n_before else "") + " ".join(core) + end.strip())
    return tuple(dict.fromkeys(forms))
