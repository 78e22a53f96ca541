"""A session in memory as the plain values of its file, and back; called in a thread, as models are measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from regdesk.core.run.moment import Moment
from regdesk.core.words.status_sentence import StoryMemory
from regdesk.data.sessions.saved_moments import MOST_BRANCHES_BYTES, MOST_BYTES, SavedMoments
from regdesk.data.sessions.saved_session import (
    SavedBranch,
    SavedData,
    SavedFreeze,
    SavedMoment,
    SavedRun,
    SavedSession,
    SavedStart,
    SavedStory,
    SavedSweep,
)
from regdesk.session.keeping.gathered import FrozenMoment, Gathered, KeptBranch, KeptSweep
from regdesk.session.keeping.kept_point import point_look, point_of
from regdesk.session.run import Run, source_settings
from regdesk.session.run_state import RunMemory, RunState
from regdesk.session.travel.branches import Branch
from regdesk.tasks.models.opened import digest_of_contents
from regdesk.tasks.sessions.measuring import Measuring
from regdesk.tasks.sessions.table_print import print_of, to_dict
from regdesk.workers.requests import RunStart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regdesk.core.moments.kept_moment import KeptMoment
    from regdesk.core.moments.store import MomentMemory
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.run.trainer_state import TrainerState
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.types import DataSettings
    from regdesk.data.files.model_file import SavedModel
    from regdesk.tasks.loading import Loaded

LAYOUT, CALCULATOR = "layout", "calculator"
Prepare = Callable[["DataSettings", int], "Loaded"]


def saved_of(found: Gathered, model: SavedModel, embedded: Mapping[str, bytes]) -> SavedSession:
    """``found`` as its file holds it; ``model`` is what it shows, ``embedded`` the content of its data's files by name,
    empty where they are only named.
    """
    loaded, look = found.run.run.loaded, dict(found.look)
    layout = look.pop(LAYOUT, {})
    state = layout.get("state", "") if isinstance(layout, dict) else ""
    rest = {name: value for name, value in layout.items() if name != "state"} if isinstance(layout, dict) else {}
    frozen = found.frozen
    of_branch = MOST_BRANCHES_BYTES // max(1, len(found.branches))
    return SavedSession(
        model=model,
        configuration=found.configuration,
        data=SavedData(loaded.table.digest, dict(embedded), to_dict(print_of(loaded.table))),
        timeline=found.timeline,
        run=_saved_run(found.run, found.timeline_run),
        branches=tuple(
            SavedBranch(_saved_run(one.branch.state, one.timeline_run, of_branch), one.branch.left_at)
            for one in found.branches
        ),
        sweep=None if found.sweep is None else _saved_sweep(found.sweep, found.configuration),
        frozen=None
        if frozen is None
        else SavedFreeze(_saved_moment(frozen.snapshot), frozen.history, frozen.configuration),
        n_changes=found.n_changes,
        look=look | {LAYOUT: rest, CALCULATOR: point_look(found.asked)},
        layout=bytes.fromhex(state),
    )


def gathered_of(saved: SavedSession, loaded: Loaded, prepare: Prepare) -> Gathered:
    """The session ``saved``, whose data are ``loaded``; ``prepare`` makes the same data ready in another way, for what
    was frozen. Raises ValueError, a sentence, where they do not fit.
    """
    own = saved.run
    measure = _measure_of(own.configuration, loaded)
    look = dict(saved.look)
    rest: Any = look.get(LAYOUT)
    look[LAYOUT] = (rest if isinstance(rest, dict) else {}) | {"state": saved.layout.hex()}
    frozen = saved.frozen
    return Gathered(
        configuration=replace(saved.configuration, source=_source_of(loaded, own.configuration)),
        run=_run_state(own, loaded, measure, 0),
        timeline=saved.timeline,
        timeline_run=own.number,
        sweep=None if saved.sweep is None else _kept_sweep(saved.sweep),
        frozen=None if frozen is None else _frozen(frozen, own.configuration, loaded, prepare),
        look=look,
        n_changes=saved.n_changes,
        asked=point_of(look.pop(CALCULATOR, None), loaded.dataset.encoding),
        branches=tuple(_kept_branch(one, saved, loaded) for one in saved.branches),
    )


def embedded_files(loaded: Loaded) -> dict[str, bytes]:
    """The content of the files of ``loaded`` by their names, in their order: what was read of them. Raises OSError, and
    ValueError where two have one name or one has changed since it was read.
    """
    files = (loaded.source.path, *map(Path, loaded.source.reading.more_files))
    found = {file.name: file.read_bytes() for file in files}
    if len(found) != len(files):
        raise ValueError("two of its data files have the same name")
    # The session is of what was read: other rows would come back without a word, with other losses.
    if digest_of_contents(found.values()) != loaded.table.digest:
        raise ValueError(f"{loaded.source.path.name} has changed since it was read; save the session without them")
    return found


def _source_of(loaded: Loaded, configuration: Configuration) -> Any:
    return source_settings(loaded.source) if configuration.source.sample is None else configuration.source


def _frozen(saved: SavedFreeze, live: Configuration, loaded: Loaded, prepare: Prepare) -> FrozenMoment:
    own = live if saved.configuration is None else saved.configuration
    is_same = (own.data, own.seed) == (live.data, live.seed)
    then = loaded if is_same else prepare(own.data, own.seed)
    snapshot = _measured(saved.moment, _measure_of(own, then))
    assert snapshot is not None
    return FrozenMoment(snapshot, saved.history, own)


def _measure_of(configuration: Configuration, loaded: Loaded) -> Measuring:
    fit_view = loaded.fit_view.with_slice(configuration.view.slice)
    return Measuring(loaded.dataset, configuration.architecture, loaded.seed, fit_view)


def _run_state(own: SavedRun, loaded: Loaded, measure: Measuring, number: int) -> RunState:
    story = own.story
    memory = RunMemory(
        own.history,
        own.changes,
        own.gesture,
        own.trail,
        own.lived,
        StoryMemory(_measured(story.before, measure), story.loaded, story.remark),
        own.weights,
        own.up_down,
        own.trained_under,
    )
    # Where the data are now may be another place.
    configuration = replace(own.configuration, source=_source_of(loaded, own.configuration))
    start = None if own.start is None else RunStart(own.start.parameters, own.start.words)
    run = Run(number, loaded, configuration.architecture)
    moments = None if own.moments is None else own.moments.memory()
    _check_orders(own.state, moments, loaded)
    return RunState(run, configuration, own.state, memory, _measured(own.seen, measure), start, moments)


def _check_orders(state: TrainerState | None, moments: MomentMemory[KeptMoment] | None, loaded: Loaded) -> None:
    """Whoever goes on from one of them follows its order of the rows."""
    states = [one.state for one in (() if moments is None else moments.moments)]
    split, weights = loaded.dataset.split, loaded.dataset.weights_of(loaded.dataset.split.train)
    rows = np.arange(len(split.train)) if weights is None else np.flatnonzero(weights)
    if not all(one.optimizer.is_of_rows(rows) for one in (*states, *([] if state is None else [state]))):
        raise ValueError("it has an order of other rows")


def _kept_branch(saved: SavedBranch, session: SavedSession, loaded: Loaded) -> KeptBranch:
    own = saved.run
    # Of a run that the timeline does not know nothing could be gone on from: this raises then.
    session.timeline.course(own.number)
    # Runs of this program count up from 1: these are none of them.
    state = _run_state(own, loaded, _measure_of(own.configuration, loaded), -own.number)
    return KeptBranch(Branch(state, saved.left_at), own.number)


def _saved_run(state: RunState, number: int, most_bytes: int = MOST_BYTES) -> SavedRun:
    memory = state.memory
    return SavedRun(
        number=number,
        configuration=state.configuration,
        state=state.state,
        start=None if state.start is None else SavedStart(state.start.parameters, state.start.words),
        history=memory.history,
        changes=memory.changes,
        gesture=memory.gesture,
        trail=memory.trail,
        lived=memory.lived,
        story=SavedStory(_moment(memory.story.before), memory.story.loaded, memory.story.remark),
        weights=memory.weights,
        up_down=memory.up_down,
        seen=_moment(state.snapshot),
        trained_under=memory.trained_under,
        moments=SavedMoments.of(state.moments, most_bytes),
    )


def _saved_sweep(kept: KeptSweep, configuration: Configuration) -> SavedSweep:
    penalty, ratio = kept.pressure
    training = replace(configuration.training, penalty=penalty)
    if penalty == "elastic-net":
        training = replace(training, l1_ratio=ratio)
    under = replace(configuration, data=kept.data, seed=kept.seed, architecture=kept.shape, training=training)
    return SavedSweep(kept.curve, kept.scale, under)


def _kept_sweep(saved: SavedSweep) -> KeptSweep:
    under = saved.configuration
    pressure = (under.training.penalty, under.training.effective_l1_ratio)
    return KeptSweep(saved.curve, saved.scale, under.data, under.seed, under.architecture, pressure)


def _moment(snapshot: TrainSnapshot | None) -> SavedMoment | None:
    return None if snapshot is None else _saved_moment(snapshot)


def _saved_moment(snapshot: TrainSnapshot) -> SavedMoment:
    return SavedMoment(snapshot.parameters, snapshot.settings, Moment.of(snapshot), snapshot.is_exact)


def _measured(saved: SavedMoment | None, measure: Measuring) -> TrainSnapshot | None:
    if saved is None:
        return None
    snapshot = measure(saved.parameters, saved.settings, saved.moment)
    return replace(snapshot, stands_for=snapshot) if saved.is_exact else snapshot
