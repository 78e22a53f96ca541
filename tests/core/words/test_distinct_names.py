"""Names that are cut: within their room, and never two alike."""

from __future__ import annotations

import itertools

import pytest

from regdesk.core.words.distinct_names import cut_names

CULMEN = ("Culmen length (mm)", "Culmen depth (mm)", "Flipper length (mm)", "Body mass (g)")
FAMILIES = (
    CULMEN,
    ("Culmen Length (mm)", "Culmen Widths (mm)"),
    tuple(f"measurement_{number}_of_the_same_series" for number in range(12)),
    tuple(f"the same beginning {letter} and the same end" for letter in "abcdef"),
    tuple("-".join(letters) for letters in itertools.product(("aaaaaa", "aaabaa"), repeat=4)),
    ("a" * 40, "a" * 41, "a" * 42),
)


@pytest.mark.parametrize("names", FAMILIES)
@pytest.mark.parametrize("room", [8, 10, 12, 16, 30])
def test_no_two_names_read_alike(names: tuple[str, ...], room: int) -> None:
    cut = cut_names(names, [room] * len(names), len)
    assert len(set(cut)) == len(set(names))
    for name, text in zip(names, cut, strict=True):
        assert len(text) <= room
        if len(name) <= room:
            assert text == name
        else:
            assert "…" in text
            assert text[0] in (name[0], "…")


def test_equal_names_stay_equal_and_others_keep_their_middle_cut() -> None:
    assert cut_names(["abcdefgh", "abcdefgh", "xy"], [5, 5, 5], len) == ["ab…gh", "ab…gh", "xy"]
    assert cut_names(["temperature", "pressure"], [7, 20], len) == ["tem…ure", "pressure"]


def test_two_axes_of_unequal_length_have_two_names() -> None:
    # As they were: "Culmen …th (mm)" on both.
    across, upwards = cut_names(["Culmen length (mm)", "Culmen depth (mm)"], [15, 15], len)
    assert across != upwards
    assert max(len(across), len(upwards)) <= 15
    # One that has room is written whole, and tells itself apart.
    assert cut_names(["Culmen length (mm)", "Culmen depth (mm)"], [30, 15], len)[0] == "Culmen length (mm)"


def test_without_room_for_what_differs_a_number_tells_them_apart() -> None:
    cut = cut_names(["a" * 40, "a" * 41, "a" * 42], [3, 3, 3], len)
    assert len(set(cut)) == 3
    assert all(text.startswith("a") or text.startswith("…") for text in cut)
