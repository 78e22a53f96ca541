"""How long a network's sweep will still take, against sweeps that were recorded to their end."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from regdesk.core.networks.passes_left import PassesLeft
from regdesk.core.sweep.remaining_time import RemainingTime
from regdesk.views.sweep.network_words import progress_text

RECORDED = json.loads((Path(__file__).parent / "recorded_sweeps.json").read_text(encoding="utf-8"))
"""What each dataset of a sweep of a sample told of its models, in order: dataset, kind of note, its arguments."""
NOTES = {
    "w": "note_way", "c": "note_cold", "m": "note_mended", "p": "note_pending", "r": "note_round", "h": "note_hop",
    "H": "note_hopped",
}  # fmt: skip


def replayed(record):
    """Passes done and passes left after each note, ``(n_notes, 2)``."""
    notes = [re.fullmatch(r"(\d+)(\D)(.*)", word).groups() for word in record["notes"].split()]
    datasets = {
        number: PassesLeft(record["n_lambdas"], record["activation"], record["n_seeds"])
        for number in sorted({number for number, _, _ in notes})
    }
    work = []
    for number, kind, arguments in notes:
        values = [float(one) if "." in one else int(one) for one in arguments.split(",")]
        getattr(datasets[number], NOTES[kind])(*values)
        work.append([sum(getattr(one, name) for one in datasets.values()) for name in ("n_done", "n_left")])
    return np.array(work)


def told_and_right(record):
    """Of the last four fifths of a sweep in which a pass takes 1 ms: seconds told, NaN for none, and right ones."""
    work, remaining = replayed(record), RemainingTime()
    end_s = work[-1, 0] / 1000.0
    told, right, share = [], [], []
    for number, (done, left) in enumerate(work):
        progress = remaining.progress(done / 1000.0, number + 1, len(work), (done, left))
        told.append(np.nan if progress.left_s is None else progress.left_s)
        right.append(end_s - done / 1000.0)
        share.append(done / work[-1, 0])
    # What is told counts for as long as it stands; the last seconds are "a few" in words.
    stands = np.append(np.diff(work[:, 0]), 0.0) * ((np.array(share) >= 0.2) & (np.array(right) > 5.0))
    return np.array(told), np.array(right), stands


def test_of_the_last_four_fifths_of_sweeps_nine_tenths_are_told_within_a_factor_of_two():
    right_s = told_s = all_s = 0.0
    for record in RECORDED.values():
        told, right, stands = told_and_right(record)
        is_told = np.isfinite(told)
        is_right = is_told & (told <= 2.0 * right) & (told >= 0.5 * right)
        right_s += float(stands[is_right].sum())
        told_s += float(stands[is_told].sum())
        all_s += float(stands.sum())
    assert right_s >= 0.9 * told_s
    assert told_s >= 0.7 * all_s


@pytest.mark.parametrize("name", sorted(RECORDED))
def test_no_recorded_sweep_is_told_far_off(name):
    """Before cold starts, seeds and ways back were counted it was 0.04 to 0.2 of the right time."""
    told, right, stands = told_and_right(RECORDED[name])
    share = (told / np.maximum(right, 1e-9))[np.isfinite(told) & (stands > 0.0)]
    assert share.min() > 0.33
    assert share.max() < 3.0


def test_while_the_work_grows_as_fast_as_it_is_done_nobody_can_tell():
    remaining = RemainingTime()
    # However much is done, a tenth as much again is left: the end never comes nearer.
    growing = [remaining.progress(0.1 * n, n, 2 * n, (float(n), 0.1 * n)) for n in range(1, 400)]
    assert growing[-1].left_s is None
    # Who has waited is told what is known by now, and that it may not be all.
    assert progress_text(growing[50]) == "Sweeping: too early to tell how long, 51 fits done."
    assert progress_text(growing[-1]) == "Sweeping: a few seconds left or more, 399 fits done."
    slow = RemainingTime()
    first = [slow.progress(4.0 * n, n, 400, (float(n), 400.0 - n)) for n in range(4)]
    assert [one.least_left_s for one in first] == [None, None, None, pytest.approx(12.0 * 397 / 3)]
    assert progress_text(first[-1]) == "Sweeping: about 26 min left or more, 3 fits done."
    steady = RemainingTime()
    told = [steady.progress(0.1 * n, n, 400, (float(n), 400.0 - n)) for n in range(1, 391)]
    assert told[-1].left_s == pytest.approx(1.0, abs=0.2)
    assert progress_text(told[-1]) == "Sweeping: a few seconds left, 390 fits done."


def test_every_seed_and_every_cold_start_is_still_to_come():
    one, three = (PassesLeft(10, "tanh", n_seeds) for n_seeds in (1, 3))
    for number in range(10):
        one.note_way(0, number, 100, True)
        three.note_way(0, number, 100, True)
    # The way back of one seed, of three four more ways, and eight cold starts more for each further seed.
    assert three.n_left - one.n_left == pytest.approx((4 * 1000 + 16 * 400) * 1.08, rel=1e-6)
    one.note_cold(5)
    five = one.n_left
    one.note_cold(0)
    assert five - one.n_left == pytest.approx(5 * 400 * 1.08, rel=1e-6)
