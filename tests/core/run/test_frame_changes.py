"""How many changes of settings a frame counts: of an earlier moment those that came before it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from canned import Canned, dataset_of
from tables import write_sparse

from regdesk.core.run.changes import SettingsChange
from regdesk.core.types import TrainSettings


def test_an_earlier_moment_counts_the_changes_before_it(tmp_path: Path) -> None:
    model = Canned.of(dataset_of(write_sparse(tmp_path / "sparse.csv"), "y"), hidden=(3,))
    before, after = TrainSettings("l2", 0.01), TrainSettings("l2", 0.1)
    changes = tuple(SettingsChange(step, float(step), float(step), before, after) for step in (0, 50, 120, 200))
    newest = replace(model.snapshot(200.0), step=200)
    assert model.frame(snapshot=newest, changes=changes).n_changes == 4
    for step, expected in ((0, 0), (50, 1), (51, 2), (120, 2), (199, 3)):
        earlier = replace(model.snapshot(float(step)), step=step)
        frame = model.frame(snapshot=earlier, now=newest, changes=changes)
        assert (frame.n_changes, frame.changes_before) == (expected, changes[:expected])
