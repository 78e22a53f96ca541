"""The session file, ``.regdesk``: a model file with more in it, which ``resources/formats/session_file.md`` describes.

``session.json`` holds all of a ``SavedSession`` but its model, by the names of its fields; arrays are ``arrays/1.npy``
and so on, embedded data and pictures ``content/1`` and so on. The model is in the parts that a model file has.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

from regdesk.core.fitted.json_form import FormError
from regdesk.data.errors import DataError
from regdesk.data.files.checked_archive import MOST_MEMBERS
from regdesk.data.files.model_file import MODEL_KIND, SESSION_KIND, model_in, model_parts
from regdesk.data.files.npy_bytes import Array, any_array_of_npy, npy_bytes
from regdesk.data.files.parted_file import MOST_BYTES, PartedFile, json_bytes, kind_of_file, parted_bytes
from regdesk.data.files.whole_files import reason_of, write_whole
from regdesk.data.sessions.earlier_looks import with_looks_of_buttons
from regdesk.data.sessions.known_types import hints_of
from regdesk.data.sessions.saved_session import SavedSession
from regdesk.data.sessions.sound import check_sound
from regdesk.data.sessions.typed_values import ValueReader, ValueWriter

SESSION = "session.json"
MODEL_FIELD = "model"
_MOST_SESSION = 1 << 28


def session_bytes(saved: SavedSession) -> bytes:
    """The content of a session file: the same session is the same bytes. Raises ValueError, a sentence, where it holds
    what no file can.
    """
    parts: dict[str, bytes] = {}

    def keeper(folder: str, suffix: str) -> Callable[[bytes], str]:
        names: dict[bytes, str] = {}

        def keep(content: bytes) -> str:
            # Arrays that are twice in a session are once in its file.
            digest = hashlib.sha256(content).digest()
            if digest not in names:
                names[digest] = f"{folder}/{len(names) + 1}{suffix}"
                parts[names[digest]] = content
            return names[digest]

        return keep

    keep_array = keeper("arrays", ".npy")
    writer = ValueWriter(lambda array: keep_array(npy_bytes(array)), keeper("content", ""))
    hints = hints_of(SavedSession)
    record = {
        one.name: writer.written(hints[one.name], getattr(saved, one.name), one.name)
        for one in fields(SavedSession)
        if one.name != MODEL_FIELD
    }
    whole = {**model_parts(saved.model), SESSION: json_bytes(record), **parts}
    if len(whole) >= MOST_MEMBERS or sum(map(len, whole.values())) > MOST_BYTES:
        raise ValueError("it is too large for one file: leave its data out of it")
    return parted_bytes(SESSION_KIND, saved.model.program, whole)


def write_session(path: Path, saved: SavedSession) -> None:
    """``saved`` as the file ``path``, whole or not at all. Raises DataError where it cannot be written."""
    try:
        write_whole(path, session_bytes(saved))
    except (OSError, ValueError) as problem:
        raise DataError(f"the session could not be written there ({reason_of(problem)}).", file=path) from None


def is_session_file(path: Path) -> bool:
    """Whether the manifest of ``path`` says that it is a session, of whatever version."""
    return kind_of_file(path) == SESSION_KIND.name


def read_session(path: Path) -> SavedSession:
    """The session in the file ``path``: equal to what was written, or a DataError, one sentence.

    Declared sizes are checked before anything is read, every part against its sha256, and every value against the type
    that it should have.
    """
    file = PartedFile(path, (SESSION_KIND, MODEL_KIND), "session")
    if file.kind == MODEL_KIND:
        raise DataError("this is a model and no session: it has no timeline.", file=path)
    model = model_in(file)
    record = file.values(SESSION, _MOST_SESSION)
    known: dict[str, Array] = {}

    def array(name: str) -> Array:
        if name not in known:
            try:
                known[name] = any_array_of_npy(file.part(name))
            except ValueError as problem:
                raise FormError(f"its part {name!r:.60}: {problem}") from None
        # What one of its owners changes is not to change for another.
        return known[name].copy()

    try:
        saved = _session_of(record, model, ValueReader(array, file.part))
        check_sound(saved)
    except FormError as problem:
        file.refuse(problem)
    return saved


def _session_of(record: Any, model: Any, reader: ValueReader) -> SavedSession:
    hints, values = hints_of(SavedSession), {MODEL_FIELD: model}
    names = [one.name for one in fields(SavedSession) if one.name != MODEL_FIELD]
    if set(record) != set(names):
        raise FormError(f"{SESSION} does not hold what a session has.")
    for name in names:
        values[name] = reader.read(hints[name], record[name], name)
    values["configuration"] = with_looks_of_buttons(values["configuration"], record["configuration"], values["look"])
    return SavedSession(**values)
