"""Acts of a long session, most of them packed, are the same acts."""

from __future__ import annotations

import weakref

import numpy as np
import pytest

from regdesk.core.run.taken import PutIn
from regdesk.core.timeline.acts import Act, Parent
from regdesk.core.timeline.packed import STRETCH, ActRow, PackedActs
from regdesk.core.timeline.timeline import without_engine_acts

PUT_IN = PutIn(np.array([0.1, -0.0, 5e-324]).astype("<f8").tobytes(), (0, 2, 5))


def made(number: int) -> Act:
    """Of ten acts one begins a run, which goes on from the one before, and one puts weights in."""
    run, own = divmod(number, 10)
    values = {"training.lam": number / 7, "architecture.hidden": (number, 4), "source.file": None}
    if own == 0:
        return Act("run", run + 1, 0, number / 3, "A run.", values=values, parent=Parent(run, 3, 4) if run else None)
    if own == 1:
        return Act("weights", run + 1, number, number / 3, "put in", put_in=PUT_IN)
    return Act("choice" if own % 2 else "settings", run + 1, number, number / 3, f"λ → {number} é", "lesson", values)


ACTS = [made(number) for number in range(5 * STRETCH + 17)]


@pytest.mark.parametrize("n_acts", [0, 1, STRETCH, 2 * STRETCH - 1, 2 * STRETCH, 3 * STRETCH + 1, len(ACTS)])
def test_packed_or_not_they_are_the_same_acts_in_their_order(n_acts: int):
    added, at_once, wanted = PackedActs(), PackedActs(ACTS[:n_acts]), tuple(ACTS[:n_acts])
    for act in wanted:
        added.append(act)
    for row in (added.row, at_once.row):
        assert (row == wanted, wanted == row, len(row), tuple(row)) == (True, True, n_acts, wanted)
        if n_acts:
            assert (row[0], row[n_acts // 2], row[-1]) == (wanted[0], wanted[n_acts // 2], wanted[-1])
        assert row[3:200:7] == wanted[3:200:7]
        with pytest.raises(IndexError):
            row[n_acts]
        assert isinstance(row, ActRow) == (n_acts >= 2 * STRETCH)
    assert (len(added), added.row == at_once.row) == (n_acts, True)


def test_rows_differ_where_one_act_does():
    row = PackedActs(ACTS).row
    other = PackedActs([*ACTS[:9], ACTS[8], *ACTS[10:]]).row
    assert row != other
    assert row != tuple(ACTS[:-1])
    assert row != list(ACTS)


def test_what_is_packed_is_no_object_any_more_and_a_row_stays_as_it_was():
    packed = PackedActs()
    first = made(0)
    gone = weakref.ref(first)
    packed.append(first)
    before = packed.row
    assert gone() is not None
    for number in range(1, 2 * STRETCH + 5):
        packed.append(made(number))
    assert (len(before), before[0]) == (1, first)
    del first, before
    assert gone() is None
    assert packed.row[0] == made(0)


def test_what_may_still_be_replaced_stays_open_and_is_packed_afterwards():
    packed = PackedActs()
    for act in ACTS[: 4 * STRETCH]:
        packed.append(act, open_from=5)
    packed.replace(5, made(1_000))
    assert packed.open_act(5) == made(1_000)
    for act in ACTS[4 * STRETCH :]:
        packed.append(act)
    assert packed.row == (*ACTS[:5], made(1_000), *ACTS[6:])
    for refused in (lambda: packed.open_act(5), lambda: packed.replace(0, ACTS[0])):
        with pytest.raises(IndexError, match="packed"):
            refused()
    packed.replace(len(packed) - 1, ACTS[0])
    assert packed.row[-1] == ACTS[0]


@pytest.mark.parametrize("runs", [set(), {1}, {13, 14, 40}, set(range(1, 30)), set(range(1, 100))], ids=len)
def test_engines_acts_of_some_runs_are_given_up_where_they_are_packed_too(runs: set[int]):
    packed = PackedActs(ACTS)
    packed.forget_engine_acts(runs)
    wanted = without_engine_acts(ACTS, runs)
    assert packed.row == tuple(wanted)
    for act in ACTS:
        packed.append(act)
    assert packed.row == (*wanted, *ACTS)
    assert [packed.row[place] for place in range(0, len(packed), 50)] == [*wanted, *ACTS][::50]
