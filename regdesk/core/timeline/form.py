"""A timeline to and from JSON; what comes back is checked by the table of settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import isfinite
from typing import Any

import numpy as np

from regdesk.core.run.taken import PutIn
from regdesk.core.settings import configuration_record
from regdesk.core.settings.configuration_record import checked
from regdesk.core.settings.settings_table import SETTINGS, WrongSetting
from regdesk.core.timeline.acts import ENGINE_KINDS, KINDS, ORIGINS, Act, Parent
from regdesk.core.timeline.timeline import BrokenTimeline, Timeline

LARGEST = 2**53
_SHORT = {"kind", "run", "step", "seconds", "words", "origin", "values", "put_in", "parent", "is_cut"}


def to_dict(timeline: Timeline) -> dict[str, Any]:
    """As JSON holds it; ``from_dict`` reads it. What has its default is left out of an act."""
    return {
        "beginning": configuration_record.to_dict(timeline.beginning),
        "acts": [_act_to_dict(act) for act in timeline.acts],
    }


class ActsAsWritten(list[Any]):
    """Acts for ``json``'s encoder in Python, which takes them one by one: each is made into JSON's values as it is
    asked for, and let go. Those of 10,000 acts took 7 MB at every autosave, and what they left free among what stays
    was never given back. A list, since others are not encoded; it has no entries of its own.
    """

    def __init__(self, acts: Sequence[Act]) -> None:
        super().__init__()
        self._acts = acts

    def __len__(self) -> int:
        return len(self._acts)

    def __iter__(self) -> Iterator[Any]:
        return map(_act_to_dict, self._acts)


def to_written(timeline: Timeline) -> dict[str, Any]:
    """As ``to_dict``, to be written piece by piece and nothing else."""
    return {"beginning": configuration_record.to_dict(timeline.beginning), "acts": ActsAsWritten(timeline.acts)}


def from_dict(record: Any) -> Timeline:
    """The timeline that ``record`` holds. Raises BrokenTimeline, a sentence, where it is none."""
    if not isinstance(record, Mapping) or set(record) != {"beginning", "acts"} or not isinstance(record["acts"], list):
        raise BrokenTimeline("A timeline has a beginning and a list of acts.")
    try:
        beginning = configuration_record.from_dict(record["beginning"])
    except WrongSetting as problem:
        raise BrokenTimeline(f"The beginning of the timeline: {problem}") from None
    acts: list[Act] = []
    for number, one in enumerate(record["acts"], start=1):
        try:
            acts.append(_act_from_dict(one))
        except (WrongSetting, ValueError) as problem:
            raise BrokenTimeline(f"Act {number} of the timeline: {problem}") from None
        if len(acts) > 1 and acts[-1].seconds < acts[-2].seconds:
            raise BrokenTimeline(f"Act {number} of the timeline is earlier than the one before.")
    timeline = Timeline(beginning, tuple(acts))
    for run in {act.run for act in acts if act.run}:
        timeline.course(run)
    return timeline


def _act_to_dict(act: Act) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": act.kind, "run": act.run, "step": act.step, "seconds": act.seconds}
    if act.words:
        found["words"] = act.words
    if act.origin != "hand":
        found["origin"] = act.origin
    if act.values:
        found["values"] = {path: SETTINGS[path].kind.to_json(value) for path, value in act.values.items()}
    if act.put_in is not None:
        found["put_in"] = _put_in_to_dict(act.put_in)
    if act.parent is not None:
        found["parent"] = [act.parent.run, act.parent.step, act.parent.n_taken]
    if act.is_cut:
        found["is_cut"] = True
    return found


def _act_from_dict(record: Any) -> Act:
    if not isinstance(record, Mapping) or not set(record) <= _SHORT:
        raise ValueError("it is no act of this program.")
    kind, origin, words = record.get("kind"), record.get("origin", "hand"), record.get("words", "")
    if kind not in KINDS or origin not in ORIGINS or not isinstance(words, str):
        raise ValueError("it is of no kind or origin that this program knows.")
    is_cut = record.get("is_cut", False)
    if not isinstance(is_cut, bool):
        raise ValueError("whether it is cut is yes or no.")
    values = record.get("values", {})
    if not isinstance(values, Mapping):
        raise ValueError("its values are no settings.")
    put_in, parent = record.get("put_in"), record.get("parent")
    if (kind == "weights") != (put_in is not None) or (kind != "run" and (parent is not None or is_cut)):
        raise ValueError("what was put in is lacking, or is where it means nothing.")
    if kind in ENGINE_KINDS and not all(path.startswith("training.") for path in values):
        raise ValueError("the engine takes training settings alone.")
    return Act(
        kind,
        _whole(record.get("run")),
        _whole(record.get("step")),
        _seconds_of(record.get("seconds")),
        words,
        origin,
        {path: checked(path, value) for path, value in values.items()},
        None if put_in is None else _put_in_from_dict(put_in),
        None if parent is None else _parent_from(parent),
        is_cut,
    )


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise ValueError(f"{value!r:.60} is no number of steps or of a run.")
    return value


def _seconds_of(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value < 0:
        raise ValueError("its time is none.")
    return float(value)


def _parent_from(record: Any) -> Parent:
    if not isinstance(record, list) or len(record) != 3:
        raise ValueError("the run that it goes on from is given by three numbers.")
    return Parent(*(_whole(one) for one in record))


def _put_in_to_dict(put_in: PutIn) -> dict[str, Any]:
    """Numbers in hexadecimal digits of their bytes: of 4 bytes each where none of them needs more."""
    values = put_in.values
    short = values.astype("<f4")
    is_short = bool((short.astype("<f8") == values).all())
    found: dict[str, Any] = {"f4" if is_short else "f8": (short.tobytes() if is_short else put_in.content).hex()}
    return found if put_in.positions is None else found | {"positions": list(put_in.positions)}


def _put_in_from_dict(record: Any) -> PutIn:
    form = next((one for one in ("f4", "f8") if isinstance(record, Mapping) and one in record), None)
    if form is None or not set(record) <= {form, "positions"} or not isinstance(record[form], str):
        raise ValueError("what was put in are numbers in hexadecimal digits.")
    content = bytes.fromhex(record[form])
    if len(content) % int(form[1]):
        raise ValueError("what was put in is cut in a number.")
    values = np.frombuffer(content, f"<{form}").astype("<f8")
    if not np.isfinite(values).all():
        raise ValueError("what was put in is not all numbers.")
    positions = record.get("positions")
    if positions is None:
        return PutIn(values.tobytes())
    if not isinstance(positions, list) or len(positions) != len(values):
        raise ValueError("there are not as many places as numbers that were put in.")
    places = tuple(_whole(one) for one in positions)
    if any(after <= before for before, after in pairwise(places)):
        raise ValueError("places of what was put in are not in their order.")
    return PutIn(values.tobytes(), places)
