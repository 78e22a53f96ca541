"""The live model as one that can be taken away, with all that it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from regdesk.core.settings.configuration import Configuration, EndingSettings
from regdesk.data.files.model_file import SavedModel
from regdesk.tasks.ending import is_at_minimum
from regdesk.tasks.fitted import model_of_snapshot
from regdesk.tasks.live_provenance import AT_THE_MINIMUM, changed_sentence
from regdesk.tasks.loading import Loaded
from regdesk.tasks.provenance import fit_provenance

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.run.changes import SettingsChange
    from regdesk.core.run.snapshot import TrainSnapshot


def saved_of_snapshot(
    loaded: Loaded,
    configuration: Configuration,
    snapshot: TrainSnapshot,
    changes: Sequence[SettingsChange],
    words: Callable[[str, Configuration], Sequence[str]],
) -> SavedModel:
    """The model of ``snapshot``, live or exact; ``changes`` are those of its run until then.

    The command of a live model is that of as many epochs under the settings that it is seen under, or solves for the
    minimum where the model stands at it.
    """
    configuration = replace(
        configuration,
        training=snapshot.settings,
        ending=EndingSettings() if is_at_minimum(snapshot) else _ending(snapshot),
        # One start has led here, however many the window's sweeps have.
        sweep=replace(configuration.sweep, n_starts=1),
        data=loaded.settings,
        seed=loaded.seed,
    )
    model = model_of_snapshot(loaded.dataset, configuration, snapshot)
    command = words(str(loaded.table.path), configuration)
    provenance = fit_provenance(command, loaded.table, loaded.dataset, configuration)
    note = "" if snapshot.is_exact else _note(snapshot, changes)
    return SavedModel(model, provenance | ({"note": note} if note else {}))


def _ending(snapshot: TrainSnapshot) -> EndingSettings:
    return EndingSettings(n_epochs=max(round(snapshot.epoch), 1), is_optimizer_chosen=True)


def _note(snapshot: TrainSnapshot, changes: Sequence[SettingsChange]) -> str:
    """Why the command comes to other weights; empty where it comes to these."""
    if is_at_minimum(snapshot):
        return AT_THE_MINIMUM
    if changes:
        return changed_sentence(changes)
    if snapshot.epoch != round(snapshot.epoch) or snapshot.epoch < 1:
        return (
            f"The command does not lead to the same weights: it was taken after {snapshot.epoch:.6g} epochs, which is "
            "not a whole number."
        )
    return ""
