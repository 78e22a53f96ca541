"""Where a table or a picture of a live model comes from: enough to tell it from another and to make it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regdesk import __version__
from regdesk.core.model.network import weights_digest
from regdesk.core.run.changes import SettingsChange
from regdesk.core.words.number_text import epoch_text, exact_text
from regdesk.core.words.safe_text import safe_line
from regdesk.core.words.settings_text import OPTIMIZER_NAMES, PENALTY_NAMES
from regdesk.tasks.ending import is_at_minimum
from regdesk.tasks.live_moment import LiveMoment
from regdesk.tasks.provenance import EXACT, WARM_STARTS, fit_provenance

AGAIN = "The command makes the model of this moment again."
AGAIN_EXACT = "The command solves for the minimum that this moment shows."
AT_THE_MINIMUM = (
    "The model has come to a minimum, and the command solves for it: where it is the only one, no more than the last "
    "digits differ."
)
REPLAYED = "A saved session holds what was done, and regdesk replay comes to these weights again."
CHANGED = (
    "Settings were changed while the model trained: the command trains it under the last ones from the beginning, and "
    f"may find other weights. {REPLAYED}"
)
PUT_IN = (
    "Weights were put into the model ({words}): the command trains it from the beginning, and may find others. "
    f"{REPLAYED}"
)
MOST_PUT_IN = 3
"""Where weights are from is listed for the last so many times."""
OF_FILE = "The model is as {name} has it, and the command is the one that stands in that file."
OF_FILE_AGAIN = "It makes the model again."
OF_FILE_ALONE = (
    "The model is as {name} has it, and that file does not say how it was made: the command trains one from the "
    "beginning."
)
BETWEEN = "The moment lies within an epoch: the command ends at the nearest whole one."
SAMPLED = ("validation_lines", "test_lines")


def live_provenance(moment: LiveMoment, command: Sequence[str]) -> dict[str, Any]:
    """As ``fit_provenance``, and which moment of which run it is; ``command`` is what makes it again."""
    snapshot = moment.snapshot
    found = fit_provenance(command, moment.loaded.table, moment.dataset, moment.configuration)
    found["optimizer"] = EXACT if snapshot.is_exact else snapshot.settings.optimizer
    found["moment"] = {
        "epoch": snapshot.epoch,
        "step": snapshot.step,
        "penalty": snapshot.settings.penalty,
        "lambda": snapshot.settings.effective_lam,
        "exact": snapshot.is_exact,
        "settings_changed": sum(not change.loaded for change in moment.changes),
        "weights_put_in": [change.loaded for change in moment.changes if change.loaded],
        "weights_digest": weights_digest(snapshot.parameters),
        "again": again_sentence(moment),
    }
    return found


def short_provenance(moment: LiveMoment, command: Sequence[str]) -> dict[str, Any]:
    """The same without what is needed to apply weights to new rows, for a picture that is to stay small."""
    found = live_provenance(moment, command)
    split = {name: value for name, value in found["split"].items() if name not in SAMPLED}
    return {name: value for name, value in found.items() if name not in ("cells", "encoding", "target")} | {
        "split": split,
        "target": moment.dataset.target,
    }


def origin_line(moment: LiveMoment) -> str:
    """Program, data, seed and split of a moment on one line, for a text that says the other settings itself."""
    dataset, configuration = moment.dataset, moment.configuration
    found = fit_provenance([], moment.loaded.table, dataset, configuration)
    rows = ", ".join(f"{found['split'][part]} {part}" for part in ("train", "validation", "test"))
    # Without its folder, which is of this computer alone.
    name = safe_line(moment.loaded.table.path.name)
    return (
        f"regdesk {__version__}; {name}, sha256 {found['digest']}; seed {configuration.seed}; "
        f"split {safe_line(str(found['split']['how']))}: {rows}"
    )


def sweep_moment_provenance(moment: LiveMoment, command: Sequence[str]) -> dict[str, Any]:
    """Of what a sweep has found; its rows are those of its folds, or of the split where it has only one."""
    curve = moment.curve
    assert curve is not None
    found = short_provenance(moment, command)
    del found["moment"]
    if curve.network is None:
        found["optimizer"] = EXACT
    elif moment.configuration.ending.n_epochs is None:
        found["optimizer"] = WARM_STARTS
    if curve.n_folds > 1:
        column = moment.configuration.data.fold_column
        said = f"drawn with seed {moment.configuration.seed}" if column is None else f"as {column} says"
        n_rows = found["split"]["train"] + found["split"]["validation"]
        found["split"] = {
            "how": f"{curve.n_folds} folds {said}",
            "rows": n_rows,
            "test": found["split"]["test"],
            "folds": curve.n_folds,
        }
    return found | {"sweep": {"n_lambdas": curve.n_lambdas, "n_done": len(curve.lambdas), "done": curve.is_done}}


def again_sentence(moment: LiveMoment) -> str:
    """Whether the command makes just this again."""
    if moment.file is not None:
        if not moment.file.command:
            return OF_FILE_ALONE.format(name=moment.file.name)
        return f"{OF_FILE.format(name=moment.file.name)} {moment.file.note or OF_FILE_AGAIN}"
    if moment.snapshot.is_exact:
        return AGAIN_EXACT
    if is_at_minimum(moment.snapshot):
        return AT_THE_MINIMUM
    if moment.changes:
        return changed_sentence(moment.changes)
    return AGAIN if moment.snapshot.epoch == round(moment.snapshot.epoch) else BETWEEN


def changed_sentence(changes: Sequence[SettingsChange]) -> str:
    """Why the command alone does not make again a model that has lived through ``changes``, of which there are some."""
    put_in = list(dict.fromkeys(change.loaded for change in changes if change.loaded))
    return PUT_IN.format(words="; ".join(put_in[-MOST_PUT_IN:])) if put_in else CHANGED


def caption_of(moment: LiveMoment) -> str:
    """The settings of a picture in a line to stand beneath it."""
    snapshot, dataset, table = moment.snapshot, moment.dataset, moment.loaded.table
    settings, hidden = snapshot.settings, moment.configuration.architecture.hidden
    penalty = PENALTY_NAMES[settings.penalty]
    penalty = penalty[:1].upper() + penalty[1:]
    if settings.penalty != "none":
        penalty += f", λ {exact_text(settings.lam)}"
    if settings.penalty == "elastic-net":
        penalty += f", L1 share {exact_text(settings.l1_ratio)}"
    layers = "–".join(map(str, hidden))
    activation = moment.configuration.architecture.activation
    trained = f"{OPTIMIZER_NAMES[settings.optimizer]}, epoch {epoch_text(snapshot.epoch)}"
    parts = (
        f"{table.name}, target {dataset.target}",
        f"{len(dataset.split.train):,} rows train and {len(dataset.split.validation):,} validate",
        f"hidden layers {layers}, {activation}" if hidden else "linear model",
        penalty,
        "solved for its minimum" if snapshot.is_exact else trained,
        f"seed {moment.configuration.seed}",
        f"data {table.digest[:12]}" + (", cells changed" if moment.loaded.settings.cells else ""),
        f"regdesk {__version__}",
    )
    return "; ".join(parts) + "."
