"""A file is what it holds, whatever it is called; what is never opened is named, and text stays text."""

from __future__ import annotations

import io
import json
import pickle
import tarfile
import zipfile

import numpy as np
import pytest

from regdesk.data.errors import DataError
from regdesk.data.formats.reading import read_file
from regdesk.data.formats.signatures import TEXT, recognise


class Bomb:
    """Whoever unpickles it has run what it holds."""

    def __reduce__(self):
        return (pytest.fail, ("a pickle was loaded",))


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as found:
        for name in names:
            found.writestr(name, "x")
    return stream.getvalue()


def tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as found:
        found.addfile(tarfile.TarInfo("a.csv"), io.BytesIO(b""))
    return stream.getvalue()


def saved(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


NAMED = {
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture (PNG)"),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture (JPEG)"),
    "html": (b"<!DOCTYPE html>\n<html><body>Please log in</body></html>", "a web page (HTML)"),
    "html after a mark": (b"\xef\xbb\xbf\r\n <HTML lang=de><table>", "a web page (HTML)"),
    "html table": (b"<table border=1><tr><td>1</td></tr></table>", "a web page (HTML)"),
    "html with numbers": (b"<script>var rows = [\n1,2\n3,4\n5,6\n]</script>", "a web page (HTML)"),
    "html comment": (b"<!-- saved from url --><html>", "a web page (HTML)"),
    "xhtml": (b'<?xml version="1.0"?>\n<html xmlns="x">', "a web page (HTML)"),
    "xml": (b'<?xml version="1.0"?>\n<rows><row a="1"/></rows>', "an XML document"),
    "excel 2003": (
        b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "Excel 2003",
    ),
    "json records": (json.dumps([{"a": 1}, {"a": 2}]).encode(), "JSON"),
    "json columns": (json.dumps({"a": [1, 2]}, indent=2).encode(), "JSON"),
    "json lines": (b'{"a": 1}\n{"a": 2}\n', "JSON"),
    "json rows": (b"[[1, 2], [3, 4]]", "JSON"),
    "pickle": (pickle.dumps(Bomb()), "a pickle of Python"),
    "numpy": (saved(np.arange(3)), "an array of numpy"),
    "npz": (archive("a.npy", "b.npy"), "numpy's arrays"),
    "torch": (archive("model/data.pkl", "model/version"), "PyTorch"),
    "model of ours": (
        archive("manifest.json", "model.json", "layers/1/biases.npy"),
        "no table, and is opened by itself",
    ),
    "session of ours": (archive("manifest.json", "session.json", "model.json"), "a session or a model of regdesk"),
    "tar": (tar(), "a tar archive"),
    "word": (archive("[Content_Types].xml", "word/document.xml"), "a Word document"),
    "lfs": (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "a pointer of Git LFS"),
    "hdf5": (b"\x89HDF\r\n\x1a\n\0\0", "an HDF5 file"),
    "feather": (b"ARROW1\0\0\xff\xff", "an Arrow (Feather) file"),
    "rds": (b"X\n\0\0\0\3", "an object of R"),
    "stata": (b"<stata_dta><header>", "a Stata file"),
    "spss": (b"$FL2@(#) SPSS", "an SPSS file"),
    "sas": (b"\0" * 12 + b"\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\0\x09\xc7", "a SAS file"),
    "7z": (b"7z\xbc\xaf'\x1c\0\4", "a 7-Zip archive"),
    "access": (b"\0\1\0\0Standard ACE DB\0", "an Access database"),
}


@pytest.mark.parametrize("kind", NAMED)
def test_what_is_no_table_is_named_for_what_it_is(tmp_path, kind):
    content, name = NAMED[kind]
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_file(path)
    assert str(caught.value).startswith("table.csv: this is ")
    assert name in str(caught.value)
    assert str(caught.value).count(".") >= 2
    assert str(caught.value).endswith(".")


def test_what_is_within_a_packed_file_is_named_too(tmp_path):
    path = tmp_path / "table.csv.zip"
    with zipfile.ZipFile(path, "w") as found:
        found.writestr("table.csv", NAMED["html"][0])
    with pytest.raises(DataError, match=r"table\.csv\.zip: inside is a web page"):
        read_file(path)


@pytest.mark.parametrize(
    "text",
    [
        b"BMI,age\n21,30\n", b"PK,PARENT\n1,2\n", b"PAR2,x\n1,2\n", b"[time],[mV]\n1,2\n", b'[1] 0.5\n[2] 0.7\n',
        b"{x},{y}\n1,2\n", b"<5,>5\n1,2\n", b"<date>,<open>\n1,2\n", b"ID;P\n1;2\n", b"ORC,ELF\n1,2\n",
        b"RDX1,b\n1,2\n", b"MM,II\n1,2\n", "€,b\n1,2\n".encode("cp1252"), b"GIF,PNG\n1,2\n", b"[a,b\n1,2\n", b"",
        b"<tables>\n1\n", b"CDF,PDF\n1,2\n", b"%,b\n1,2\n", b"Obj,b\n1,2\n", b"FEA,b\n",
        b"7z,b\n", b"BZ,h\n", b"<script>alert(1)</script>,y\n1,2\n3,4\n5,6\n", b"<br>;y\nrot;2,5\nblau;4\n\"<b>\";6\n",
    ],
)  # fmt: skip
def test_text_that_begins_like_something_else_is_text(text):
    assert recognise(text) is TEXT
