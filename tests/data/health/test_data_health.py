"""What is told of a table that would spoil what is learnt from it; and that nothing is told of a sound one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from regdesk.core.types import DataSettings
from regdesk.core.words.data_facts import HealthFinding
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import Table
from regdesk.data.health.health import data_health
from regdesk.data.samples import sample_path, samples

DRAWN = np.random.default_rng(7)
NOISE = DRAWN.normal(size=40).round(3)
OTHER = DRAWN.normal(size=40).round(3)
GROUPS = ["red", "green", "blue", "red"] * 10


def table_of(folder: Path, **columns: Sequence[object]) -> Table:
    path = folder / "health.csv"
    rows = zip(*columns.values(), strict=True)
    lines = [";".join(columns), *(";".join("" if cell is None else str(cell) for cell in row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_table(path)


def told(table: Table, target: str | None = None, n_folds: int | None = None) -> list[HealthFinding]:
    return list(data_health(table, DataSettings(target=target), n_folds))


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_nothing_is_told_of_the_samples(sample) -> None:
    assert told(read_table(sample_path(sample.name)), sample.target, 5) == []


def test_nothing_is_told_of_a_sound_table(tmp_path: Path) -> None:
    table = table_of(tmp_path, a=NOISE, b=OTHER, g=GROUPS, y=(NOISE + OTHER).round(2))
    assert told(table, "y", 5) == []
    assert told(table) == []


@pytest.mark.parametrize(
    ("other", "topic", "sentence"),
    [
        (NOISE, "copies", "b is a copy of a; both are kept, and share what they explain."),
        (NOISE * 2.5, "same meaning", "b = 2.5 × a in every row; both are kept, and share what they explain."),
        (32 + NOISE * 2, "same meaning", "b = 2 × a + 32 in every row; both are kept, and share what they explain."),
        (5 - NOISE, "same meaning", "b = -1 × a + 5 in every row; both are kept, and share what they explain."),
    ],
)
def test_columns_of_one_meaning_are_named(tmp_path: Path, other: np.ndarray, topic: str, sentence: str) -> None:
    table = table_of(tmp_path, a=NOISE, b=other.round(6), c=OTHER, y=GROUPS)
    assert told(table, "y") == [HealthFinding(topic, ("a", "b"), 2, sentence)]


def test_a_single_cell_that_differs_makes_no_copy(tmp_path: Path) -> None:
    other = NOISE.copy()
    other[17] += 0.5
    assert told(table_of(tmp_path, a=NOISE, b=other, y=GROUPS), "y") == []


def test_what_is_off_a_line_by_more_than_rounding_is_no_copy(tmp_path: Path) -> None:
    # Of the range a hundred thousandth: so little that both have next to the same length along a direction.
    other = 3.0 * NOISE + 7.0 + 1e-5 * np.ptp(3.0 * NOISE) * np.sin(np.arange(len(NOISE)))
    assert told(table_of(tmp_path, a=NOISE, b=other, y=GROUPS), "y") == []


def test_a_gap_that_differs_makes_no_copy(tmp_path: Path) -> None:
    other = [None if row == 17 else cell for row, cell in enumerate(NOISE)]
    assert told(table_of(tmp_path, a=NOISE, b=other, y=GROUPS), "y") == []


def test_labels_under_other_names_are_named(tmp_path: Path) -> None:
    codes = [{"red": 30, "green": 10, "blue": 20}[one] for one in GROUPS]
    short = [one[0] for one in GROUPS]
    table = table_of(tmp_path, g=GROUPS, code=codes, short=short, y=NOISE)
    assert [(one.topic, one.columns, one.sentence) for one in told(table, "y")] == [
        ("same meaning", ("g", "code"),
         "code is g in other words, value by value; both are kept, and share what they explain."),
        ("same meaning", ("g", "short"),
         "short is g in other words, value by value; both are kept, and share what they explain."),
    ]  # fmt: skip


def test_a_flag_and_its_opposite_are_named(tmp_path: Path) -> None:
    flag = [int(one > 0) for one in NOISE]
    table = table_of(tmp_path, a=flag, b=[1 - one for one in flag], y=OTHER)
    assert [(one.topic, one.sentence) for one in told(table, "y")] == [
        ("same meaning", "b is a the other way round; both are kept, and share what they explain.")
    ]


def test_many_columns_of_zeros_and_ones_are_compared_in_moderate_time(tmp_path: Path) -> None:
    flags = {f"f{number}": (np.arange(40) % 8 == number).astype(int) for number in range(8)}
    table = table_of(tmp_path, **flags, last=flags["f3"], y=NOISE)
    assert [one.columns for one in told(table, "y")] == [("f3", "last")]


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (NOISE, "x is the target under another name (y is a copy of x)"),
        ((NOISE * 3).round(6), "x is the target under another name (y = 0.333333 × x in every row)"),
    ],
)
def test_a_feature_that_is_the_target_is_named(tmp_path: Path, column: np.ndarray, words: str) -> None:
    found = told(table_of(tmp_path, x=column, z=OTHER, y=NOISE), "y")
    assert [(one.topic, one.columns) for one in found] == [("leakage", ("x",))]
    assert found[0].sentence.startswith(words)


def test_what_is_left_out_by_its_role_cannot_leak(tmp_path: Path) -> None:
    table = table_of(tmp_path, x=NOISE, z=OTHER, y=NOISE)
    assert [one.topic for one in told(table, "y")] == ["leakage"]
    assert data_health(table, DataSettings(target="y", roles=(("x", "ignored"),))) == ()
    assert data_health(table, DataSettings(target="y", features=("z",))) == ()
    found = data_health(table, DataSettings(target="y", features=("z",), roles=(("x", "feature"),)))
    assert [one.topic for one in found] == ["leakage"]


def test_a_feature_that_nearly_is_the_target_is_named(tmp_path: Path) -> None:
    x = (NOISE + 0.001 * OTHER).round(6)
    (found,) = told(table_of(tmp_path, x=x, z=OTHER, y=NOISE), "y")
    figure = np.corrcoef(x, NOISE)[0, 1]
    assert found.topic == "leakage"
    assert found.columns == ("x",)
    assert f"(correlation {np.floor(figure * 1e6) / 1e6:.6g})" in found.sentence


def test_a_number_that_tells_the_classes_apart_is_named(tmp_path: Path) -> None:
    classes = ["high" if one > 0.1 else "low" for one in NOISE]
    (found,) = told(table_of(tmp_path, x=NOISE, z=OTHER, y=classes), "y")
    low, high = NOISE[NOISE <= 0.1], NOISE[NOISE > 0.1]
    assert found.columns == ("x",)
    assert (
        f"'low' from {low.min():.6g} to {low.max():.6g}, 'high' from {high.min():.6g} to {high.max():.6g}"
        in found.sentence
    )


def test_labels_that_determine_the_class_are_named(tmp_path: Path) -> None:
    classes = ["warm" if one == "red" else "cold" for one in GROUPS]
    (found,) = told(table_of(tmp_path, g=GROUPS, x=NOISE, y=classes), "y")
    assert (found.topic, found.columns) == ("leakage", ("g",))
    assert "each of its 3 labels comes with one class alone" in found.sentence


def test_a_column_that_is_filled_for_one_class_alone_is_named(tmp_path: Path) -> None:
    dead = [int(one > 0) for one in NOISE]
    cause = [(["fever", "fall"][row % 2] if one else None) for row, one in enumerate(dead)]
    (found,) = [one for one in told(table_of(tmp_path, cause=cause, x=OTHER, dead=dead), "dead") if one.count == 2]
    assert found.topic == "leakage"
    assert found.columns == ("cause",)
    assert "holds a value exactly where the target is '1'" in found.sentence


def test_small_and_lopsided_classes_are_counted(tmp_path: Path) -> None:
    classes = ["no"] * 39 + ["yes"]
    found = told(table_of(tmp_path, x=NOISE, y=classes), "y", 5)
    assert [(one.topic, one.count) for one in found] == [("small class", 1), ("imbalance", 39)]
    assert "y has a class with fewer than 5 rows, one for each fold: 'yes' (1 row)." in found[0].sentence
    assert "right in 97.5 %" in found[1].sentence
    assert [one.topic for one in told(table_of(tmp_path, x=NOISE, y=["no"] * 20 + ["yes"] * 20), "y", 5)] == []


def test_more_inputs_than_rows(tmp_path: Path) -> None:
    columns = {f"x{number}": DRAWN.normal(size=12).round(4) for number in range(12)}
    (found,) = told(table_of(tmp_path, **columns, y=DRAWN.normal(size=12).round(4)), "y")
    assert (found.topic, found.count) == ("more inputs than rows", 12)


def test_dates_are_one_input_each(tmp_path: Path) -> None:
    days = [f"2024-01-{day:02d}" for day in range(1, 25)]
    table = table_of(tmp_path, day=days, x=DRAWN.normal(size=24).round(4), y=DRAWN.normal(size=24).round(4))
    assert table.column("day").kind == "datetime"
    assert list(data_health(table, DataSettings(target="y", features=("day", "x")))) == []


def test_columns_that_say_nothing_and_gaps(tmp_path: Path) -> None:
    gaps = [cell if row % 3 == 0 else None for row, cell in enumerate(OTHER)]
    table = table_of(tmp_path, x=NOISE, void=[None] * 40, one=["a"] * 40, two=[7] * 40, gaps=gaps)
    assert [(one.topic, one.columns, one.sentence) for one in told(table)] == [
        ("empty", ("void",), "void holds no value."),
        ("constant", ("one", "two"), "one and two have one value only and say nothing."),
        ("missing", ("gaps",), "gaps is missing in 26 of 40 rows."),
    ]


def test_cells_that_were_merged(tmp_path: Path) -> None:
    empty: list[str | None] = [None] * (len(NOISE) - 2)
    merged = ["north", None, *empty]
    merged[20], merged[30] = "south", "east"
    found = told(table_of(tmp_path, region=merged, a=NOISE, b=OTHER))
    assert [one.topic for one in found] == ["merged cells", "missing"]
    assert found[0].sentence.startswith("region holds each of its values once, and nothing in the rows below it")
    # Not of remarks: one stands right below another, or the first row has none.
    merged[21] = "west"
    assert [one.topic for one in told(table_of(tmp_path, region=merged, a=NOISE, b=OTHER))] == ["missing"]
    merged[0] = merged[21] = None
    assert [one.topic for one in told(table_of(tmp_path, region=merged, a=NOISE, b=OTHER))] == ["missing"]


def test_a_number_far_from_all_others(tmp_path: Path) -> None:
    far = NOISE.copy()
    far[11] = 4000.0
    (found,) = told(table_of(tmp_path, x=far, y=GROUPS), "y")
    rest = np.delete(NOISE, 11)
    assert (found.topic, found.columns, found.count) == ("outliers", ("x",), 1)
    assert found.sentence == f"x holds 4000, and all other numbers are from {rest.min():.6g} to {rest.max():.6g}."


def test_a_long_tail_is_no_outlier(tmp_path: Path) -> None:
    assert told(table_of(tmp_path, x=np.exp(2.5 * DRAWN.normal(size=40)).round(5), y=GROUPS), "y") == []


def test_a_key_is_known_by_its_name(tmp_path: Path) -> None:
    keys = DRAWN.permutation(np.arange(1000, 1040))
    (found,) = told(table_of(tmp_path, customer_id=keys, x=NOISE, y=GROUPS), "y")
    assert (found.topic, found.columns) == ("identifier", ("customer_id",))
    assert told(table_of(tmp_path, humid=keys, x=NOISE, y=GROUPS), "y") == []


def test_labels_that_differ_in_capitals_are_named(tmp_path: Path) -> None:
    sexes = ["male", "Male", "female", "female"] * 10
    (found,) = told(table_of(tmp_path, sex=sexes, x=NOISE, y=OTHER), "y")
    assert (found.topic, found.count) == ("spellings", 1)
    assert "'male' and 'Male'" in found.sentence


def test_copied_rows_are_counted_with_their_lines(tmp_path: Path) -> None:
    rows = [*range(36), 3, 5, 36, 37]
    groups = [GROUPS[row] for row in rows]
    (found,) = told(table_of(tmp_path, x=NOISE[rows], g=groups, y=OTHER[rows]), "y")
    assert (found.topic, found.count) == ("copied rows", 2)
    assert "2 rows are copies of earlier ones, the first in line 38 (of line 5)" in found.sentence


def test_rows_of_few_values_are_no_copies(tmp_path: Path) -> None:
    assert told(table_of(tmp_path, g=GROUPS, h=["u", "v"] * 20, y=["n", "m", "m", "n"] * 10)) == []


def test_ticks_are_named_with_what_reads_them(tmp_path: Path) -> None:
    (found,) = told(table_of(tmp_path, smoker=["x", None] * 20, x=NOISE, y=OTHER), "y")
    assert (found.topic, found.columns, found.count) == ("ticks", ("smoker",), 20)
    assert found.sentence.startswith("smoker holds 'x' in 20 of 40 rows and nothing in the others;")
    assert found.sentence.endswith("(--kind smoker=boolean).")


def test_copies_in_another_part_are_counted(tmp_path: Path) -> None:
    cells = [*NOISE[:36], *NOISE[:4]]
    parts = ["train"] * 37 + ["test"] * 3
    b = [*np.sin(40 * NOISE[:36]).round(3), *np.sin(40 * NOISE[:4]).round(3)]
    table = table_of(tmp_path, a=cells, b=b, y=[*OTHER[:36], *OTHER[:4]], part=parts)
    found = data_health(table, DataSettings(target="y", split_column="part"))
    assert [one.sentence for one in found] == [
        "4 rows are copies of earlier ones, the first in line 38 (of line 2); in training and validation at once a row "
        "makes a model look better than it is; by part 3 of them are in another part than the earlier row."
    ]


@pytest.mark.parametrize(("role", "words"), [("split", "the split"), ("fold", "the fold")])
def test_a_column_of_parts_with_one_value_leaves_nothing_to_test_on(tmp_path: Path, role: str, words: str) -> None:
    table = table_of(tmp_path, a=NOISE, y=OTHER, part=["train"] * 40)
    settings = DataSettings(target="y", **{f"{role}_column": "part"})
    assert list(data_health(table, settings)) == [
        HealthFinding(
            "one part",
            ("part",),
            1,
            f"part says {words} of each row and has one value only, 'train': all rows are in one part, and none is "
            "left to test on.",
        )
    ]


def test_labels_that_look_alike_are_named(tmp_path: Path) -> None:
    table = table_of(tmp_path, a=NOISE, b=OTHER, g=["Ko\u0308ln", "Köln", "Bonn", "Bo\u200bnn"] * 10)
    assert [(one.topic, one.count) for one in told(table)] == [("spellings", 2)]
