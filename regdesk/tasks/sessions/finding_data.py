"""Where the data of a session are now: where they were, beside its file, in it, or where a person says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from os.path import isfile
from pathlib import Path

from regdesk.core.settings.configuration import Configuration
from regdesk.core.timeline.facts import DataFinding
from regdesk.data.errors import DataError
from regdesk.data.files.whole_files import reason_of, write_whole
from regdesk.data.samples import sample, sample_path
from regdesk.data.source import Source
from regdesk.tasks.loading import Loaded, load
from regdesk.tasks.models.opened import digest_of, digest_of_contents
from regdesk.tasks.sessions.table_print import TablePrint, differences

ShouldStop = Callable[[], bool]
GONE = "The data of {name} are not there any more: {file}."
CHANGED = "The data of {name} have changed since it was saved: {file}."
UNREADABLE = "The data of {name} cannot be used any more: {problem}"
OTHER_EMBEDDED = "The data that are written into {name} are not those that it was made of, which were in {file}."
OWN_COPY = "{file} has changed since {name} was saved: what is open is the copy that is written into {name}."
OTHER_SAMPLE = "The sample of {name} is another in this version of the program: {file}."


@dataclass(frozen=True, eq=False)
class DataReference:
    """The data of a session as its file has them.

    Attributes:
        digest: of their bytes, as of a table.
        embedded: the content of each file by its name, in the order in which they are read; empty where it is not in
            the session.
        kept: by which it can be told what of them has changed; None where that was not written down.
    """

    digest: str
    embedded: Mapping[str, bytes]
    kept: TablePrint | None


def find_data(
    path: Path,
    configuration: Configuration,
    data: DataReference,
    folder: Path,
    place: Path | None,
    should_stop: ShouldStop,
    report: Callable[[float], None],
    tell: Callable[[str], None] = lambda _sentence: None,
) -> Loaded | DataFinding:
    """The data of the session in ``path``, which has ``configuration``; or what is in their place.

    ``place`` is where a person says that they are; what is embedded is unpacked into ``folder`` where it is nowhere
    else, and ``tell`` is given a sentence where that is so because a file has changed. Raises Stopped, and DataError
    where an embedded file cannot be unpacked.
    """
    source = configuration.source
    if source.sample is not None:
        return _of_sample(path, configuration, data, should_stop, report)
    named = (source.file or "", *source.reading.more_files)
    places = [tuple(map(Path, named)), tuple(path.parent / Path(one).name for one in named)]
    if place is not None:
        places = [(place, *(place.parent / Path(one).name for one in named[1:]))]
    there = [files for files in places if all(map(isfile, files))]
    for files in there:
        if digest_of(files, should_stop) == data.digest:
            return _loaded(files, configuration, should_stop, report)
    is_own = bool(data.embedded) and digest_of_contents(data.embedded.values()) == data.digest
    if is_own and place is None:
        if there:
            tell(OWN_COPY.format(name=path.name, file=there[0][0]))
        return _loaded(_unpacked(data, folder), configuration, should_stop, report)
    if not there:
        where = str(place or named[0])
        sentence = OTHER_EMBEDDED if data.embedded and not is_own and place is None else GONE
        return DataFinding(path.name, where, sentence.format(name=path.name, file=where))
    return _changed(path, there[0], configuration, data, should_stop, report)


def _of_sample(
    path: Path, configuration: Configuration, data: DataReference, should_stop: ShouldStop,
    report: Callable[[float], None],
) -> Loaded | DataFinding:  # fmt: skip
    one = sample(configuration.source.sample or "")
    file = sample_path(one.name)
    source = Source(file, one.title, one.sentence, one.target, configuration.source.reading, sample=one.name)
    loaded = load(source, configuration.data, configuration.seed, should_stop, report)
    if loaded.table.digest == data.digest:
        return loaded
    found = () if data.kept is None else differences(data.kept, loaded.table)
    sentence = OTHER_SAMPLE.format(name=path.name, file=one.title)
    return DataFinding(path.name, str(file), sentence, found, can_use=True)


def _loaded(
    files: tuple[Path, ...], configuration: Configuration, should_stop: ShouldStop, report: Callable[[float], None]
) -> Loaded:
    reading = replace(configuration.source.reading, more_files=tuple(str(one) for one in files[1:]))
    source = Source.of_file(files[0], reading)
    return load(source, configuration.data, configuration.seed, should_stop, report)


def _changed(
    path: Path, files: tuple[Path, ...], configuration: Configuration, data: DataReference, should_stop: ShouldStop,
    report: Callable[[float], None],
) -> Loaded | DataFinding:  # fmt: skip
    """What has become of data whose bytes are others; the data themselves where every row and column is the same."""
    file = str(files[0])
    try:
        loaded = _loaded(files, configuration, should_stop, report)
    except DataError as problem:
        return DataFinding(path.name, file, UNREADABLE.format(name=path.name, problem=problem))
    if data.kept is None:
        return DataFinding(path.name, file, CHANGED.format(name=path.name, file=file), can_use=True)
    found = differences(data.kept, loaded.table)
    if not found:
        return loaded
    return DataFinding(path.name, file, CHANGED.format(name=path.name, file=file), found, can_use=True)


def _unpacked(data: DataReference, folder: Path) -> tuple[Path, ...]:
    """Files in a folder of their own, which is the same for the same content; another one where a person has changed a
    file in it, which is theirs. Raises DataError.
    """
    for number in count(1):
        place = folder / (data.digest[:16] if number == 1 else f"{data.digest[:16]}-{number}")
        # A name is a name: what looks like a way out of the folder is none.
        files = {place / Path(name).name: content for name, content in data.embedded.items()}
        file = place
        try:
            for file, content in files.items():
                if file.exists() and not _holds(file, content):
                    break
            else:
                place.mkdir(parents=True, exist_ok=True)
                for file, content in files.items():
                    if not file.exists():
                        write_whole(file, content)
                return tuple(files)
        except (OSError, ValueError) as problem:
            raise DataError(f"the data could not be unpacked there ({reason_of(problem)}).", file=file) from None
    raise AssertionError


def _holds(file: Path, content: bytes) -> bool:
    return file.is_file() and hashlib.sha256(file.read_bytes()).digest() == hashlib.sha256(content).digest()
