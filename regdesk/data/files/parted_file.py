"""A ``.regdesk`` file: a zip of JSON, NPY and bytes, whose manifest says what it is and the digest of each part."""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

from regdesk import __version__
from regdesk.core.fitted.json_form import Form, FormError
from regdesk.data.errors import DataError
from regdesk.data.files.checked_archive import CheckedArchive, archive_bytes
from regdesk.data.files.ordinary_files import is_ordinary
from regdesk.data.files.whole_files import reason_of

MANIFEST = "manifest.json"
BEGIN = b"PK\3\4"
MOST_BYTES = 1 << 30
"""Of a file, and of its parts unpacked: a network of a hundred million parameters."""
PIECES = 4096
"""Of JSON that are put together at a time: words, numbers and what stands between them."""
_MOST_MANIFEST = 1 << 20
_HEADER = struct.Struct("<4s4xH8xIIHH")
"""Of a part: its mark, how it is packed, sizes packed and whole, lengths of its name and of what follows that (APPNOTE
4.3.7).
"""
_DEEP = (ValueError, RecursionError)
"""What the reader of JSON raises: RecursionError for a million brackets."""


@dataclass(frozen=True)
class Kind:
    """What a file can be: ``name`` is that of the format in the manifest, of which ``version`` is the newest known."""

    name: str
    version: int


class PartedFile:
    """A file that is open for reading; every part is held against its sha256. Raises DataError, one sentence.

    ``kind`` is which of the kinds it is, ``program`` the version of regdesk that wrote it.
    """

    def __init__(self, path: Path, kinds: tuple[Kind, ...], what: str) -> None:
        """``what`` is the word for such a file in sentences, such as model."""
        self.archive = CheckedArchive(path, _content(path, what), MOST_BYTES)
        self._path, self._what = path, what
        try:
            self.archive.size_of(MANIFEST)
        except DataError:
            raise self._foreign() from None
        manifest = Form("manifest", self._parsed(MANIFEST, self.archive.read(MANIFEST, _MOST_MANIFEST)))
        try:
            self.kind = self._kind_of(manifest, kinds)
            self._digests = manifest.words("parts") or {}
            self.program = manifest.text("program")
        except FormError as problem:
            self.refuse(problem)

    def part(self, name: str, most_bytes: int = MOST_BYTES) -> bytes:
        """The content of a part, of at most ``most_bytes``."""
        content = self.archive.read(name, most_bytes)
        if self._digests.get(name) != hashlib.sha256(content).hexdigest():
            raise self.archive.damaged(f"its part '{name}' is not the one that was written")
        return content

    def values(self, name: str, most_bytes: int) -> Mapping[str, Any]:
        """A part that is an object of JSON."""
        return self._parsed(name, self.part(name, most_bytes))

    def refuse(self, problem: ValueError) -> NoReturn:
        """Raise that the file is damaged; ``problem`` is a sentence."""
        raise self.archive.damaged(str(problem).removesuffix(".")) from None

    def _kind_of(self, manifest: Form, kinds: tuple[Kind, ...]) -> Kind:
        name = manifest.value("format")
        kind = next((one for one in kinds if one.name == name), None)
        if kind is None:
            raise self._foreign()
        version = manifest.number("version")
        if version > kind.version:
            raise DataError(
                f"it was written by regdesk {manifest.text('program')} in version {version:g} of the format, and this "
                f"regdesk {__version__} reads up to version {kind.version}; a newer regdesk opens it.",
                file=self._path,
            )
        if version != kind.version:
            raise DataError(f"there is no version {version:g} of the format.", file=self._path)
        return kind

    def _foreign(self) -> DataError:
        return DataError(f"this is a zip file, and no {self._what} that regdesk has saved.", file=self._path)

    def _parsed(self, name: str, content: bytes) -> Mapping[str, Any]:
        def refuse(constant: str) -> NoReturn:
            raise ValueError(f"{constant} is no number of JSON")

        try:
            found = json.loads(content.decode("utf-8"), parse_constant=refuse)
        except _DEEP as problem:
            raise self.archive.damaged(f"its part '{name}' is no JSON: {problem}") from None
        if not isinstance(found, dict):
            raise self.archive.damaged(f"its part '{name}' is no object of JSON")
        return found


def parted_bytes(kind: Kind, program: str, parts: Mapping[str, bytes]) -> bytes:
    """The content of a file of ``parts`` by name, in their order: the same parts are the same bytes."""
    manifest = {
        "format": kind.name,
        "version": kind.version,
        "program": program,
        "parts": {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()},
    }
    return archive_bytes({MANIFEST: json_bytes(manifest), **parts})


def json_bytes(values: Mapping[str, Any]) -> bytes:
    """``values`` as a part. In ASCII: a name with half a character in it is written as well."""
    pieces = json.JSONEncoder(allow_nan=False, indent=1).iterencode(values)
    written = BytesIO()
    # `json.dumps` keeps each of them until it has all: KB for an act of a long session, at every autosave.
    while some := "".join(islice(pieces, PIECES)):
        written.write(some.encode("ascii"))
    written.write(b"\n")
    return written.getvalue()


def kind_of_file(path: Path) -> str | None:
    """What the manifest of ``path`` says that it is; None where it has none that can be read.

    It is the first part, and no more than that is read: a session with its data in it may be large.
    """
    if not is_ordinary(path):
        return None
    try:
        with path.open("rb") as stream:
            begin = stream.read(_HEADER.size)
            if len(begin) < _HEADER.size:
                return None
            mark, packing, packed, size, n_name, n_extra = _HEADER.unpack(begin)
            name = stream.read(n_name)
            if mark != BEGIN or name != MANIFEST.encode() or max(packed, size) > _MOST_MANIFEST:
                return None
            content = stream.read(n_extra + packed)[n_extra:]
        if packing == zipfile.ZIP_DEFLATED:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, _MOST_MANIFEST)
        found = json.loads(content)
    except (OSError, zlib.error, *_DEEP):
        return None
    kind = found.get("format") if isinstance(found, dict) else None
    return kind if isinstance(kind, str) else None


def _content(path: Path, what: str) -> bytes:
    try:
        if path.is_dir():
            raise DataError(f"this is a folder and no {what}.", file=path)
        if not path.is_file() and path.exists():
            raise DataError(f"this is not an ordinary file; a {what} is read from one.", file=path)
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise DataError(f"it has {size:,} bytes, and a {what} has at most {MOST_BYTES:,}.", file=path)
        content = path.read_bytes()
    except (OSError, ValueError) as problem:
        raise DataError(f"the {what} could not be read ({reason_of(problem)}).", file=path) from None
    if not content.startswith(BEGIN):
        found = "it is empty" if not content else "it does not begin as one does"
        raise DataError(f"this is no {what} that regdesk has saved: {found}.", file=path)
    return content
