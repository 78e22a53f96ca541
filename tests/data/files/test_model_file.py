"""A model file gives back the model that was written, or a sentence, and never another number."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdesk.core.fitted.fitted_model import FittedModel
from regdesk.core.settings.configuration import Configuration, EndingSettings
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.errors import DataError
from regdesk.data.files import parted_file
from regdesk.data.files.model_file import SavedModel, is_model_file, model_bytes, read_model, write_model
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.prepare.table_rows import TableRows
from regdesk.tasks.fit import fit_model
from regdesk.tasks.fitted import model_of_fit

PROVENANCE = {"file": "rooms.csv", "command": "regdesk fit rooms.csv", "digest": "0" * 64, "seed": 3}
SHAPES: dict[str, tuple[str, Architecture, int | None]] = {
    "linear": ("rent", Architecture(()), None),
    "logistic": ("taken", Architecture(()), None),
    "softmax": ("grade", Architecture(()), None),
    "network": ("rent", Architecture((4, 3), "relu"), 5),
}
FIRST_VERSION = Path(__file__).parent / "version_1.regdesk"
SMALLEST = "linear"


def write_rooms(path: Path) -> Path:
    """Numbers, labels, two labels, truth values, dates, formatted numbers, and missing cells in all of them."""
    generator = np.random.default_rng(8)
    lines = ["size;colour;side;garden;day;price;rent;taken;grade"]
    for row in range(60):
        size = generator.normal(80, 20)
        cells = [
            f"{size:.2f}", ("red", "green", "blue")[row % 3], ("left", "right")[row // 2 % 2], ("Yes", "no")[row % 2],
            f"2024-0{1 + row % 9}-11", f"$ {1000 + 13 * row:,}", f"{2.5 * size + row % 3:.3f}",
            ("so", "not")[size > 80], "abc"[row % 3],
        ]  # fmt: skip
        if row % 7 == 3:
            cells[row % 6] = ""
        lines.append(";".join(cells))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rooms(tmp_path_factory.mktemp("models") / "rooms.csv")


def fitted(rooms: Path, shape: str) -> FittedModel:
    target, architecture, n_epochs = SHAPES[shape]
    features = ("size", "colour", "side", "garden", "day", "price")
    data = DataSettings(target=target, features=features, penalty_factors=(("size", 0.5),))
    ending = EndingSettings(n_epochs)
    configuration = Configuration(data, architecture, TrainSettings("l1", 0.02), seed=3, ending=ending)
    dataset = prepare_dataset(read_table(rooms), data, 3)
    return model_of_fit(dataset, configuration, fit_model(dataset, configuration))


def assert_equal(found: FittedModel, expected: FittedModel) -> None:
    for one in fields(FittedModel):
        if one.name != "parameters":
            assert getattr(found, one.name) == getattr(expected, one.name), one.name
    assert found.parameters.dtype == expected.parameters.dtype
    np.testing.assert_array_equal(found.parameters, expected.parameters)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_model_is_read_as_it_was_written(engine, rooms, tmp_path, shape):
    model, path = fitted(rooms, shape), tmp_path / "rooms.regdesk"
    write_model(path, SavedModel(model, PROVENANCE))
    saved = read_model(path)
    assert saved.provenance == PROVENANCE
    assert_equal(saved.model, model)
    rows = TableRows(read_table(rooms))
    np.testing.assert_array_equal(saved.model.predict(rows), model.predict(rows))
    assert model_bytes(saved) == path.read_bytes()
    with np.load(path) as arrays:
        np.testing.assert_array_equal(arrays["layers/1/weights"], model.network.weights(model.parameters, 0))


def test_the_spread_of_each_column_is_that_of_its_training_rows(rooms):
    model = fitted(rooms, "linear")
    dataset = prepare_dataset(read_table(rooms), model.configuration.data, 3)
    trained = dataset.inputs[dataset.split.train]
    size, colour, side = model.spreads[:3]
    assert (size.minimum, size.maximum, size.is_whole) == (trained[:, 0].min(), trained[:, 0].max(), False)
    np.testing.assert_array_equal(size.counts, np.histogram(trained[:, 0], 20)[0])
    np.testing.assert_array_equal(colour.counts, trained[:, 1:4].sum(axis=0))
    assert side.counts == (len(trained) - trained[:, 4].sum(), trained[:, 4].sum())
    assert (colour.minimum, colour.maximum) == (None, None)


@pytest.fixture(scope="module")
def content(rooms: Path) -> bytes:
    return model_bytes(SavedModel(fitted(rooms, SMALLEST), PROVENANCE))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged") / "rooms.regdesk"


@pytest.fixture(scope="module")
def expected(content: bytes, place: Path) -> FittedModel:
    place.write_bytes(content)
    return read_model(place).model


def read_or_refuse(place: Path, content: bytes, expected: FittedModel) -> bool:
    """Whether ``content`` was refused; what was not is the model that was written."""
    place.write_bytes(content)
    try:
        found = read_model(place)
    except DataError as problem:
        sentence = str(problem)
    else:
        assert_equal(found.model, expected)
        return False
    assert sentence.startswith(f"{place.name}: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return True


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_flipped_bits_give_the_same_model_or_a_sentence(place, content, expected, data):
    changed = bytearray(content)
    for number in data.draw(st.lists(st.integers(0, 8 * len(content) - 1), min_size=1, max_size=4, unique=True)):
        changed[number // 8] ^= 1 << number % 8
    read_or_refuse(place, bytes(changed), expected)


def test_a_flipped_bit_in_the_numbers_is_refused(place, content, expected):
    # Their bytes are packed: somewhere in the part, past its header.
    start = content.index(b"layers/1/weights.npy") + len("layers/1/weights.npy") + 40
    for number in range(8 * start, 8 * start + 64):
        changed = bytearray(content)
        changed[number // 8] ^= 1 << number % 8
        assert read_or_refuse(place, bytes(changed), expected)


@settings(max_examples=100, deadline=None)
@given(length=st.integers(0, 100_000))
def test_a_file_that_was_cut_off_is_refused(place, content, expected, length):
    assert read_or_refuse(place, content[: length % len(content)], expected)


@settings(max_examples=60, deadline=None)
@given(more=st.binary(min_size=1, max_size=200))
def test_what_follows_a_file_is_refused(place, content, expected, more):
    assert read_or_refuse(place, content + more, expected)


def changed(content: bytes, name: str, change: Callable[[Any], Any], sealed: bool = True) -> bytes:
    """The file with its part ``name``, JSON or bytes, changed; ``sealed``: the manifest fits again."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    if name.endswith(".json"):
        values = json.loads(parts[name])
        change(values)
        parts[name] = json.dumps(values).encode()
    else:
        parts[name] = change(parts[name])
    if sealed and name != "manifest.json":
        manifest = json.loads(parts["manifest.json"])
        manifest["parts"] = {
            one: hashlib.sha256(own).hexdigest() for one, own in parts.items() if one != "manifest.json"
        }
        parts["manifest.json"] = json.dumps(manifest).encode()
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for one, own in parts.items():
            archive.writestr(one, own)
    return found.getvalue()


NO_GROUPS: dict[str, list[int]] = {"input_groups": [], "input_factors": []}
WRONG: list[tuple[str, Callable[[Any], Any], str]] = [
    ("manifest.json", lambda one: one.update(version=2, program="9.9"), "by regdesk 9.9 in version 2 of the format"),
    ("manifest.json", lambda one: one.update(version=0), "there is no version 0"),
    ("manifest.json", lambda one: one.update(format="other"), "a zip file, and no model"),
    ("manifest.json", lambda one: one["parts"].pop("model.json"), "not the one that was written"),
    ("model.json", lambda one: one.pop("encoding"), "model.encoding is missing"),
    ("model.json", lambda one: one["network"].update(sizes=[7, 1]), "neighbours"),
    ("model.json", lambda one: one["encoding"]["columns"].pop(), "model.spreads has 6 columns, and the encoding 5"),
    ("model.json", lambda one: one["network"].update(sizes=[10**12, 10**12]), "at most 100,000,000 parameters"),
    (
        "model.json",
        lambda one: one["network"].update(sizes=[9000, 9000], **NO_GROUPS),
        "fewer numbers than the network",
    ),
    ("model.json", lambda one: one["network"].update(input_groups=[0, 1, 0]), "neighbours"),
    ("model.json", lambda one: one.update(dtype="float32"), "and not of"),
    ("model.json", lambda one: one.update(dtype="object"), "one of float32, float64"),
    ("model.json", lambda one: one["configuration"]["training"].update(lam=-1), "training.lam"),
    ("model.json", lambda one: one["scores"].update(train=3), "model.scores.train is 3"),
    ("model.json", lambda one: one["certificate"].update(converged="yes"), "model.certificate.converged"),
    ("model.json", lambda one: one["spreads"][0].update(minimum=1e9), "model.spreads"),
    ("model.json", lambda one: one.pop("provenance"), "provenance is missing"),
    ("layers/1/weights.npy", lambda one: one.replace(b"<f8", b"|O8"), "no array of numbers in NPY"),
    ("layers/1/weights.npy", lambda one: one.replace(b"(8, 1)", b"(1, 8)"), "and not of"),
    ("layers/1/weights.npy", lambda one: one[:-8] + np.array([np.nan]).tobytes(), "not a finite number"),
    ("layers/1/weights.npy", lambda one: one + b"\0" * 8, "as many numbers as it says"),
]


@pytest.mark.parametrize(("name", "change", "words"), WRONG)
def test_what_is_wrong_in_a_sound_zip_file_is_named(place, content, expected, name, change, words):
    place.write_bytes(changed(content, name, change))
    with pytest.raises(DataError, match=words):
        read_model(place)


def test_a_part_that_was_changed_is_refused(place, content, expected):
    def other(values: dict[str, Any]) -> None:
        values["encoding"]["target"]["mean"] += 1.0

    place.write_bytes(changed(content, "model.json", other, sealed=False))
    with pytest.raises(DataError, match=r"its part 'model.json' is not the one that was written"):
        read_model(place)


@pytest.mark.parametrize("text", ["[" * 200_000, '{"a": NaN}', "{}", "[]", '{"version": 1e999}', "\ud800"])
def test_what_is_no_json_of_a_model_is_refused(place, content, expected, text):
    raw = text.encode("utf-8", "surrogatepass")
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(found, "w") as new:
        for one in old.namelist():
            new.writestr(one, raw if one == "manifest.json" else old.read(one))
    assert read_or_refuse(place, found.getvalue(), expected)


def test_a_zip_bomb_is_not_unpacked(place, monkeypatch):
    # A thousandth of the true bound, which takes seconds to pack.
    assert parted_file.MOST_BYTES == 1 << 30
    monkeypatch.setattr(parted_file, "MOST_BYTES", 1 << 20)
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", "{}")
        for number in range(20):
            archive.writestr(f"layers/{number}/weights.npy", b"\0" * (64 << 10))
    place.write_bytes(found.getvalue())
    with pytest.raises(DataError, match=r"its parts would take 1,310,722 bytes"):
        read_model(place)


def test_a_part_that_says_it_is_small_is_not_read_further(place, content, expected):
    # The directory declares 10 bytes of what unpacks to millions.
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b" " * 5_000_000)
    raw = found.getvalue().replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert read_or_refuse(place, raw, expected)


def test_a_list_of_parts_above_a_mebibyte_is_not_read(place, content, expected):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    for n_more, is_read in ((1 << 19, True), (1 << 20, False)):
        found = io.BytesIO()
        with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                archive.writestr(name, part + b" " * n_more if name == "manifest.json" else part)
        assert read_or_refuse(place, found.getvalue(), expected) is not is_read


def test_many_parts_are_refused_before_they_are_listed(place):
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for number in range(1001):
            archive.writestr(str(number), b"")
    place.write_bytes(found.getvalue())
    with pytest.raises(DataError, match="it has 1,001 parts"):
        read_model(place)


def test_other_files_are_named_for_what_they_are(tmp_path, rooms):
    empty, archive = tmp_path / "empty.regdesk", tmp_path / "other.zip"
    empty.touch()
    with zipfile.ZipFile(archive, "w") as other:
        other.writestr("a.txt", "a")
    for path, words in (
        (rooms, "it does not begin as one does"),
        (empty, "it is empty"),
        (archive, "this is a zip file, and no model"),
        (tmp_path, "this is a folder and no model"),
        (tmp_path / "none.regdesk", "No such file or directory"),
        (Path("/dev/null"), "not an ordinary file"),
    ):
        with pytest.raises(DataError, match=words):
            read_model(path)
    assert [is_model_file(path) for path in (empty, archive, rooms, tmp_path / "none")] == [True, False, False, False]


def test_a_model_that_cannot_be_written_leaves_the_old_one(tmp_path, rooms, content):
    folder = tmp_path / "shut"
    folder.mkdir()
    (folder / "m.regdesk").mkdir()
    model = fitted(rooms, SMALLEST)
    with pytest.raises(
        DataError, match=r"m.regdesk: the model could not be written there \(m.regdesk is no file there"
    ):
        write_model(folder / "m.regdesk", SavedModel(model, PROVENANCE))
    assert [one.name for one in folder.iterdir()] == ["m.regdesk"]


def test_files_of_the_first_version_are_read():
    """This file was written once and stays: later versions open it, and give these numbers."""
    saved = read_model(FIRST_VERSION)
    assert saved.model.classes == ("not", "so")
    assert saved.provenance["command"] == "regdesk fit rooms.csv"
    columns = saved.model.encoding.columns
    assert [one.kind for one in columns] == ["numeric", "categorical", "categorical", "boolean", "datetime", "numeric"]
    expected = json.loads((FIRST_VERSION.parent / "version_1.json").read_text(encoding="utf-8"))
    np.testing.assert_array_equal(saved.model.parameters, expected["parameters"])
