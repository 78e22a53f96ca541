"""What a file is, by its first bytes: its name is often wrong, and what it begins with seldom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regdesk.data.formats.text_signatures import text_form

HEAD_BYTES = 4096

Opening = Literal["text", "packed", "zip", "workbook", "sqlite", "parquet", "never"]
"""How a format is opened: read as text, unpacked first, asked for its tables, or not at all."""


@dataclass(frozen=True)
class Format:
    """A kind of file: ``name`` with its article, as a sentence says it, and for one that is not opened what to do."""

    name: str
    opening: Opening
    remedy: str = ""


def _never(name: str, remedy: str) -> Format:
    return Format(name, "never", remedy)


TEXT = Format("plain text", "text")
ZIP = Format("a zip archive", "zip")
WORKBOOK = Format("an Excel workbook", "workbook")
OPEN_DOCUMENT = Format("an OpenDocument spreadsheet", "workbook")

_EXPORT = "open it in the program that wrote it, and export the table as CSV"
_ARCHIVE = "take the table out of it, and open that"
_STATISTICS = f"{_EXPORT} (in R: write.csv; in Python: pandas.DataFrame.to_csv)"
_IN_PYTHON = "load it in Python and write the table with pandas.DataFrame.to_csv"
_IMAGE = "a picture holds no table that can be read; ask for the numbers behind it"

_MAGIC: tuple[tuple[int, bytes, Format], ...] = (
    (0, b"\x1f\x8b", Format("a gzip file", "packed")),
    (0, b"BZh", Format("a bzip2 file", "packed")),
    (0, b"\xfd7zXZ\0", Format("an xz file", "packed")),
    (0, b"\x28\xb5\x2f\xfd", Format("a Zstandard file", "packed")),
    (0, b"PK\x03\x04", ZIP),
    (0, b"PK\x05\x06", ZIP),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", WORKBOOK),
    (0, b"SQLite format 3\0", Format("an SQLite database", "sqlite")),
    (0, b"PAR1", Format("a Parquet file", "parquet")),
    (0, b"PARE", _never("an encrypted Parquet file", "decrypt it first")),
    (0, b"\x1f\x9d", _never("a file packed by compress", _ARCHIVE)),
    (0, b"\x04\x22\x4d\x18", _never("an lz4 file", _ARCHIVE)),
    (0, b"7z\xbc\xaf\x27\x1c", _never("a 7-Zip archive", _ARCHIVE)),
    (0, b"Rar!\x1a\x07", _never("a RAR archive", _ARCHIVE)),
    (257, b"ustar", _never("a tar archive", _ARCHIVE)),
    (0, b"%PDF-", _never("a PDF document", "ask for the table behind it as CSV or as a spreadsheet")),
    (0, b"%!PS", _never("a PostScript document", "ask for the table behind it as CSV or as a spreadsheet")),
    (0, b"{\\rtf", _never("a text document (RTF)", _EXPORT)),
    (0, b"\x89PNG\r\n\x1a\n", _never("a picture (PNG)", _IMAGE)),
    (0, b"\xff\xd8\xff", _never("a picture (JPEG)", _IMAGE)),
    (0, b"GIF87a", _never("a picture (GIF)", _IMAGE)),
    (0, b"GIF89a", _never("a picture (GIF)", _IMAGE)),
    (0, b"II*\0", _never("a picture (TIFF)", _IMAGE)),
    (0, b"MM\0*", _never("a picture (TIFF)", _IMAGE)),
    (8, b"WEBPVP8", _never("a picture (WebP)", _IMAGE)),
    (0, b"\x93NUMPY", _never("an array of numpy", _IN_PYTHON)),
    (0, b"\x89HDF\r\n\x1a\n", _never("an HDF5 file", _EXPORT)),
    (0, b"CDF\x01", _never("a NetCDF file", _EXPORT)),
    (0, b"CDF\x02", _never("a NetCDF file", _EXPORT)),
    (0, b"ARROW1\0\0", _never("an Arrow (Feather) file", f"{_IN_PYTHON}, or save it as Parquet")),
    (0, b"FEA1", _never("a Feather file", f"{_IN_PYTHON}, or save it as Parquet")),
    (0, b"Obj\x01", _never("an Avro file", _EXPORT)),
    (0, b"RDX2\n", _never("a workspace of R (RData)", _STATISTICS)),
    (0, b"RDX3\n", _never("a workspace of R (RData)", _STATISTICS)),
    (0, b"X\n\0\0\0", _never("an object of R (RDS)", _STATISTICS)),
    (0, b"<stata_dta>", _never("a Stata file", _STATISTICS)),
    (0, b"$FL2", _never("an SPSS file", _STATISTICS)),
    (0, b"$FL3", _never("an SPSS file", _STATISTICS)),
    (12, b"\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\0", _never("a SAS file", _STATISTICS)),
    (0, b"HEADER RECORD*******LIB", _never("a SAS transport file", _STATISTICS)),
    (0, b"MATLAB 5.0 MAT-file", _never("a MATLAB file", f"{_EXPORT} (in MATLAB: writetable)")),
    (4, b"Standard Jet DB", _never("an Access database", _EXPORT)),
    (4, b"Standard ACE DB", _never("an Access database", _EXPORT)),
    (8, b"DUCK", _never("a DuckDB database", "write its table with COPY … TO 'table.parquet' or 'table.csv'")),
    (0, b"\x7fELF", _never("a program", "choose the file with the table")),
    (0, b"version https://git-lfs.github.com/spec/", _never(
        "a pointer of Git LFS to the data, and not the data", "fetch them with git lfs pull")),
    (0, b"ID;PWXL", _never("a SYLK spreadsheet", _EXPORT)),
)  # fmt: skip
"""Where the bytes stand, the bytes, and what they say; the first that fits counts."""


def recognise(head: bytes) -> Format:
    """What a file is that begins with ``head``, its first ``HEAD_BYTES`` bytes; plain text when nothing speaks."""
    for place, magic, found in _MAGIC:
        if head.startswith(magic, place):
            return found
    if head[:1] == b"\x80" and head[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05"):
        return _never(
            "a pickle of Python, which can run whatever it likes when it is loaded and is never opened here",
            "if you trust it, load it in Python and write the table with pandas.DataFrame.to_csv",
        )
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return _never("a picture (BMP)", _IMAGE)
    form = text_form(head, len(head) < HEAD_BYTES)
    return TEXT if form is None else _never(form.name, form.remedy)
