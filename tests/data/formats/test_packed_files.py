"""Packed text is read as the text it holds, and what cannot be unpacked is named."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import random
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv.reader import read_table
from regdesk.data.errors import DataError
from regdesk.data.formats import unpacking
from regdesk.data.formats.reading import FileReader, read_file

TEXT = b"size;colour\n1,5;red\n2,25;blue\n;green\n"


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


PACKERS = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zip": lambda text: zipped({"folder/": b"", "folder/data.csv": text, "__MACOSX/folder/._data.csv": b"\0\5\x16\7"}),
    "two gz, one after the other": lambda text: gzip.compress(text[:9]) + gzip.compress(text[9:]),
    "two xz, padded": lambda text: lzma.compress(text[:9]) + b"\0" * 8 + lzma.compress(text[9:]),
    "gz in a zip": lambda text: zipped({"data.csv.gz": gzip.compress(text)}),
}


@pytest.fixture
def write(tmp_path):
    def write_file(content: bytes, name: str = "data.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write_file


def failure(path: Path, **options) -> DataError:
    with pytest.raises(DataError) as caught:
        read_file(path, **options)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")
    assert str(caught.value).startswith(path.name)
    return caught.value


@pytest.mark.parametrize("packer", PACKERS)
def test_a_packed_table_is_the_table_it_holds(write, packer):
    path = write(PACKERS[packer](TEXT), "näme.csv")
    found, plain = read_file(path), read_table(write(TEXT, "plain.csv"))
    assert (found.path, found.name) == (path, "näme.csv")
    assert found.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.column_names == ("size", "colour")
    np.testing.assert_array_equal(found.column("size").numbers, [1.5, 2.25, np.nan])
    assert found.column("colour").levels == ("red", "blue", "green")
    np.testing.assert_array_equal(found.row_lines, [2, 3, 4])
    assert found.dialect == plain.dialect
    assert found.warnings == plain.warnings


def test_plain_text_is_read_as_ever(write):
    path = write(TEXT)
    assert repr(FileReader().read(path)) == repr(read_table(path))
    assert read_file(path, ReadingOptions(";")).dialect == replace(read_table(path).dialect, delimiter=";")


@pytest.mark.parametrize("packer", ["gz", "bz2", "xz", "zip"])
def test_a_fault_in_packed_text_is_named_with_its_line(write, packer):
    found = failure(write(PACKERS[packer](b"a,b\n1,2\n3,4,5\n")))
    assert (found.row, found.file.endswith("data.csv")) == (3, True)
    assert "regdesk-" not in str(found)


@pytest.mark.parametrize("packer", ["gz", "bz2", "xz", "zip"])
def test_a_file_cut_off_is_refused(write, packer):
    numbers = random.Random(1)
    packed = PACKERS[packer](
        "\n".join(["a,b", *(f"{numbers.random()},{numbers.random()}" for _ in range(500))]).encode()
    )
    problem = str(failure(write(packed[: len(packed) // 2])))
    assert "damaged or cut off" in problem


def test_damage_within_is_refused_and_never_read_in_part(write):
    packed = bytearray(gzip.compress(b"a,b\n" + b"1,2\n" * 50))
    packed[-6] ^= 1
    assert "damaged or cut off (CRC check failed" in str(failure(write(bytes(packed)))).replace("'", "")


@pytest.mark.parametrize("packer", ["gz", "bz2", "xz", "zip"])
def test_what_unpacks_out_of_proportion_is_given_up(write, packer, monkeypatch):
    monkeypatch.setattr(unpacking, "ALWAYS_ALLOWED", 20_000)
    monkeypatch.setattr(unpacking, "MOST_TIMES", 20)
    path = write(PACKERS[packer](b"a,b\n" + b"0,0\n" * 20_000))
    assert "unpack to more than 20,000" in str(failure(path))
    monkeypatch.setattr(unpacking, "ALWAYS_ALLOWED", 120_000)
    assert read_file(path).n_rows == 20_000


def test_an_xz_file_says_how_much_memory_it_needs_and_gets_no_more(write, monkeypatch):
    packed = lzma.compress(TEXT, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 26}])
    assert read_file(write(packed)).n_rows == 3
    monkeypatch.setattr(unpacking, "MOST_MEMORY", 1 << 25)
    assert "Memory usage limit" in str(failure(write(packed)))


def test_several_files_in_an_archive_are_listed_and_one_is_chosen(write):
    path = write(zipped({"a.csv": TEXT, "b/c.csv": b"x,y\n1,2\n3,4\n"}), "both.zip")
    assert "holds 2 files: 'a.csv', 'b/c.csv'" in str(failure(path))
    assert read_file(path, options=ReadingOptions(sheet="b/c.csv")).column_names == ("x", "y")
    assert "holds 2 files" in str(failure(path, options=ReadingOptions(sheet="c.csv")))
    assert "holds no file" in str(failure(write(zipped({}), "none.zip")))


def test_an_encrypted_member_is_named(write):
    packed = bytearray(zipped({"a.csv": TEXT}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(mark) + place] |= 1
    assert "encrypted" in str(failure(write(bytes(packed))))


def test_packing_has_an_end(write):
    packed = TEXT
    for _ in range(3):
        packed = gzip.compress(packed)
    assert "packed more than 2 times" in str(failure(write(packed)))


ZSTD = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"


def test_zstandard_is_read_where_there_is_a_library(write):
    zstd = pytest.importorskip(ZSTD)
    packed = zstd.compress(TEXT)
    assert read_file(write(packed)).n_rows == 3
    assert read_file(write(packed + packed)).n_rows == 6
    for damaged in (packed[:-3], packed[:4] + b"\xff" * 20):
        assert "a Zstandard file and damaged or cut off" in str(failure(write(damaged)))


def test_zstandard_without_a_library_says_what_is_missing(write, monkeypatch):
    monkeypatch.setitem(sys.modules, ZSTD, None)
    assert "pip install 'regdesk[zst]'" in str(failure(write(b"\x28\xb5\x2f\xfd" + bytes(20))))


def test_text_has_no_sheets(write):
    assert "plain text, which has no sheet" in str(failure(write(TEXT), options=ReadingOptions(sheet="Sheet1")))


def test_reading_can_be_cancelled_while_unpacking(write):
    class Enough(Exception):
        pass

    def stop(share: float) -> None:
        shares.append(share)
        if share > 0.2:
            raise Enough

    shares: list[float] = []
    path = write(gzip.compress(random.Random(1).randbytes(3_000_000).hex().encode()))
    with pytest.raises(Enough):
        read_file(path, progress=stop)
    assert shares == sorted(shares)
    assert max(shares) < 0.5


def test_progress_goes_from_nothing_to_all(write):
    shares: list[float] = []
    read_file(
        write(gzip.compress(b"a,b\n" + b"".join(b"%d,2\n" % row for row in range(20_000)))), progress=shares.append
    )
    assert shares == sorted(shares)
    assert (shares[0] <= 0.5, shares[-1]) == (True, 1.0)


def test_a_file_that_changes_while_it_is_unpacked_is_refused(write):
    path = write(gzip.compress(TEXT))

    def rewrite(share: float) -> None:
        path.write_bytes(gzip.compress(TEXT + b"3;red\n"))

    assert "changed while it was read" in str(failure(path, progress=rewrite))
