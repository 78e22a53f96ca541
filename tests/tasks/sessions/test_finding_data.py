"""Where the data of a session are found, and what is said where they are not as they were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tables import write_sparse

from regdesk.core.settings.configuration import Configuration, SourceSettings
from regdesk.core.stopping import Stopped
from regdesk.core.timeline.facts import DataFinding
from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.errors import DataError
from regdesk.tasks.loading import Loaded
from regdesk.tasks.sessions.finding_data import DataReference, find_data
from regdesk.tasks.sessions.table_print import print_of


class Kept:
    """A session ``session/kept.regdesk`` of ``data/sparse.csv``; nothing of the session but its path is there."""

    def __init__(self, folder: Path, *, embeds: bool = False, has_marks: bool = True) -> None:
        (folder / "data").mkdir()
        (folder / "session").mkdir()
        self.data = write_sparse(folder / "data" / "sparse.csv")
        self.path, self.folder = folder / "session" / "kept.regdesk", folder / "unpacked"
        table = read_table(self.data)
        source = SourceSettings(file=str(self.data))
        self.configuration = Configuration(data=DataSettings(target="y"), source=source)
        embedded = {"sparse.csv": self.data.read_bytes()} if embeds else {}
        self.told: list[str] = []
        self.reference = DataReference(table.digest, embedded, print_of(table) if has_marks else None)

    def find(self, place: Path | None = None) -> Loaded | DataFinding:
        return find_data(
            self.path, self.configuration, self.reference, self.folder, place, lambda: False, lambda _share: None,
            self.told.append,
        )  # fmt: skip


def test_they_are_found_where_they_were_and_beside_the_session(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    found = kept.find()
    assert isinstance(found, Loaded)
    assert found.source.path == kept.data
    kept.data.rename(kept.path.parent / "sparse.csv")
    again = kept.find()
    assert isinstance(again, Loaded)
    assert again.source.path == kept.path.parent / "sparse.csv"
    assert again.dataset.inputs.tobytes() == found.dataset.inputs.tobytes()


def test_they_are_unpacked_where_they_are_nowhere_else(tmp_path: Path) -> None:
    kept = Kept(tmp_path, embeds=True)
    assert isinstance(kept.find(), Loaded)
    assert not kept.folder.exists(), "they are where they were"
    content = kept.data.read_bytes()
    kept.data.write_bytes(content + b"1,2,3,4,5,6,7,8,9\n")
    for _ in range(2):
        found = kept.find()
        assert isinstance(found, Loaded)
        assert found.source.path.parent.parent == kept.folder
        assert found.source.path.read_bytes() == content
    assert kept.told[-1] == (
        f"{kept.data} has changed since kept.regdesk was saved: "
        "what is open is the copy that is written into kept.regdesk."
    )
    # What a person has changed there is theirs: it is told, and stays.
    found.source.path.write_bytes(b"mine")
    kept.configuration = replace(kept.configuration, source=SourceSettings(file=str(found.source.path)))
    for _ in range(2):
        again = kept.find()
        assert isinstance(again, Loaded)
        assert again.source.path.read_bytes() == content
        assert found.source.path.read_bytes() == b"mine"
        assert kept.told[-1].startswith(f"{found.source.path} has changed since")
    assert len(list(kept.folder.iterdir())) == 2
    kept.reference = replace(kept.reference, embedded={"../../out.csv": content})
    outside = kept.find()
    assert isinstance(outside, Loaded)
    assert kept.folder in outside.source.path.parents


def test_other_data_in_the_place_of_those_that_were_written_into_it_are_not_taken(tmp_path: Path) -> None:
    kept = Kept(tmp_path, embeds=True)
    other = kept.data.read_bytes() + b"1,2,3,4,5,6,7,8,9\n"
    kept.reference = replace(kept.reference, embedded={"sparse.csv": other})
    content = kept.data.read_bytes()
    kept.data.unlink()
    found = kept.find()
    assert isinstance(found, DataFinding)
    assert (found.can_use, kept.folder.exists()) == (False, False)
    assert found.sentence == (
        f"The data that are written into kept.regdesk are not those that it was made of, which were in {kept.data}."
    )
    kept.data.write_bytes(content)
    assert isinstance(kept.find(), Loaded)
    kept.data.write_bytes(other)
    changed = kept.find()
    assert isinstance(changed, DataFinding)
    assert changed.differences[0] == "It had 120 rows and has 121."


def test_what_differs_is_said_and_may_be_used(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    lines = kept.data.read_text().splitlines()
    kept.data.write_text("\n".join([*lines[:4], *lines[5:]]) + "\n")
    found = kept.find()
    assert isinstance(found, DataFinding)
    assert found.sentence == f"The data of kept.regdesk have changed since it was saved: {kept.data}."
    assert found.differences == ("It had 120 rows and has 119.", "Gone, or with other cells: 1 row.")
    assert (found.can_use, found.file) == (True, str(kept.data))
    # The same cells, written in another way, are the same data.
    kept.data.write_text("\n".join(lines).replace(",", ";") + "\n")
    assert isinstance(kept.find(), Loaded)


def test_without_marks_it_is_said_that_they_have_changed(tmp_path: Path) -> None:
    kept = Kept(tmp_path, has_marks=False)
    kept.data.write_text(kept.data.read_text() + "1,2,3,4,5,6,7,8,9\n")
    found = kept.find()
    assert isinstance(found, DataFinding)
    assert (found.differences, found.can_use) == ((), True)


def test_data_that_are_gone_can_be_where_a_person_says(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    moved = kept.data.rename(tmp_path / "other.csv")
    found = kept.find()
    assert isinstance(found, DataFinding)
    assert found.sentence == f"The data of kept.regdesk are not there any more: {kept.data}."
    assert (found.differences, found.can_use) == ((), False)
    there = kept.find(moved)
    assert isinstance(there, Loaded)
    assert there.source.path == moved
    nowhere = kept.find(tmp_path / "none.csv")
    assert isinstance(nowhere, DataFinding)
    assert nowhere.file == str(tmp_path / "none.csv")
    kept.data.write_text("\0\0")
    unreadable = kept.find()
    assert isinstance(unreadable, DataFinding)
    assert (unreadable.can_use, unreadable.sentence.startswith("The data of kept.regdesk cannot be used")) == (
        False,
        True,
    )


def test_another_sample_is_told(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    source = SourceSettings(sample="diabetes")
    kept.configuration = Configuration(data=DataSettings(target="progression"), source=source)
    found = kept.find()
    assert isinstance(found, DataFinding)
    assert found.sentence.startswith("The sample of kept.regdesk is another")
    assert found.can_use


def test_it_can_be_given_up_and_says_where_nothing_can_be_unpacked(tmp_path: Path) -> None:
    kept = Kept(tmp_path, embeds=True)
    with pytest.raises(Stopped):
        find_data(kept.path, kept.configuration, kept.reference, kept.folder, None, lambda: True, lambda _share: None)
    kept.data.unlink()
    kept.folder.write_text("no folder")
    with pytest.raises(DataError, match="could not be unpacked"):
        kept.find()
