"""The path of the weights in words: the panel's sentence, the list of events, what stands under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.words.number_text import fixed_text, number_text
from regdesk.core.words.settings_text import PENALTY_NAMES
from regdesk.views.path.curves import MOST_SHOWN
from regdesk.views.sweep.network_words import IMPROVING
from regdesk.views.sweep.waiting import INVITATION_TO_PATH, waiting_sentence
from regdesk.views.sweep.words import OLD, sweep_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.sweep.path_events import PathEvent
    from regdesk.core.sweep.view import SweepView
    from regdesk.core.sweep.weight_path import WeightPath
    from regdesk.views.path.picture import PathPicture

NETWORK_L2 = "Under L2 every weight of a network shrinks, until at λ_collapse all reach 0 at once; none does alone."
NO_EVENTS = "Under L2 every weight shrinks and none falls to exactly zero."
EXACT = "Each λ is exact: the path is solved from event to event."
BOUNDED = "Each event lies between two λ of the sweep."
MIXED = "One λ: exact. Two: somewhere between them."
NONE_ENTER = "No input enters: nothing that was swept has a weight."
N_FIRST = 3
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def ordinal(number: int) -> str:
    """``number`` from 1: in words up to the tenth."""
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def path_sentence(view: SweepView | None, selected: Sequence[int] = ()) -> str:
    """The panel's readout; ``selected`` are the numbers of inputs."""
    if view is None or view.curve is None:
        return waiting_sentence(view, INVITATION_TO_PATH)
    if view.curve.path is None:
        return sweep_sentence(view) if view.is_busy or view.unavailable_reason else INVITATION_TO_PATH
    if view.is_stale:
        return OLD
    path, curve = view.curve.path, view.curve
    if selected and path.facts.makes_zeros:
        return " ".join(_course_of(path, number) for number in selected)
    n_inputs = path.weights.shape[1]
    units = "" if path.units is None else f" and {path.units.live[-1]} of {path.units.total} units"
    words = f"{path.n_active[-1]} of {n_inputs} inputs{units} at λ {number_text(path.lambdas[-1])}"
    begun = f"Sweeping {PENALTY_NAMES[curve.settings.penalty]}: {_progress(curve, path)}"
    many = many_sentence(path) if curve.is_done else ""
    if not path.facts.makes_zeros:
        shrinks = _no_events(path)
        return f"{shrinks}{many}" if curve.is_done else f"{begun}. {shrinks}"
    if not curve.is_done:
        words = f"{begun}; {words}"
    first = [path.facts.input_names[number] for number in first_inputs(path)]
    return (f"{words}; first to enter {', '.join(first)}." if first else f"{words}.") + many


def _progress(curve: SweepCurve, path: WeightPath) -> str:
    """How far a sweep is; that of a network goes on when every λ has a model."""
    if path.facts.is_network and len(path.lambdas) == curve.n_lambdas:
        return IMPROVING
    return f"{len(path.lambdas)} of {curve.n_lambdas} λ"


def many_sentence(path: WeightPath) -> str:
    """How many inputs are drawn, where there are more than can be told apart; empty where all are."""
    n_ever = int(np.count_nonzero(path.weights.any(axis=(0, 2))))
    if n_ever <= MOST_SHOWN:
        return ""
    return f" The {MOST_SHOWN:,} of {n_ever:,} inputs whose weights become largest are drawn."


def _no_events(path: WeightPath) -> str:
    return NETWORK_L2 if path.facts.is_network else NO_EVENTS


def first_inputs(path: WeightPath) -> list[int]:
    """The numbers of the inputs that enter first, in their order."""
    numbers = np.argsort(path.events.order, kind="stable")
    return [int(number) for number in numbers if path.events.order[number] > 0][:N_FIRST]


def _course_of(path: WeightPath, number: int) -> str:
    """All that happens to one input, as one sentence."""
    name = path.facts.input_names[number]
    events = [event for event in path.events.events if event.number == number]
    if not events:
        return f"{name} has no weight at any λ of the sweep."
    return f"{name} {', '.join(_what_and_where(path, event) for event in events)}."


def event_text(path: WeightPath, event: PathEvent) -> str:
    """One line of the list, such as "bmi enters at λ 0.54 (first)"."""
    return f"{path.facts.input_names[event.number]} {_what_and_where(path, event)}"


def _what_and_where(path: WeightPath, event: PathEvent) -> str:
    words = f"{event.kind} {where_text(event)}"
    return f"{words} ({_order_text(path, event.number)})" if event.kind == "enters" else words


def _order_text(path: WeightPath, number: int) -> str:
    """When an input entered, such as "fifth"; "fifth or sixth" where that cannot be told."""
    first, last = int(path.events.earliest[number]), int(path.events.latest[number])
    if first == last:
        return ordinal(first)
    return f"{ordinal(first)} {'or' if last == first + 1 else 'to'} {ordinal(last)}"


def where_text(event: PathEvent) -> str:
    if event.is_exact:
        return f"at λ {number_text(event.lam)}"
    if not np.isfinite(event.above):
        return f"at λ {number_text(event.lam)} or above"
    return f"between λ {number_text(event.lam)} and {number_text(event.above)}"


def events_note(path: WeightPath) -> str:
    """How exact the λ of the list are."""
    if not path.facts.makes_zeros:
        return _no_events(path)
    exact = [event.is_exact for event in path.events.events]
    if not exact:
        return NONE_ENTER
    return EXACT if all(exact) else MIXED if any(exact) else BOUNDED


def value_text(picture: PathPicture, number: int, step: int) -> str:
    """What stands at one λ of one input's curve."""
    path, choice = picture.path, picture.choice
    facts = path.facts
    name = facts.input_names[number]
    text = f"{name}: {fixed_text(float(picture.values[step, number]))}{_unit_text(picture, name)}"
    text += f"\nat λ {number_text(path.lambdas[step])}"
    if path.units is not None:
        text += f", {path.units.live[step]} of {path.units.total} units live"
    if len(facts.output_names) > 1:
        whose = "norm over the classes" if choice.output is None else f"class {facts.output_names[choice.output]}"
        text += f", {whose}"
    if not facts.makes_zeros:
        return text
    events = [event for event in path.events.events if event.number == number]
    return text + "".join(f"\n{_what_and_where(path, event)}" for event in events)


def _unit_text(picture: PathPicture, name: str) -> str:
    facts = picture.path.facts
    if facts.is_network:
        return " (norm of its weights in the first layer)"
    if not picture.choice.is_original:
        return " (standardised)" if facts.is_scaled else ""
    return f" {'log-odds' if facts.is_classification else facts.target} per unit of {name}"
