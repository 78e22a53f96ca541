"""What a zip archive is: many formats are zip archives of files with certain names."""

from __future__ import annotations

from pathlib import Path

from regdesk.data.errors import DataError
from regdesk.data.formats.signatures import OPEN_DOCUMENT, WORKBOOK, ZIP, Format
from regdesk.data.formats.unpacking import members_of

_EXPORT = "open it in the program that wrote it, and export the table as CSV"
_OURS = Format("a session or a model of regdesk", "never", "it is no table, and is opened by itself")
_PARTS_OF_OURS = frozenset(("model.json", "session.json"))
_BY_MEMBER = (
    ("word/document.xml", Format("a Word document", "never", "copy its table into a spreadsheet and save that as CSV")),
    ("ppt/presentation.xml", Format("a presentation of PowerPoint", "never", "ask for the table behind it")),
    ("Index/Document.iwa", Format("a document of Numbers, Pages or Keynote", "never", _EXPORT)),
    ("AndroidManifest.xml", Format("an Android program", "never", "choose the file with the table")),
    ("META-INF/MANIFEST.MF", Format("a Java program", "never", "choose the file with the table")),
)


def archive_format(path: Path) -> Format:
    """What the zip archive ``path`` is; a plain archive where nothing speaks, and where it is damaged."""
    try:
        names = set(members_of(path))
    except DataError:
        # Whoever opens it says how it is damaged.
        return ZIP
    if any(name.startswith("xl/workbook.") for name in names):
        return WORKBOOK
    if "manifest.json" in names and names & _PARTS_OF_OURS:
        return _OURS
    if {"mimetype", "content.xml"} <= names:
        return OPEN_DOCUMENT
    for member, found in _BY_MEMBER:
        if member in names:
            return found
    if names and all(name.endswith(".npy") for name in names):
        return Format("an archive of numpy's arrays", "never", "load it in Python and write the table as CSV")
    if any(name.endswith("/data.pkl") for name in names):
        return Format("a model of PyTorch", "never", "choose the file with the table")
    return ZIP
