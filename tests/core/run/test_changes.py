"""A drag is one change from start to end, two gestures are two, and no number of them fills the memory."""

from __future__ import annotations

from dataclasses import replace

from regdesk.core.run.changes import MAX_CHANGES, MERGE_S, ChangeLog, SettingsChange
from regdesk.core.types import TrainSettings

BASE = TrainSettings()


def change(step, before, after):
    return SettingsChange(step, step / 2, step / 2, before, after)


def drag(log, lambdas, start_step=0, start_s=0.0, gap_s=0.1):
    settings = replace(BASE, lam=lambdas[0])
    for number, lam in enumerate(lambdas[1:]):
        after = replace(settings, lam=lam)
        log.extend([change(start_step + 10 * number, settings, after)], start_s + gap_s * number)
        settings = after


def test_a_drag_is_one_change():
    log = ChangeLog()
    drag(log, [0.01, 0.02, 0.05, 0.1], start_step=100)
    (found,) = log.changes
    assert (found.before.lam, found.after.lam) == (0.01, 0.1)
    assert (found.step, found.epoch, found.last_epoch) == (100, 50.0, 60.0)
    assert found.changed_fields == {"lam"}
    assert log.changes is log.changes


def test_gestures_apart_and_of_other_settings_are_several():
    log = ChangeLog()
    drag(log, [0.01, 0.02, 0.05], gap_s=2 * MERGE_S)
    assert [(one.before.lam, one.after.lam) for one in log.changes] == [(0.01, 0.02), (0.02, 0.05)]
    last = log.changes[-1].after
    sgd = replace(last, optimizer="sgd")
    log.extend([change(500, last, sgd)], 2 * MERGE_S)
    log.extend([change(510, sgd, replace(sgd, lam=1.0))], 2 * MERGE_S)
    assert [sorted(one.changed_fields) for one in log.changes] == [["lam"], ["lam"], ["optimizer"], ["lam"]]


def test_changes_without_a_step_between_are_one_or_none():
    log = ChangeLog()
    l1 = replace(BASE, penalty="l1")
    log.extend([change(7, BASE, l1), change(7, l1, replace(l1, lam=1.0))], 0.0)
    assert [sorted(one.changed_fields) for one in log.changes] == [["lam", "penalty"]]
    log.extend([change(7, replace(l1, lam=1.0), BASE)], 100.0)
    assert log.changes == ()


def test_changes_without_end_are_joined_and_lose_no_way():
    log = ChangeLog()
    lambdas = [0.001 * (number + 1) for number in range(3 * MAX_CHANGES)]
    drag(log, lambdas, gap_s=2 * MERGE_S)
    assert MAX_CHANGES // 2 <= len(log.changes) <= MAX_CHANGES
    assert (log.changes[0].before.lam, log.changes[-1].after.lam) == (lambdas[0], lambdas[-1])
    for one, after in zip(log.changes, log.changes[1:], strict=False):
        assert one.after == after.before
        assert one.step < after.step
