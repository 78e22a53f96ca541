"""Several files with the same columns as one table: rows, lines, warnings and errors know the file they are of."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from csv_corpus import cells_of

from regdesk import api
from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv.table import Table
from regdesk.data.errors import DataError
from regdesk.data.formats.reading import read_file

FIRST = "a,b,y\n1,x,1\n2,y,2\n# broken\n3,x,3\n"
SECOND = "made by hand\n\nb;a;y\nx;4,5;4\n\ny;5,5;5\nz;6,5;7\n"


def write(folder: Path, **contents: str | bytes) -> list[Path]:
    paths = []
    for name, content in contents.items():
        path = folder / f"{name}.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(path)
    return paths


def joined(paths: list[Path], **options: object) -> Table:
    first, *more = paths
    return read_file(first, ReadingOptions(more_files=tuple(map(str, more)), **options))


def failure(paths: list[Path]) -> DataError:
    with pytest.raises(DataError) as caught:
        joined(paths)
    return caught.value


def test_rows_stand_below_each_other_whatever_the_dialect_and_order_of_columns(tmp_path: Path) -> None:
    table = joined(write(tmp_path, jan=FIRST, feb=SECOND))
    assert cells_of(table) == {
        "a": [1.0, 2.0, 3.0, 4.5, 5.5, 6.5],
        "b": ["x", "y", "x", "x", "y", "z"],
        "y": [1.0, 2.0, 3.0, 4.0, 5.0, 7.0],
        "file": ["jan.csv"] * 3 + ["feb.csv"] * 3,
    }
    assert table.name == "jan.csv and 1 more file"
    # Lines are counted on: the five of the first come before those of the second.
    assert table.row_lines.tolist() == [2, 3, 5, 9, 11, 12]


def test_what_was_decided_is_told_with_the_file_and_its_own_line(tmp_path: Path) -> None:
    table = joined(write(tmp_path, jan=FIRST, feb=SECOND))
    assert [(warning.row, warning.message) for warning in table.warnings] == [
        (None, "2 files are read as one, and their lines counted on: line 1 of feb.csv is line 6."),
        (4, "this comment is left out (line 4 of jan.csv)."),
        (6, "1 line is left out before the header: 'made by hand' (line 1 of feb.csv)."),
    ]


def test_a_word_among_the_numbers_of_all_files_is_told_with_its_line(tmp_path: Path) -> None:
    rows = "".join(f"{number},{number}.5\n" for number in range(20))
    table = joined(write(tmp_path, p="a,b\n" + rows, q="a,b\n" + rows + "oops,1\n"))
    (warning,) = table.warnings[1:]
    assert (warning.row, warning.column) == (21 + 22, "a")
    assert "(line 22 of q.csv)." in warning.message


def test_the_digest_is_that_of_the_files_digests(tmp_path: Path) -> None:
    paths = write(tmp_path, jan=FIRST, feb=SECOND)
    digests = "".join(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)
    assert joined(paths).digest == hashlib.sha256(digests.encode()).hexdigest()


def test_packed_files_and_line_ends_within_cells_keep_their_lines(tmp_path: Path) -> None:
    packed = gzip.compress(b'a,b\n1,"p\nq"\n2,r\n')
    table = joined(write(tmp_path, one=packed, two='a,b\n3,"s\n\nt"\n4,u\n'))
    assert cells_of(table)["b"] == ["p\nq", "r", "s\n\nt", "u"]
    assert table.row_lines.tolist() == [2, 4, 6, 9]


@pytest.mark.parametrize(
    ("other", "file", "row", "words"),
    [
        ("a,c\n1,2\n", "feb.csv", None, "its columns are not those of jan.csv: it lacks 'b', 'y', and it also has 'c'"),
        ("a,b,y,z\n1,2,3,4\n", "feb.csv", None, "it also has 'z'"),
        ("a,b,y\n1,2,3\n4,5\n7,8,9\n", "feb.csv", 3, "2 cells"),
        ("a,b,y\n1,x,3\n2,y\0,5\n", "feb.csv", 3, "NUL"),
        ("", "feb.csv", None, "empty"),
    ],
)
def test_what_cannot_be_joined_is_said_of_the_file_it_is_of(
    tmp_path: Path, other: str, file: str, row: int | None, words: str
) -> None:
    error = failure(write(tmp_path, jan=FIRST, feb=other))
    assert (Path(error.file).name, error.row) == (file, row)
    assert words in str(error)


def test_the_same_file_twice_is_refused(tmp_path: Path) -> None:
    (path,) = write(tmp_path, jan=FIRST)
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    assert "given twice" in str(failure([path, link]))


def test_a_column_called_file_and_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("p", "q"):
        (tmp_path / folder).mkdir()
    paths = [*write(tmp_path / "p", t="file,a\nu,1\nv,2\n"), *write(tmp_path / "q", t="file,a\nw,3\n")]
    cells = cells_of(joined(paths))
    assert cells["file"] == ["u", "v", "w"]
    assert cells["file_"] == ["p/t.csv", "p/t.csv", "q/t.csv"]


def test_progress_rises_over_all_files_and_may_cancel(tmp_path: Path) -> None:
    rows = "".join(f"{number},x\n" for number in range(9000))
    paths = write(tmp_path, p="a,b\n" + rows, q="a,b\n" + rows)
    seen: list[float] = []
    read_file(paths[0], ReadingOptions(more_files=(str(paths[1]),)), seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert any(0.25 < share < 0.5 for share in seen)

    def cancel(share: float) -> None:
        if share > 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_file(paths[0], ReadingOptions(more_files=(str(paths[1]),)), cancel)


def test_from_python_a_list_of_files_is_one_table(tmp_path: Path) -> None:
    table = api.read(write(tmp_path, jan=FIRST, feb=SECOND))
    assert table.n_rows == 6
    with pytest.raises(api.UsageError, match="name of a file"):
        api.read([tmp_path / "a.csv", 5])
    with pytest.raises(api.UsageError, match="name of a file"):
        api.read([])
