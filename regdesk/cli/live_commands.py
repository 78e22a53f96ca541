"""The command lines that make again what a window shows."""

from __future__ import annotations

import shlex

from regdesk.cli.command_text import fit_words, sweep_words
from regdesk.core.settings.configuration import with_values
from regdesk.core.types import TrainSettings
from regdesk.tasks.ending import is_at_minimum
from regdesk.tasks.live_moment import LiveMoment


def live_fit_words(moment: LiveMoment) -> list[str]:
    """What follows the program's name: to so many epochs, or to the minimum where the model stands at it.

    Of a model that is as its file has it they are what made that.
    """
    if moment.file is not None and moment.file.command:
        return list(moment.file.command)
    configuration, snapshot = moment.configuration, moment.snapshot
    # One start has led here, however many the window's sweeps have.
    values: dict[str, object] = {"source.reading": moment.loaded.source.reading, "sweep.n_starts": 1}
    if is_at_minimum(snapshot):
        values |= {"ending.n_epochs": None, "ending.is_optimizer_chosen": False}
    else:
        # Before the first epoch there is nothing that a command could make.
        values["ending.n_epochs"] = max(round(snapshot.epoch), 1)
        is_usual = configuration.training.optimizer == TrainSettings().optimizer
        values["ending.is_optimizer_chosen"] = not is_usual
    return fit_words(str(moment.loaded.source.path.resolve()), with_values(configuration, values))


def live_sweep_words(moment: LiveMoment) -> list[str] | None:
    """Those of the sweep that is shown; None without one."""
    if moment.curve is None:
        return None
    values = {"source.reading": moment.loaded.source.reading, "ending.is_optimizer_chosen": False}
    return sweep_words(str(moment.loaded.source.path.resolve()), with_values(moment.configuration, values))


def live_commands(moment: LiveMoment) -> list[str]:
    """A line for the model, and one for the sweep where there is one, for a shell of Unix."""
    sweep = live_sweep_words(moment)
    return [shlex.join(["regdesk", *words]) for words in (live_fit_words(moment), sweep) if words is not None]
