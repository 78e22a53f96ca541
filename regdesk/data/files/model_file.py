"""The model file, ``.regdesk``: a zip of JSON and NPY, which ``resources/formats/model_file.md`` describes.

``manifest.json`` says which format and version it is, and the sha256 of every other part; ``model.json`` holds all of
a fitted model but its parameters; ``layers/1/weights.npy`` ``(n_inputs, n_units)`` and so on hold these. A session file
has the same parts among others, so that it can be read as the model that it shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from regdesk import __version__
from regdesk.core.fitted.fitted_form import description_to_dict, fitted_from_dict, network_from_dict
from regdesk.core.fitted.fitted_model import FittedModel
from regdesk.core.fitted.json_form import FormError
from regdesk.core.model.network import Network
from regdesk.core.types import Floats
from regdesk.data.errors import DataError
from regdesk.data.files.npy_bytes import array_of_npy, npy_bytes, size_of_npy
from regdesk.data.files.ordinary_files import is_ordinary
from regdesk.data.files.parted_file import BEGIN, MANIFEST, Kind, PartedFile, json_bytes, parted_bytes
from regdesk.data.files.whole_files import reason_of, write_whole

SUFFIX = ".regdesk"
FORMAT, VERSION = "regdesk model", 1
MODEL_KIND, SESSION_KIND = Kind(FORMAT, VERSION), Kind("regdesk session", 1)
MODEL = "model.json"
_MOST_MODEL = 1 << 28


@dataclass(frozen=True, eq=False)
class SavedModel:
    """A model as it stands in a file.

    Attributes:
        provenance: where it comes from, as ``regdesk fit`` has it: version, command, file, digest, seed, split, …
        program: the version of regdesk that wrote the file.
    """

    model: FittedModel
    provenance: Mapping[str, Any]
    program: str = __version__


def model_bytes(saved: SavedModel) -> bytes:
    """The content of a model file: the same model and provenance are the same bytes."""
    return parted_bytes(MODEL_KIND, saved.program, model_parts(saved))


def model_parts(saved: SavedModel) -> dict[str, bytes]:
    """The parts that hold a model, by name."""
    whole = {**description_to_dict(saved.model), "provenance": dict(saved.provenance)}
    parts = {MODEL: json_bytes(whole)}
    network, parameters = saved.model.network, saved.model.parameters
    for layer in range(network.n_layers):
        parts[_part(layer, "weights")] = npy_bytes(network.weights(parameters, layer))
        parts[_part(layer, "biases")] = npy_bytes(network.biases(parameters, layer))
    return parts


def write_model(path: Path, saved: SavedModel) -> None:
    """``saved`` as the file ``path``, whole or not at all. Raises DataError where it cannot be written."""
    try:
        write_whole(path, model_bytes(saved))
    except (OSError, ValueError) as problem:
        raise DataError(f"the model could not be written there ({reason_of(problem)}).", file=path) from None


def is_model_file(path: Path) -> bool:
    """Whether ``path`` is named as a model file is, or is a zip file with a manifest of regdesk's."""
    if path.suffix.lower() == SUFFIX:
        return True
    if not is_ordinary(path):
        return False
    try:
        with path.open("rb") as stream:
            begin = stream.read(30 + len(MANIFEST))
    except (OSError, ValueError):
        return False
    return begin.startswith(BEGIN) and begin.endswith(MANIFEST.encode())


def read_model(path: Path) -> SavedModel:
    """The model in the file ``path``, or that of a session: equal to what was written, or a DataError, one sentence.

    Declared sizes are checked before anything is read, and every part against its sha256.
    """
    return model_in(PartedFile(path, (MODEL_KIND, SESSION_KIND), "model"))


def model_in(file: PartedFile) -> SavedModel:
    """The model among the parts of ``file``. Raises DataError, one sentence."""
    values = file.values(MODEL, _MOST_MODEL)
    try:
        network, dtype = network_from_dict(values)
        parameters = _parameters(file, network, dtype)
        provenance = values.get("provenance")
        if not isinstance(provenance, Mapping):
            raise FormError("model.provenance is missing.")
        return SavedModel(fitted_from_dict(values, network, parameters), dict(provenance), file.program)
    except FormError as problem:
        file.refuse(problem)


def _parameters(file: PartedFile, network: Network, dtype: str) -> Floats:
    needed = network.n_parameters * np.dtype(dtype).itemsize
    names = [_part(layer, name) for layer in range(network.n_layers) for name in ("weights", "biases")]
    if sum(file.archive.size_of(name) for name in names) < needed:
        raise file.archive.damaged("it holds fewer numbers than the network has")
    found = np.empty(network.n_parameters, dtype)
    for layer in range(network.n_layers):
        for name, place in (
            ("weights", network.weights(found, layer)),
            ("biases", network.biases(found, layer)),
        ):
            part = _part(layer, name)
            content = file.part(part, size_of_npy(place.shape, dtype))
            try:
                place[...] = array_of_npy(content, place.shape, dtype)
            except ValueError as problem:
                raise file.archive.damaged(f"its part '{part}': {problem}") from None
    return found


def _part(layer: int, name: str) -> str:
    return f"layers/{layer + 1}/{name}.npy"
