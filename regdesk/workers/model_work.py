"""What background threads are given to do with models that are taken away; they import in there what that takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.report.values import Report
    from regdesk.core.run.changes import SettingsChange
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.types import Floats
    from regdesk.core.words.model_facts import ModelFacts
    from regdesk.data.files.model_file import SavedModel
    from regdesk.exports.exported import Export
    from regdesk.tasks.loading import Loaded
    from regdesk.tasks.models.opened import OpenedModel
    from regdesk.tasks.models.predict_file import PredictedFile
    from regdesk.workers.background import ShouldStop

MakeModel = Callable[[], "SavedModel"]
"""In a thread: measuring a live model goes through all of its rows."""
CommandWords = Callable[[str, "Configuration"], Sequence[str]]
"""What follows the program's name where a fit does what a configuration says with a file."""

PaintReport = Callable[["Report"], bytes]
"""Makes a PDF of a report, in a thread."""


def live_model(
    loaded: Loaded,
    configuration: Configuration,
    snapshot: TrainSnapshot,
    changes: Sequence[SettingsChange],
    words: CommandWords,
) -> MakeModel:
    """What makes the model of ``snapshot``, before which ``changes`` were made."""

    def make() -> SavedModel:
        from regdesk.tasks.models.live import saved_of_snapshot

        return saved_of_snapshot(loaded, configuration, snapshot, changes, words)

    return make


def opening(path: Path) -> Callable[[ShouldStop], OpenedModel]:
    """Work that reads a model, and looks whether its data are there."""

    def work(should_stop: ShouldStop) -> OpenedModel:
        from regdesk.tasks.models.opened import open_model

        return open_model(path, should_stop)

    return work


def describing(name: str, make: MakeModel) -> Callable[[ShouldStop], ModelFacts]:
    """Work that says what there is to say of a model."""

    def work(_should_stop: ShouldStop) -> ModelFacts:
        from regdesk.tasks.models.facts import model_facts

        return model_facts(name, make())

    return work


def saving(path: Path, make: MakeModel, sources: Sequence[Path]) -> Callable[[ShouldStop], SavedModel]:
    """Work that writes a model, whole or not at all, never in the place of one of ``sources``."""

    def work(_should_stop: ShouldStop) -> SavedModel:
        from regdesk.tasks.models.saving import save_model

        return save_model(path, make(), sources)

    return work


def reporting(
    path: Path,
    make: MakeModel,
    loaded: Loaded,
    curve: SweepCurve | None,
    paint: PaintReport | None,
    sources: Sequence[Path],
) -> Callable[[ShouldStop], Path]:
    """Work that writes a report of a model, whole or not at all, never in the place of one of ``sources``."""

    def work(_should_stop: ShouldStop) -> Path:
        from regdesk.tasks.report.live import report_live

        return report_live(path, make(), loaded, curve, paint, sources)

    return work


def predicting(
    title: str,
    file: Path,
    out: Path | None,
    keeps: bool,
    make: MakeModel,
    model_file: Path | None,
    report: Callable[[float], None],
) -> Callable[[ShouldStop], PredictedFile]:
    """Work that predicts ``file``; see ``PredictionJob``."""

    def work(should_stop: ShouldStop) -> PredictedFile:
        from regdesk.tasks.models.predict_file import PredictionJob, predict_file

        return predict_file(PredictionJob(title, file, out, keeps, model_file), make(), should_stop, report)

    return work


def exporting(make: MakeModel, key: str) -> Callable[[ShouldStop], Export]:
    """Work that writes a model in the language ``key``; of more than one form the suffix is part of it."""

    def work(_should_stop: ShouldStop) -> Export:
        from regdesk.exports.exported import exported

        to, dot, suffix = key.partition(".")
        return exported(make(), to, dot + suffix)

    return work


def saving_export(path: Path, data: bytes, kept_files: Sequence[Path]) -> Callable[[ShouldStop], None]:
    """Work that writes the content of a file, whole or not at all, never in the place of one of ``kept_files``."""

    def work(_should_stop: ShouldStop) -> None:
        from regdesk.tasks.models.saving import save_export

        save_export(path, data, kept_files)

    return work


@dataclass(eq=False)
class GoingOn:
    """A model that is to train on: ``parameters`` ``(n_parameters,)`` are there when its data have been read."""

    opened: OpenedModel
    parameters: Floats | None = field(default=None)

    def reading(self, report: Callable[[float], None]) -> Callable[[ShouldStop], Loaded]:
        """Work that reads its data, and looks whether they are those that it was made of."""

        def work(should_stop: ShouldStop) -> Loaded:
            from regdesk.tasks.models.opened import load_data_of

            loaded, self.parameters = load_data_of(self.opened, should_stop, report)
            return loaded

        return work
