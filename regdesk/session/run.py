"""One run of the live model, as a value: what it is trained on, and which model that is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from regdesk.core.settings.configuration import SourceSettings

if TYPE_CHECKING:
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.types import Architecture
    from regdesk.data.source import Source
    from regdesk.tasks.loading import Loaded


@dataclass(frozen=True, eq=False)
class Run:
    """What stands still while a model trains; other data, layers or another seed are another run.

    ``number`` counts the runs of a session from 1; snapshots and answers carry it.
    """

    number: int
    loaded: Loaded
    architecture: Architecture

    @property
    def dataset(self) -> Dataset:
        return self.loaded.dataset

    @property
    def seed(self) -> int:
        """Of the split, the initial weights and the batches."""
        return self.loaded.seed

    @property
    def is_linear(self) -> bool:
        return self.architecture.is_linear

    def has_weights_of(self, other: Run | None) -> bool:
        """Whether its weights mean the same as those of ``other``: of the same rows, in the same places."""
        return other is not None and other.dataset is self.dataset and other.architecture == self.architecture

    @property
    def question(self) -> object:
        """Equal for runs of the same data, used in the same way, with the same layers."""
        return self.loaded.source, self.loaded.settings, self.architecture


def source_settings(source: Source) -> SourceSettings:
    """What of ``source`` a person can choose."""
    return SourceSettings(str(source.path) if source.sample is None else None, source.sample, source.reading)


def configuration_of(run: Run, configuration: Configuration) -> Configuration:
    """``configuration`` with what ``run`` is of: what has been chosen last may be of the run to come."""
    loaded = run.loaded
    return replace(
        configuration,
        source=source_settings(loaded.source),
        data=loaded.settings,
        seed=loaded.seed,
        architecture=run.architecture,
    )
