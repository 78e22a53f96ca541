"""The model file, ``.regdesk``: a zip of JSON and NPY, which ``resources/formats/model_file.md`` describes.

``manifest.json`` says which format and version it is, and the sha256 of every other part; ``model.json`` holds all of
a fitted model but its parameters; ``layers/1/weights.npy`` ``(n_inputs, n_units)`` and so on hold these.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from regdesk import __version__
from regdesk.core.fitted.fitted_form import description_to_dict, fitted_from_dict, network_from_dict
from regdesk.core.fitted.fitted_model import FittedModel
from regdesk.core.fitted.json_form import Form, FormError
from regdesk.core.model.network import Network
from regdesk.core.types import Floats
from regdesk.data.errors import DataError
from regdesk.data.files.checked_archive import CheckedArchive, archive_bytes
from regdesk.data.files.npy_bytes import array_of_npy, npy_bytes, size_of_npy
from regdesk.data.files.whole_files import reason_of, write_whole

SUFFIX = ".regdesk"
FORMAT, VERSION = "regdesk model", 1
MANIFEST, MODEL = "manifest.json", "model.json"
BEGIN = b"PK\3\4"
MOST_BYTES = 1 << 30
"""Of a model file, and of its parts unpacked: a network of a hundred million parameters."""
_MOST_MANIFEST, _MOST_MODEL = 1 << 20, 1 << 28
_DEEP = (ValueError, RecursionError)
"""What the reader of JSON raises: RecursionError for a million brackets."""


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
    whole = {**description_to_dict(saved.model), "provenance": dict(saved.provenance)}
    members = {MODEL: _json_bytes(whole)}
    network, parameters = saved.model.network, saved.model.parameters
    for layer in range(network.n_layers):
        members[_part(layer, "weights")] = npy_bytes(network.weights(parameters, layer))
        members[_part(layer, "biases")] = npy_bytes(network.biases(parameters, layer))
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "program": saved.program,
        "parts": {name: hashlib.sha256(content).hexdigest() for name, content in members.items()},
    }
    return archive_bytes({MANIFEST: _json_bytes(manifest), **members})


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
    try:
        with path.open("rb") as stream:
            begin = stream.read(30 + len(MANIFEST))
    except (OSError, ValueError):
        return False
    return begin.startswith(BEGIN) and begin.endswith(MANIFEST.encode())


def read_model(path: Path) -> SavedModel:
    """The model in the file ``path``: equal to what was written, or a DataError, one sentence.

    Declared sizes are checked before anything is read, and every part against its sha256.
    """
    archive = CheckedArchive(path, _content(path), MOST_BYTES)
    manifest = Form("manifest", _json(path, archive, MANIFEST, _MOST_MANIFEST))
    try:
        _check_manifest(path, manifest)
        digests = manifest.words("parts") or {}
        program = manifest.text("program")
    except FormError as problem:
        _damaged(archive, problem)
    content = _part_of(archive, MODEL, _MOST_MODEL, digests)
    values = _parsed(archive, MODEL, content)
    try:
        network, dtype = network_from_dict(values)
        parameters = _parameters(archive, network, dtype, digests)
        provenance = values.get("provenance")
        if not isinstance(provenance, Mapping):
            raise FormError("model.provenance is missing.")
        return SavedModel(fitted_from_dict(values, network, parameters), dict(provenance), program)
    except FormError as problem:
        _damaged(archive, problem)


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DataError("this is a folder and no model.", file=path)
        if not path.is_file() and path.exists():
            raise DataError("this is no ordinary file; a model is read from one.", file=path)
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise DataError(f"it has {size:,} bytes, and a model has at most {MOST_BYTES:,}.", file=path)
        content = path.read_bytes()
    except (OSError, ValueError) as problem:
        raise DataError(f"the model could not be read ({reason_of(problem)}).", file=path) from None
    if not content.startswith(BEGIN):
        what = "it is empty" if not content else "it does not begin as one does"
        raise DataError(f"this is no model that regdesk has saved: {what}.", file=path)
    return content


def _check_manifest(path: Path, manifest: Form) -> None:
    if manifest.value("format") != FORMAT:
        raise DataError("this is a zip file, and no model that regdesk has saved.", file=path)
    version = manifest.number("version")
    if version > VERSION:
        raise DataError(
            f"it was written by regdesk {manifest.text('program')} in version {version:g} of the format, and this "
            f"regdesk {__version__} reads up to version {VERSION}; a newer regdesk opens it.",
            file=path,
        )
    if version != VERSION:
        raise DataError(f"there is no version {version:g} of the format.", file=path)


def _parameters(archive: CheckedArchive, network: Network, dtype: str, digests: Mapping[str, str]) -> Floats:
    needed = network.n_parameters * np.dtype(dtype).itemsize
    names = [_part(layer, name) for layer in range(network.n_layers) for name in ("weights", "biases")]
    if sum(archive.size_of(name) for name in names) < needed:
        raise archive.damaged("it holds fewer numbers than the network has")
    found = np.empty(network.n_parameters, dtype)
    for layer in range(network.n_layers):
        for name, place in (
            ("weights", network.weights(found, layer)),
            ("biases", network.biases(found, layer)),
        ):
            part = _part(layer, name)
            content = _part_of(archive, part, size_of_npy(place.shape, dtype), digests)
            try:
                place[...] = array_of_npy(content, place.shape, dtype)
            except ValueError as problem:
                raise archive.damaged(f"its part '{part}': {problem}") from None
    return found


def _part_of(archive: CheckedArchive, name: str, most_bytes: int, digests: Mapping[str, str]) -> bytes:
    content = archive.read(name, most_bytes)
    if digests.get(name) != hashlib.sha256(content).hexdigest():
        raise archive.damaged(f"its part '{name}' is not the one that was written")
    return content


def _json(path: Path, archive: CheckedArchive, name: str, most_bytes: int) -> Mapping[str, Any]:
    if name == MANIFEST:
        try:
            archive.size_of(name)
        except DataError:
            raise DataError("this is a zip file, and no model that regdesk has saved.", file=path) from None
    return _parsed(archive, name, archive.read(name, most_bytes))


def _parsed(archive: CheckedArchive, name: str, content: bytes) -> Mapping[str, Any]:
    def refuse(constant: str) -> NoReturn:
        raise ValueError(f"{constant} is no number of JSON")

    try:
        found = json.loads(content.decode("utf-8"), parse_constant=refuse)
    except _DEEP as problem:
        raise archive.damaged(f"its part '{name}' is no JSON: {problem}") from None
    if not isinstance(found, dict):
        raise archive.damaged(f"its part '{name}' is no object of JSON")
    return found


def _damaged(archive: CheckedArchive, problem: FormError) -> NoReturn:
    raise archive.damaged(str(problem).removesuffix(".")) from None


def _part(layer: int, name: str) -> str:
    return f"layers/{layer + 1}/{name}.npy"


def _json_bytes(values: Mapping[str, Any]) -> bytes:
    # In ASCII: a name with half a character in it is written as well.
    return (json.dumps(values, allow_nan=False, indent=1) + "\n").encode("ascii")
