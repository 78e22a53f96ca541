"""Whether parts of a session fit together: arrays of one model have its length, and a history its columns."""

from __future__ import annotations

from itertools import chain
from math import inf, isfinite
from typing import Any

import numpy as np

from regdesk.core.fitted.json_form import FormError
from regdesk.core.run.history import MAX_ROWS, HistoryRow
from regdesk.core.run.trainer_state import TrainerState
from regdesk.core.settings.configuration import Configuration
from regdesk.data.files.npy_bytes import Array
from regdesk.data.sessions.saved_session import SavedMoment, SavedRun, SavedSession

N_FIELDS = len(HistoryRow._fields)


def check_sound(saved: SavedSession) -> None:
    """Raises FormError, a sentence, where parts of ``saved`` do not fit together."""
    n_parameters = len(saved.model.model.parameters)
    _check_run(saved.run, "run", n_parameters)
    for number, branch in enumerate(saved.branches, start=1):
        place = f"branches.{number}"
        _check_run(branch.run, place, n_parameters)
        is_course = branch.run.seen is not None and branch.run.number >= 1 and isfinite(branch.left_at)
        _demand(is_course and _question_of(branch.run.configuration) == _question_of(saved.run.configuration), place)
    numbers = [one.number for one in (saved.run, *(branch.run for branch in saved.branches))]
    _demand(len(set(numbers)) == len(numbers), "branches")
    if saved.frozen is not None:
        columns = [getattr(saved.frozen.history, name) for name in HistoryRow._fields]
        _demand(len({one.shape for one in columns}) == 1 and columns[0].ndim == 1, "frozen.history")
        own, parts = saved.frozen.configuration or saved.run.configuration, saved.frozen.moment
        is_own = _question_of(own) == _question_of(saved.run.configuration)
        sizes = {one.shape for one in (parts.parameters, parts.moment.too_small) if one is not None}
        _demand(len(sizes) == 1 and (not is_own or sizes == {(n_parameters,)}), "frozen.moment")
        _demand(len(parts.moment.limits) in (0, len(own.architecture.hidden) + 1), "frozen.moment.limits")
    if saved.sweep is not None:
        _check_curve(saved.sweep.curve)
    digits = saved.data.digest
    _demand(not digits or (len(digits) == 64 and set(digits) <= set("0123456789abcdef")), "data.digest")


def _question_of(configuration: Configuration) -> object:
    """Equal for runs whose weights mean the same."""
    return configuration.data, configuration.seed, configuration.architecture


def _check_run(run: SavedRun, place: str, n_parameters: int) -> None:
    history = run.history
    n_rows = len(history.rows)
    is_history = history.rows.shape == (n_rows, N_FIELDS) and history.numbers.shape == (n_rows,)
    _demand(is_history and n_rows <= MAX_ROWS and history.stride >= 1, f"{place}.history")
    moments = [one for one in (run.seen, run.story.before) if one is not None]
    rows: list[Array] = [one.parameters for one in moments]
    rows += [one.moment.too_small for one in moments if one.moment.too_small is not None]
    # Of the trail the first stands for all: they are the rows of one array.
    rows += [*run.weights.moments[:1], *([run.start.parameters] if run.start is not None else [])]
    if run.state is not None:
        _check_state(run.state, f"{place}.state")
        own = run.state.optimizer
        rows += [own.parameters, own.sound, own.first_moment, own.second_moment, run.state.is_zero]
    if run.moments is not None:
        _demand(run.state is not None and run.moments.fits(run.state), f"{place}.moments")
    _demand(all(one.ndim == 1 for one in rows) and {len(one) for one in rows} <= {n_parameters}, place)
    limits = [one.moment.limits for one in moments if one.moment.limits]
    n_layers = len(run.configuration.architecture.hidden) + 1
    for ends in (*limits, *([] if run.state is None else [run.state.limits])):
        _demand(len(ends) == n_layers and all(0.0 < end < inf for end in ends), f"{place}.limits")
    for one in moments:
        _check_moment(one, place)


def _check_state(state: TrainerState, place: str) -> None:
    own = state.optimizer
    counts = own.steps, own.epochs, own.cursor, own.floor_steps_left, own.seed, state.n_taken
    _demand(min(counts) >= 0 and max(counts) < 2**62 and own.beta_powers.shape == (2,), place)
    _demand(state.rows.ndim == 2 and state.rows.shape[1] == N_FIELDS and own.order.ndim == 1, place)
    _demand(own.order.dtype == np.int32 and (len(own.order) > own.cursor or not own.cursor), place)
    _demand((own.steps == 0) or state.settings is not None, place)


def _check_moment(moment: SavedMoment, place: str) -> None:
    _demand(moment.moment.step >= 0 and bool(np.isfinite(moment.moment.epoch)), place)


def _check_curve(curve: Any) -> None:
    n_done = len(curve.lambdas)
    names = (
        "lambdas", "train_loss", "validation_loss", "validation_se", "accuracy", "auroc", "n_nonzero", "converged",
        "degrees_of_freedom", "aic", "bic", "no_criteria_reasons", "shortfalls",
    )  # fmt: skip
    _demand(n_done >= 1 and all(len(getattr(curve, name)) == n_done for name in names), "sweep.curve")
    _demand(all(np.ndim(getattr(curve, name)) == 1 for name in names[:-2]), "sweep.curve")
    _demand(curve.weights.ndim == 3 and curve.biases.ndim == 2, "sweep.curve.weights")
    chosen = [
        one for one in (curve.best, curve.one_standard_error, curve.lowest_aic, curve.lowest_bic) if one is not None
    ]
    _demand(all(0 <= one < n_done for one in chosen), "sweep.curve.best")
    if curve.path is not None:
        path = curve.path
        lengths = {len(one) for one in (path.lambdas, path.weights, path.l1_norms, path.explained, path.n_active)}
        _demand(lengths == {n_done} and path.weights.ndim == 3, "sweep.curve.path")
        _demand(
            path.weights.shape[1] == len(path.facts.input_names) == len(path.facts.input_scales), "sweep.curve.path"
        )
    if curve.network is not None:
        found = curve.network
        own = (found.numbers, found.parameters, found.objective, found.objective_up, found.objective_down)
        rest = found.converged_up, found.converged_down, found.is_collapsed
        _demand({len(one) for one in chain(own, rest)} == {n_done}, "sweep.curve.network")
        _demand(found.parameters.shape == (n_done, found.network.n_parameters), "sweep.curve.network")


def _demand(is_so: bool, place: str) -> None:
    if not is_so:
        raise FormError(f"What {place} holds does not fit together.")
