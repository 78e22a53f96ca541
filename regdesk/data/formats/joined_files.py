"""Several files with the same columns as one table: their rows below each other, and the file of each as a column."""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv.detection import find_layout
from regdesk.data.csv.file_watch import FileWatch
from regdesk.data.csv.lines import Progress, read_records
from regdesk.data.csv.names import column_names, grouped, made_up_names
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.row_flow import Chunk
from regdesk.data.csv.table import Dialect, Table, TableWarning
from regdesk.data.errors import DataError, listing, shorten
from regdesk.data.files.private_folder import PrivateFolder
from regdesk.data.formats.copy_writer import COPY_DELIMITER, write_copy
from regdesk.data.formats.opening import as_text
from regdesk.data.formats.text_copy import TextSource

FILE_COLUMN = "file"


@dataclass
class _Joined:
    """What has been read of the files so far.

    Attributes:
        names: of the columns, those of the first file.
        starts: how many lines the files before each of ``files`` have: lines are counted on from file to file.
    """

    files: list[Path] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    warnings: list[TableWarning] = field(default_factory=list)
    n_lines: int = 0

    @property
    def path(self) -> Path:
        """What stands for all files in a sentence."""
        n_more = len(self.files) - 1
        return self.files[0].with_name(f"{self.files[0].name} and {n_more} more file{'s' if n_more > 1 else ''}")

    def place_of(self, line: int) -> tuple[Path, int]:
        """The file that ``line`` belongs to, and which of its own it is."""
        number = max(bisect_right(self.starts, line - 1) - 1, 0)
        return self.files[number], line - self.starts[number]

    def with_place(self, warning: TableWarning) -> TableWarning:
        """``warning`` with the place of its line in its file."""
        if warning.row is None:
            return warning
        file, line = self.place_of(warning.row)
        return replace(warning, message=f"{warning.message.removesuffix('.')} (line {line} of {file.name}).")

    def error(self, found: DataError) -> DataError:
        """The error ``found`` in the copy as one of the file that its line belongs to."""
        if found.row is None:
            return DataError(found.problem, file=self.path, column=found.column)
        file, line = self.place_of(found.row)
        return DataError(found.problem, file=file, row=line, column=found.column)


def read_joined(files: Sequence[Path], options: ReadingOptions, progress: Progress) -> Table:
    """The rows of ``files``, each read as ``options`` say, as one table with a column that names the file of each row.

    Columns may stand in another order from file to file. Lines are counted on from one to the next. The digest is
    sha256 of the files' digests, one after the other. Raises DataError, naming the file, when one cannot be read, and
    when its columns have other names.
    """
    joined = _Joined()
    seen: dict[str, Path] = {}
    for file in files:
        if seen.setdefault(os.path.realpath(file), file) is not file:
            raise DataError("it is given twice; its rows would count twice.", file=file)
    with PrivateFolder() as folder:
        copy = folder.path / "joined"
        try:
            write_copy(copy, _rows_of_all(joined, files, options, lambda share: progress(share / 2)))
        except ValueError as error:
            raise DataError(f"its text cannot be copied ({error}).", file=joined.path) from None
        known = replace(options, delimiter=COPY_DELIMITER, quote='"', encoding="utf-8", has_header=True, n_skipped=0)
        try:
            found = read_table(copy, known, lambda share: progress(0.5 + share / 2))
        except DataError as error:
            raise joined.error(error) from None
    begins = [
        f"line 1 of {file.name} is line {start + 1}" for file, start in zip(files[1:], joined.starts[1:], strict=True)
    ]
    message = f"{len(files)} files are read as one, and their lines counted on: {listing(begins)}."
    return replace(
        found,
        path=joined.path,
        name=joined.path.name,
        dialect=Dialect("", quote="", encoding="", decimal=found.dialect.decimal),
        warnings=(TableWarning(None, None, message), *joined.warnings, *map(joined.with_place, found.warnings)),
        digest=digest_of_joined(joined.digests),
    )


def digest_of_joined(digests: Sequence[str]) -> str:
    """sha256 of the ``digests`` of several files, one after the other."""
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _rows_of_all(
    joined: _Joined, files: Sequence[Path], options: ReadingOptions, progress: Progress
) -> Iterator[tuple[int, list[str]]]:
    """The names and then all rows, each with its line; what is found on the way is noted in ``joined``."""
    labels = _labels(files)
    for number, (file, label) in enumerate(zip(files, labels, strict=True)):
        joined.files.append(file)
        joined.starts.append(joined.n_lines)

        def report(share: float, number: int = number) -> None:
            progress((number + share) / len(files))

        with as_text(file, options.sheet, report) as source:
            try:
                yield from _rows_of_one(joined, source, options, label, report)
            except DataError as error:
                # Those of the columns know the file already.
                raise source.error(error) if Path(error.file) == source.text else error from None


def _rows_of_one(
    joined: _Joined, source: TextSource, options: ReadingOptions, label: str, progress: Progress
) -> Iterator[tuple[int, list[str]]]:
    start, watch, told = joined.n_lines, FileWatch(source.text), list[TableWarning]()
    layout = find_layout(source.text, source.reading(options), told, progress)
    with closing(read_records(source.text, layout, watch, source.second_half(progress), told)) as found:
        chunks: Iterator[Chunk] = found
        header = next(chunks, None)
        if header is None:
            raise DataError("the file is empty; it needs a header line and rows of data.", file=source.text)
        if layout.has_header:
            names = column_names(header.rows, header.lines[0], told)
        else:
            names = made_up_names(len(header.rows[0]))
            chunks = chain((header,), chunks)
        if not joined.names:
            joined.names = names
            taken = set(names)
            column = next(name for name in _file_column_names() if name not in taken)
            yield start + header.lines[0] if layout.has_header else 1, [*names, column]
        order = _order(joined, source.file, names)
        last = header.lines[-1]
        for chunk in chunks:
            for line, cells in zip(chunk.lines, chunk.rows, strict=True):
                last = source.line_map.row_of(line) or line
                yield start + last, [*(cells[place] for place in order), label]
    joined.n_lines = start + last
    joined.digests.append(source.digest or watch.digest)
    mapped = (replace(one, row=source.line_map.row_of(one.row)) for one in (*source.warnings, *grouped(told)))
    joined.warnings += [
        joined.with_place(replace(one, row=None if one.row is None else start + one.row)) for one in mapped
    ]


def _order(joined: _Joined, file: Path, names: Sequence[str]) -> list[int]:
    """At which place of a row of ``file`` each column stands. Raises DataError when its columns are others."""
    place = {name: number for number, name in enumerate(names)}
    lacking = [shorten(name) for name in joined.names if name not in place]
    new = [shorten(name) for name in names if name not in set(joined.names)]
    if lacking or new:
        differs = [f"it lacks {listing(lacking)}" if lacking else "", f"it also has {listing(new)}" if new else ""]
        raise DataError(
            f"its columns are not those of {joined.files[0].name}: {', and '.join(filter(None, differs))}; files that "
            "are read as one need the same columns.",
            file=file,
        )
    return [place[name] for name in joined.names]


def _labels(files: Sequence[Path]) -> list[str]:
    """What the column of files says of each: its name, or as much of its path as tells it from the others."""
    names = [file.name for file in files]
    if len(set(names)) == len(names):
        return names
    paths = [Path.cwd() / file for file in files]
    common = Path(os.path.commonpath([path.parent for path in paths]))
    return [path.relative_to(common).as_posix() for path in paths]


def _file_column_names() -> Iterator[str]:
    name = FILE_COLUMN
    while True:
        yield name
        name += "_"
