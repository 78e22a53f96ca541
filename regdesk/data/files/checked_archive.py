"""Zip files that may be damaged or meant to harm: what they declare is checked before anything of it is read.

Nothing is unpickled, evaluated or written to the disk, and no more is held than the declared and permitted sizes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from regdesk.data.errors import DataError

MOST_MEMBERS = 1000
_END = struct.Struct("<4s4H2LH")
"""The end of a zip file's directory: its mark, disks, numbers of members, size and place of it (APPNOTE 4.3.16)."""
_IS_ENCRYPTED = 0x1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error, ValueError)
"""What ``zipfile`` raises of files that are not as they should be: RuntimeError where they seem encrypted."""
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)


class CheckedArchive:
    """The members of a zip file, each read whole when it is asked for. Raises DataError, one sentence, for damage.

    ``most_bytes`` is what all of them together, unpacked, may take.
    """

    def __init__(self, path: Path, content: bytes, most_bytes: int) -> None:
        self._path = path
        self._check_end(content)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            members = self._archive.infolist()
        except _DAMAGE as problem:
            raise self.damaged(str(problem)) from None
        self._members = {one.filename: one for one in members}
        if len(self._members) != len(members):
            raise self.damaged("two of its parts have one name")
        for one in members:
            if one.flag_bits & _IS_ENCRYPTED or one.compress_type not in _PACKINGS:
                raise self.damaged(f"its part {one.filename!r:.60} is encrypted or packed in another way")
        total = sum(one.file_size for one in members)
        if total > most_bytes:
            raise DataError(
                f"its parts would take {total:,} bytes, and a file of this size may have {most_bytes:,}; "
                "it is not opened.",
                file=path,
            )

    def damaged(self, why: str) -> DataError:
        """That the file is not as it was written; ``why`` is no sentence."""
        return DataError(f"the file is damaged ({why}); nothing of it is used.", file=self._path)

    def size_of(self, name: str) -> int:
        """Bytes that the member ``name`` says it has. Raises DataError when there is none."""
        if name not in self._members:
            raise self.damaged(f"its part '{name}' is missing")
        return self._members[name].file_size

    def read(self, name: str, most_bytes: int) -> bytes:
        """The member ``name``. Raises DataError when it is missing, larger than ``most_bytes`` or damaged."""
        declared = self.size_of(name)
        if declared > most_bytes:
            raise self.damaged(f"its part '{name}' has {declared:,} bytes, and at most {most_bytes:,} are possible")
        try:
            with self._archive.open(self._members[name]) as stream:
                # One more than is declared: a member that goes on is damaged, and never held.
                found = stream.read(declared + 1)
        except _DAMAGE as problem:
            raise self.damaged(str(problem)) from None
        if len(found) != declared:
            raise self.damaged(f"its part '{name}' is not as long as it says")
        return found

    def _check_end(self, content: bytes) -> None:
        """Before the directory is read: a file can declare many millions of members."""
        if len(content) < _END.size:
            raise self.damaged("it ends too early")
        mark, *_, n_members, size, start, n_comment = _END.unpack(content[-_END.size :])
        if mark != b"PK\5\6" or n_comment or start + size + _END.size != len(content):
            raise self.damaged("its end is cut off, or something follows it")
        if n_members > MOST_MEMBERS:
            raise self.damaged(f"it has {n_members:,} parts, and at most {MOST_MEMBERS:,} are possible")


def archive_bytes(members: Mapping[str, bytes]) -> bytes:
    """A zip file of ``members``, contents by name in their order: the same members are the same bytes."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for name, content in members.items():
            one = zipfile.ZipInfo(name, _FIRST_DATE)
            one.compress_type = zipfile.ZIP_DEFLATED
            one.external_attr = 0o644 << 16
            archive.writestr(one, content)
    return found.getvalue()
