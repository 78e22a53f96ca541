"""A timeline as JSON and back: equal, or a sentence on what is wrong."""

from __future__ import annotations

import json
import random
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from regdesk.core.run.taken import PutIn
from regdesk.core.settings.configuration import Configuration, with_values
from regdesk.core.timeline.acts import Act, Parent
from regdesk.core.timeline.form import from_dict, to_dict
from regdesk.core.timeline.packed import PackedActs
from regdesk.core.timeline.timeline import BrokenTimeline, Timeline, lineage_of, without_engine_acts
from regdesk.core.types import DataSettings, TrainSettings
from regdesk.data.sessions.known_types import special_of

TRAINING = {f"training.{name}": value for name, value in vars(TrainSettings(lam=0.5)).items()}
ALL = PutIn(np.array([0.5, -1.0]).astype("<f8").tobytes())
ONE = PutIn(np.array([0.1]).astype("<f8").tobytes(), (3,))


def timeline() -> Timeline:
    """Run 3 goes on from run 1 after two of the acts of its engine; run 2 was left."""
    return Timeline(
        Configuration(data=DataSettings(target="y")),
        (
            Act("run", 1, 0, 0.5, "A run begins.", values={"source.sample": "diabetes", "architecture.hidden": (4,)}),
            Act("settings", 1, 0, 0.5, values=TRAINING),
            Act("choice", 1, 10, 1.0, "λ 0.5 → 0.1", values={"training.lam": 0.1}),
            Act("settings", 1, 12, 1.1, "λ 0.5 → 0.1", values={"training.lam": 0.1}),
            Act("choice", 1, 12, 2.0, "", "lesson", {"view.text_percent": 125}),
            Act("weights", 1, 30, 2.0, "solved", put_in=ALL),
            Act("run", 2, 0, 3.0, "seed 0 → 1", values={"seed": 1}),
            Act("settings", 2, 0, 3.0, values=TRAINING | {"training.lam": 0.1}),
            Act("diverged", 2, 9, 4.0),
            Act("run", 3, 20, 5.0, "back", values={"seed": 0}, parent=Parent(1, 20, 2)),
            Act("settings", 3, 20, 5.0, values=TRAINING | {"training.lam": 7.0}),
            Act("weights", 3, 25, 6.0, "by hand", put_in=ONE),
        ),
    )


def test_it_comes_back_equal():
    assert from_dict(json.loads(json.dumps(to_dict(timeline())))) == timeline()
    assert from_dict(to_dict(Timeline(Configuration()))) == Timeline(Configuration())


def test_a_course_is_what_a_run_and_its_parents_took():
    course = timeline().course(3)
    assert course.runs == (1, 3)
    assert [(one.kind, one.step, one.settings.lam) for one in course.taken] == [
        ("settings", 0, 0.5),
        ("settings", 12, 0.1),
        ("settings", 20, 7.0),
        ("weights", 25, 7.0),
    ]
    assert course.taken[-1].put_in == ONE
    assert course.configuration.training == TrainSettings(lam=7.0)
    assert (course.configuration.seed, course.configuration.source.sample) == (0, "diabetes")
    assert course.configuration.architecture.hidden == (4,)
    assert [one.put_in for one in timeline().course(1).taken] == [None, None, ALL], "its own course goes further"
    assert timeline().course(2).configuration.seed == 1
    with pytest.raises(BrokenTimeline, match="no run 4"):
        timeline().course(4)


def test_what_was_chosen_in_the_end_follows_from_the_choices():
    chosen = timeline().configuration()
    expected = {"training.lam": 0.1, "view.text_percent": 125}
    assert chosen == with_values(timeline().beginning, expected)


def test_a_run_that_was_left_can_lose_its_engines_acts_and_still_be_told():
    acts = timeline().acts
    assert lineage_of({3: 1}, 3) == {1, 3}
    assert lineage_of({3: 1}, 2) == {2}
    cut = Timeline(timeline().beginning, tuple(without_engine_acts(acts, {2})))
    assert len(cut.acts) == len(acts) - 2
    assert from_dict(json.loads(json.dumps(to_dict(cut)))) == cut
    assert (cut.course(2).is_whole, cut.course(3).is_whole) == (False, True)
    assert cut.course(3).taken == timeline().course(3).taken


def broken(change: Any) -> Any:
    record = json.loads(json.dumps(to_dict(timeline())))
    change(record["acts"])
    return record


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda acts: acts[0].update(kind="wish"), "Act 1 .* no kind"),
        (lambda acts: acts[2]["values"].update({"training.lam": -1}), "Act 3 .*training.lam"),
        (lambda acts: acts[2]["values"].update({"training.alpha": 1}), "Act 3 .*no setting"),
        (lambda acts: acts[1].update(values={"seed": 3}), "Act 2 .*training settings"),
        (lambda acts: acts[3].update(step=-1), "Act 4 .*no number of steps"),
        (lambda acts: acts[3].update(step=True), "Act 4 .*no number of steps"),
        (lambda acts: acts[4].update(seconds=0.1), "Act 5 .*earlier"),
        (lambda acts: acts[4].update(seconds=float("nan")), "Act 5 .*time"),
        (lambda acts: acts[5]["put_in"].update(f4="00"), "Act 6 .*cut in a number"),
        (lambda acts: acts[5]["put_in"].update(f4="0000c07f"), "Act 6 .*not all numbers"),
        (lambda acts: acts[5]["put_in"].update(f4="?"), "Act 6"),
        (lambda acts: acts[5].pop("put_in"), "Act 6 .*lacking"),
        (lambda acts: acts[11]["put_in"].update(positions=[1, 2]), "Act 12 .*places"),
        (lambda acts: acts[9].update(parent=[5, 0, 0]), "Run 3"),
        (lambda acts: acts[9].update(parent=[1, 20, 4]), "goes on from 4 acts"),
        (lambda acts: acts[6].update(run=1), "Run 1 .*twice"),
        (lambda acts: acts.append({"kind": "run", "wish": 1}), "Act 13"),
        (lambda acts: acts.append(7), "Act 13"),
    ],
)
def test_what_is_wrong_is_said(change, says):
    with pytest.raises(BrokenTimeline, match=says):
        from_dict(broken(change))


KEYS = ["kind", "run", "step", "seconds", "words", "origin", "values", "put_in", "parent", "is_cut"]
VALUES = [None, True, -1, 1e400, "x", [], {}, [1], {"a": 1}]


def test_any_damage_is_a_sentence_or_another_timeline():
    """Any value of any act replaced by another: refused, or read as what it says."""
    generator = random.Random(1)
    n_refused = 0
    for _ in range(400):
        record = broken(lambda acts: generator.choice(acts).update({generator.choice(KEYS): generator.choice(VALUES)}))
        try:
            read = from_dict(record)
        except BrokenTimeline:
            n_refused += 1
        else:
            assert from_dict(to_dict(read)) == read
    assert 200 < n_refused < 400


@pytest.mark.parametrize(
    "record", [None, [], {}, {"acts": [], "beginning": {}}, {"acts": {}, "beginning": {"version": 1}}]
)
def test_what_is_no_timeline_is_refused(record):
    with pytest.raises(BrokenTimeline):
        from_dict(record)


def as_json(values: Any) -> str:
    return "".join(json.JSONEncoder(indent=1).iterencode(values))


def peak_bytes(made: Callable[[Timeline], Any], given: Timeline) -> int:
    tracemalloc.start()
    try:
        for _ in made(given)["acts"]:
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_acts_are_written_one_by_one_as_they_are_all_at_once() -> None:
    written = special_of(Timeline)
    assert written is not None
    for one in (timeline(), Timeline(Configuration())):
        assert as_json(written.write(one)) == as_json(to_dict(one))
    acts = PackedActs([Act("choice", 1, step, 1.0, values={"seed": step}) for step in range(1_000)])
    long = Timeline(Configuration(), acts.row)
    assert list(written.write(long)["acts"]) == to_dict(long)["acts"]
    assert 2 * peak_bytes(written.write, long) < peak_bytes(to_dict, long)
