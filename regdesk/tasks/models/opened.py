"""A model file that is opened: looked at with the data that it was made of, where these are still there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from regdesk.core.fitted.fitted_model import FittedModel
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.scale import ModelScale
from regdesk.core.stopping import Stopped
from regdesk.core.types import Floats, training_dtype
from regdesk.core.words.model_facts import ModelFacts
from regdesk.data.errors import DataError
from regdesk.data.files.model_file import SavedModel, read_model
from regdesk.data.files.ordinary_files import is_ordinary
from regdesk.data.samples import sample, sample_path
from regdesk.data.source import Source
from regdesk.tasks.loading import Loaded, load
from regdesk.tasks.models.facts import model_facts
from regdesk.tasks.not_trainable import NotTrainable

_PIECE = 1 << 20
ShouldStop = Callable[[], bool]


@dataclass(frozen=True, eq=False)
class OpenedModel:
    """A model as it was read from ``path``.

    Attributes:
        source: where its data are, byte for byte those that it was made of; None where there are none such.
        problem: why there are none, in a sentence; else empty.
    """

    path: Path
    saved: SavedModel
    facts: ModelFacts
    source: Source | None
    problem: str


def open_model(path: Path, should_stop: ShouldStop) -> OpenedModel:
    """The model in the file ``path``. Raises DataError where there is none that can be read, Stopped when told to."""
    saved = read_model(path)
    facts = model_facts(path.name, saved)
    try:
        return OpenedModel(path, saved, facts, _source_of(path, saved, should_stop), "")
    except DataError as problem:
        return OpenedModel(path, saved, facts, None, str(problem))


def load_data_of(
    opened: OpenedModel, should_stop: ShouldStop, report: Callable[[float], None]
) -> tuple[Loaded, Floats]:
    """The data of ``opened``, and its parameters ``(n_parameters,)`` on their scale.

    Raises DataError where they are no longer those that it was made of, or come to other inputs; Stopped when told to.
    """
    source, configuration = opened.source, opened.saved.model.configuration
    assert source is not None
    try:
        loaded = load(source, configuration.data, configuration.seed, should_stop, report)
    except NotTrainable as problem:
        raise DataError(f"it cannot be trained on any more: {problem}", file=source.path) from problem
    if loaded.table.digest != opened.saved.provenance.get("digest"):
        raise DataError(f"it has changed since {opened.path.name} was saved.", file=source.path)
    parameters = parameters_for(opened.saved.model, loaded.dataset, opened.path)
    return loaded, parameters.astype(training_dtype(configuration.architecture), copy=False)


def parameters_for(model: FittedModel, dataset: Dataset, path: Path) -> Floats:
    """Those of ``model`` ``(n_parameters,)`` as they stand for ``dataset``: the same predictions for its rows.

    The same to the last bit where the figures that standardise are the same; a model of a sweep is one of all rows,
    and its weights are put on the scale of the training rows. Raises DataError, naming ``path``, where the dataset has
    another target, other classes or columns.
    """
    encoding, target = model.encoding, model.encoding.target
    if encoding == dataset.encoding:
        return model.parameters
    same = (target.name, target.task, target.classes, {column.name for column in encoding.columns})
    found = dataset.encoding
    if found is None or same != (
        found.target.name, found.target.task, found.target.classes, {column.name for column in found.columns}
    ):  # fmt: skip
        raise DataError("its data come to other columns or classes than when it was saved.", file=path)
    scale = ModelScale(encoding.input_names, encoding.input_scaler, target.scaler)
    parameters = model.parameters.astype(np.float64)
    return scale.moved_network(parameters, model.network, ModelScale.of(dataset))


def _source_of(path: Path, saved: SavedModel, should_stop: ShouldStop) -> Source:
    """Where the data are. Raises DataError, a sentence, where they are not or have changed."""
    chosen, origin = saved.model.configuration.source, saved.provenance
    model = (saved.model.configuration.architecture, saved.model.configuration.training)
    hint = f"As {path.name} was saved; Run goes on from there."
    if chosen.sample is not None:
        one = sample(chosen.sample)
        file = sample_path(one.name)
        if digest_of((file,), should_stop) != origin.get("digest"):
            raise DataError("this sample is another than the one that the model was made of.", file=one.file)
        return Source(file, one.title, hint, one.target, chosen.reading, model, sample=one.name)
    named = chosen.file or origin.get("file")
    if not isinstance(named, str) or not named:
        raise DataError("it does not say of which file it was made.", file=path)
    more, is_there = chosen.reading.more_files, False
    for files in _places(path, (named, *more)):
        if not all(map(is_ordinary, files)):
            continue
        is_there = True
        if digest_of(files, should_stop) == origin.get("digest"):
            reading = replace(chosen.reading, more_files=tuple(str(one) for one in files[1:]))
            return replace(Source.of_file(files[0], reading), hint=hint, model=model)
    what = "has changed since the model was saved" if is_there else "is not there any more"
    raise DataError(f"this file, of which the model was made, {what}.", file=named)


def _places(path: Path, named: tuple[str, ...]) -> list[tuple[Path, ...]]:
    """Where the files may be: where they were, or in the folder of the model."""
    return [tuple(map(Path, named)), tuple(path.parent / Path(one).name for one in named)]


def digest_of(files: tuple[Path, ...], should_stop: ShouldStop) -> str:
    """As a table of these has it: sha256 of one file, or of the digests of several. Raises DataError and Stopped."""
    digests = []
    for file in files:
        found = hashlib.sha256()
        try:
            with file.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    if should_stop():
                        raise Stopped
                    found.update(piece)
        except OSError as problem:
            raise DataError(f"it could not be read ({problem.strerror}).", file=file) from None
        digests.append(found.hexdigest())
    return _digest_of_all(digests)


def digest_of_contents(contents: Iterable[bytes]) -> str:
    """As ``digest_of``, of files that have been read."""
    return _digest_of_all([hashlib.sha256(one).hexdigest() for one in contents])


def _digest_of_all(digests: list[str]) -> str:
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()
