"""Files of compiled code, damaged in every way: what is read is what was written, or nothing, and it heals."""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from regdesk.compiling.compiled_files import CODE, DAY_S, INDEX, KEPT_DAYS, UNFINISHED, CompiledFiles

TRAIN, PREDICT = "kernels.train-20.py311", "kernels.predict-76.py311"
ONE, OTHER = (hashlib.sha256(word).hexdigest() for word in (b"one", b"other"))
WRITTEN = {
    (TRAIN, ONE): b"machine code of train",
    (TRAIN, OTHER): b"train for other types",
    (PREDICT, ONE): b"code of predict",
}
PIECE = "float32"
posix = pytest.mark.skipif(os.name == "nt", reason="there is no such permission, limit or user there")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with all of ``WRITTEN`` and a marker that names it.

    Not in pytest's own folders, which nobody but their owner may enter.
    """
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        files = CompiledFiles(Path(name) / "engine")
        files.folder.mkdir()
        for (function, key), code in WRITTEN.items():
            files.write(function, key, code)
        assert files.write_marker(PIECE)
        yield files.folder


def read_all(folder: Path) -> dict[tuple[str, str], bytes | None]:
    """As another process reads it."""
    files = CompiledFiles(folder)
    return {names: files.read(*names) for names in WRITTEN}


def is_complete(folder: Path) -> bool:
    return CompiledFiles(folder).is_complete(PIECE)


def repair(folder: Path) -> None:
    """What ``fill`` does: what is not there is compiled, here taken from ``WRITTEN``."""
    files = CompiledFiles(folder)
    files.tidy()
    for (function, key), code in WRITTEN.items():
        if files.read(function, key) is None:
            files.write(function, key, code)
    assert files.write_marker(PIECE)


def assert_heals(folder: Path) -> None:
    """Whatever is wrong in ``folder``: nothing false is read, it is not called complete for it, and one repair does."""
    found = read_all(folder)
    assert all(code in (None, WRITTEN[names]) for names, code in found.items())
    repair(folder)
    assert read_all(folder) == WRITTEN
    assert is_complete(folder)


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())


def test_what_was_written_is_read(folder: Path) -> None:
    assert read_all(folder) == WRITTEN
    assert is_complete(folder)
    assert [path.suffix for path in files_of(folder)].count(INDEX) == 3
    assert [path.suffix for path in files_of(folder)].count(CODE) == 3
    assert CompiledFiles(folder).read(PREDICT, OTHER) is None
    assert CompiledFiles(folder).read("kernels.unknown", ONE) is None


def test_the_digest_that_is_kept_is_that_of_the_file(folder: Path) -> None:
    for index in folder.glob(f"*{INDEX}"):
        for line in index.read_text().splitlines():
            code = folder / f"{index.stem}.{line[:16]}{CODE}"
            assert hashlib.sha256(code.read_bytes()).hexdigest() == line[:64]


def test_the_newest_takes_the_place_of_what_was_written_before(folder: Path) -> None:
    CompiledFiles(folder).write(PREDICT, ONE, b"compiled again")
    assert CompiledFiles(folder).read(PREDICT, ONE) == b"compiled again"
    assert len(list(folder.glob(f"{PREDICT}*{CODE}"))) == 1


def test_every_byte_of_every_file_matters(folder: Path) -> None:
    """Flipped anywhere, in one bit or in all of them, or cut off anywhere."""
    whole = {path: path.read_bytes() for path in files_of(folder)}
    n_damages = 0
    for path, content in whole.items():
        damaged = [content[:end] for end in range(len(content))]
        for place in range(len(content)):
            damaged += [content[:place] + bytes([content[place] ^ mask]) + content[place + 1 :] for mask in (1, 0xFF)]
        for text in damaged:
            path.write_bytes(text)
            was_complete, found = is_complete(folder), read_all(folder)
            assert all(code in (None, WRITTEN[names]) for names, code in found.items())
            if path.suffix == INDEX:
                # The end of its last line may be missing: all that it says is there.
                assert was_complete == (found == WRITTEN)
            else:
                assert not was_complete
                # Not one byte of what was damaged is taken for code.
                assert list(found.values()).count(None) == (path.suffix == CODE)
            n_damages += 1
            for each, kept in whole.items():
                if each == path or not each.exists():
                    each.write_bytes(kept)
    assert read_all(folder) == WRITTEN
    assert n_damages == 3 * sum(map(len, whole.values()))


@pytest.mark.parametrize("content", [b"", bytes(4096), b"\xff" * 70, b"[" * 100_000, b"0" * 64 + b"  " + b"1" * 64])
@pytest.mark.parametrize("which", range(7))
def test_it_heals_from_other_contents(content: bytes, which: int, folder: Path) -> None:
    files_of(folder)[which].write_bytes(content)
    assert not is_complete(folder)
    assert_heals(folder)


@pytest.mark.parametrize("is_empty", [True, False])
@pytest.mark.parametrize("which", range(7))
def test_it_heals_from_a_folder_in_a_files_place(which: int, is_empty: bool, folder: Path) -> None:
    path = files_of(folder)[which]
    path.unlink()
    path.mkdir()
    if not is_empty:
        (path / "inner").write_text("")
    assert not is_complete(folder)
    assert_heals(folder)


@pytest.mark.parametrize("which", range(7))
def test_it_heals_from_a_lost_file(which: int, folder: Path) -> None:
    files_of(folder)[which].unlink()
    assert not is_complete(folder)
    assert_heals(folder)


@posix
@pytest.mark.parametrize("which", range(7))
def test_it_heals_from_a_link_that_leads_astray(which: int, folder: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "letter").write_text("dear")
    path = files_of(folder)[which]
    path.unlink()
    path.symlink_to(theirs)
    assert_heals(folder)
    # The link goes, not what it leads to.
    assert (theirs / "letter").read_text() == "dear"


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Root may read everything: in here the process is nobody, and the folder nobody's."""
    if os.geteuid() != 0:
        yield
        return
    nobody = 65534
    for path in (folder, *folder.iterdir()):
        os.chown(path, nobody, nobody)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)


@posix
@pytest.mark.parametrize("which", range(7))
def test_it_heals_from_a_file_that_may_not_be_read(which: int, folder: Path) -> None:
    path = files_of(folder)[which]
    with as_nobody(folder):
        path.chmod(0)
        with pytest.raises(PermissionError):
            path.read_bytes()
        assert not is_complete(folder)
        assert_heals(folder)


@posix
def test_where_nothing_can_be_written_any_more_nothing_is_lost(folder: Path) -> None:
    with as_nobody(folder):
        folder.chmod(0o500)
        files = CompiledFiles(folder)
        files.write(PREDICT, OTHER, b"new")
        assert files.read(PREDICT, OTHER) is None
        assert not files.write_marker("other")
        assert read_all(folder) == WRITTEN
        folder.chmod(0o700)


@posix
def test_a_full_disk(folder: Path) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    files = CompiledFiles(folder)
    names = {path.name for path in files_of(folder)}
    # From here on no file of this process can grow beyond so many bytes.
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        files.write(PREDICT, OTHER, bytes(5000))
        is_marked = files.write_marker("other")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not is_marked
    assert {path.name for path in files_of(folder)} == names
    assert read_all(folder) == WRITTEN
    assert is_complete(folder)


def test_sound_code_under_another_name_is_not_read(folder: Path) -> None:
    one, other = sorted(folder.glob(f"{TRAIN}*{CODE}"))
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)
    found = read_all(folder)
    assert [found[TRAIN, key] for key in (ONE, OTHER)] == [None, None]


class Foreign:
    """Unpickled, it makes a folder."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self.path,)


@pytest.mark.parametrize("which", range(7))
def test_a_foreign_pickle_is_not_even_unpickled(which: int, folder: Path, tmp_path: Path) -> None:
    made = tmp_path / "made"
    pickled = pickle.dumps(Foreign(made))
    files_of(folder)[which].write_bytes(pickled)
    assert_heals(folder)
    assert not made.exists()
    # It would have been.
    pickle.loads(pickled)
    assert made.is_dir()


def test_what_was_left_unfinished_is_tidied(folder: Path) -> None:
    before = files_of(folder)
    (folder / f"{TRAIN}{INDEX}.17-00{UNFINISHED}").write_bytes(b"half")
    (folder / f"{TRAIN}.{ONE[:16]}.0123456789abcdef{CODE}").write_bytes(b"no index names it")
    (folder / "float32.lock").touch()
    CompiledFiles(folder).tidy()
    assert files_of(folder) == sorted([*before, folder / "float32.lock"])


def test_who_tidies_while_another_writes_takes_nothing_but_what_is_unfinished(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def tidied(self: Path, target: Path) -> Path:
        CompiledFiles(folder).tidy()
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", tidied)
        CompiledFiles(folder).write(PREDICT, ONE, b"compiled again")
    assert read_all(folder) == WRITTEN
    assert is_complete(folder)


@pytest.mark.parametrize("damage", ["folder", "full folder", "unreadable"])
def test_the_lock_can_be_damaged_as_well(damage: str, folder: Path) -> None:
    lock = folder / "float32.lock"
    if damage == "unreadable":
        if os.name == "nt":
            pytest.skip("there is no such permission there")
        lock.touch()
    else:
        lock.mkdir()
    if damage == "full folder":
        (lock / "inner").touch()
    with as_nobody(folder) if damage == "unreadable" else _here():
        lock.chmod(0)
        file = CompiledFiles(folder).open_lock("float32.lock")
        assert file is not None
        file.close()
    assert lock.is_file()


@contextmanager
def _here() -> Iterator[None]:
    yield


def test_without_a_folder_there_is_no_lock_and_nothing_is_kept(tmp_path: Path) -> None:
    files = CompiledFiles(tmp_path / "none")
    assert files.open_lock("float32.lock") is None
    files.write(PREDICT, ONE, b"code")
    assert files.read(PREDICT, ONE) is None
    assert not files.write_marker(PIECE)
    files.tidy()
    assert list(tmp_path.iterdir()) == []


def test_one_reads_while_another_writes(folder: Path) -> None:
    versions = [bytes([number]) * 50_000 for number in range(60)]
    is_over = threading.Event()

    def write() -> None:
        for code in versions:
            CompiledFiles(folder).write(PREDICT, ONE, code)
        is_over.set()

    allowed = {*versions, WRITTEN[PREDICT, ONE], None}
    writer = threading.Thread(target=write)
    writer.start()
    seen = set()
    while not is_over.is_set():
        seen.add(CompiledFiles(folder).read(PREDICT, ONE))
    writer.join()
    assert seen <= allowed
    assert CompiledFiles(folder).read(PREDICT, ONE) == versions[-1]


def test_what_was_sound_is_looked_at_again_when_it_has_changed(folder: Path) -> None:
    files = CompiledFiles(folder)
    assert files.is_complete(PIECE)
    path = next(folder.glob(f"{PREDICT}*{CODE}"))
    status = path.stat()
    path.write_bytes(b"CODE OF PREDICT")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000))
    assert not files.is_complete(PIECE)


def test_code_is_that_of_its_sources(folder: Path) -> None:
    """What was compiled from other texts is not there, and comes back with them."""
    old, new = {"kernels": "1", "tiles": "1"}, {"kernels": "2", "tiles": "1"}
    for sources, code in ((old, b"from the old text"), (new, b"from the new text")):
        files = CompiledFiles(folder, sources)
        assert files.read(TRAIN, ONE) is None
        assert not files.is_complete("own")
        files.write(TRAIN, ONE, code)
        files.write("tiles.copy-1.py311", ONE, b"the same")
        assert files.write_marker("own")
        assert files.is_complete("own")
    assert CompiledFiles(folder, old).read(TRAIN, ONE) == b"from the old text"
    assert CompiledFiles(folder, new).read(TRAIN, ONE) == b"from the new text"
    # A module whose text is as it was keeps its code.
    assert len(list(folder.glob(f"tiles*{CODE}"))) == 1
    CompiledFiles(folder, old).tidy()
    assert CompiledFiles(folder, old).is_complete("own")
    assert CompiledFiles(folder, new).is_complete("own")


def set_days_ago(path: Path, n_days: float) -> None:
    moment_s = time.time() - n_days * DAY_S
    os.utime(path, (moment_s, moment_s))


def test_what_only_an_unused_version_needs_goes(folder: Path) -> None:
    """A version is used when its markers are looked at, and then all stays that they name, however old."""
    versions = [{"kernels": "left"}, {"kernels": "used"}]
    for sources in versions:
        files = CompiledFiles(folder, sources)
        files.write(TRAIN, ONE, repr(sources).encode())
        assert files.write_marker("own")
    files.write(TRAIN, OTHER, b"that no marker names")
    for path in files_of(folder):
        set_days_ago(path, KEPT_DAYS + 1)
    assert CompiledFiles(folder, versions[1]).is_complete("own")
    CompiledFiles(folder).write(PREDICT, OTHER, b"new, and no marker names it")
    CompiledFiles(folder).tidy()
    assert not CompiledFiles(folder, versions[0]).marker_path("own").exists()
    assert CompiledFiles(folder, versions[0]).read(TRAIN, ONE) is None
    assert CompiledFiles(folder, versions[1]).read(TRAIN, ONE) == repr(versions[1]).encode()
    assert CompiledFiles(folder, versions[1]).read(TRAIN, OTHER) is None
    assert CompiledFiles(folder, versions[1]).is_complete("own")
    assert CompiledFiles(folder).read(PREDICT, OTHER) == b"new, and no marker names it"
    # One marker, and two indices with their code.
    assert len(files_of(folder)) == 5


def test_what_is_nearly_too_old_stays(folder: Path) -> None:
    for path in files_of(folder):
        set_days_ago(path, KEPT_DAYS - 1)
    CompiledFiles(folder).tidy()
    assert read_all(folder) == WRITTEN
    assert is_complete(folder)
