"""The bundled samples: present, readable, reproducible, and showing what they promise."""

from __future__ import annotations

import runpy
import sysconfig
from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Lasso

from regdesk import resources
from regdesk.core.types import DataSettings
from regdesk.data import samples as samples_module
from regdesk.data.csv.reader import read_table
from regdesk.data.errors import DataError
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.samples import sample_path, samples

SHAPES = {
    "noisy-curve": (48, 1, "regression"),
    "two-moons": (200, 2, 2),
    "vote-1996": (944, 6, 2),
    "diabetes": (442, 10, "regression"),
    "party-1996": (944, 6, 3),
    "travel-mode": (210, 13, 4),
    "sparse-truth": (240, 20, "regression"),
    "correlated-twins": (160, 6, "regression"),
    "two-weights": (120, 2, "regression"),
}
"""Rows, inputs, and the task or the number of classes."""


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_each_sample_becomes_a_dataset_without_a_warning(sample):
    path = sample_path(sample.name)
    assert path.stat().st_size < 150_000
    table = read_table(path)
    assert table.warnings == ()
    dataset = prepare_dataset(table, DataSettings(target=sample.target), 0)
    kind = len(dataset.classes) if dataset.task == "classification" else dataset.task
    assert (table.n_rows, dataset.n_inputs, kind) == SHAPES[sample.name]
    assert not any("Left out" in note or "imputed" in note for note in dataset.notes)


def test_every_sample_has_its_source_and_its_terms_in_the_readme():
    text = (sample_path("two-moons").parent / "README.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.partition("## Source and terms")[2].splitlines()]
    terms = {row[0].strip("`"): row[1:] for row in rows if len(row) == 3 and row[0].startswith("`")}
    assert set(terms) == {sample.file for sample in samples()}
    for source, licence in terms.values():
        assert source
        assert "public domain" in licence or "BSD 3-Clause" in licence


def test_the_generator_writes_the_bundled_files(tmp_path, monkeypatch):
    folder = sample_path("two-moons").parent
    module = runpy.run_path(str(folder / "generate.py"))
    monkeypatch.setitem(module["main"].__globals__, "HERE", tmp_path)
    module["main"]()
    written = sorted(tmp_path.iterdir())
    assert len(written) == 5
    for path in written:
        assert path.read_bytes() == (folder / path.name).read_bytes()


def test_the_diabetes_sample_is_scikit_learns():
    inputs, targets = load_diabetes(return_X_y=True, scaled=False)
    table = read_table(sample_path("diabetes"))
    ours = np.column_stack([column.numbers for column in table.columns])
    np.testing.assert_array_equal(ours, np.column_stack([inputs, targets]))


def test_lasso_finds_the_four_columns_that_matter():
    dataset = prepare_dataset(read_table(sample_path("sparse-truth")), DataSettings(target="harvest_t_per_ha"), 0)
    rows = dataset.split.train
    model = Lasso(0.1, tol=1e-10).fit(dataset.standardized_inputs(rows), dataset.standardized_targets(rows))
    alive = {dataset.input_names[i] for i in np.flatnonzero(model.coef_)}
    assert alive == {"rainfall_mm", "nitrogen_kg_per_ha", "sunshine_hours", "weed_cover_percent"}


def test_an_unknown_sample_is_refused_with_those_there_are():
    with pytest.raises(DataError, match="noisy-curve, two-moons, vote-1996"):
        sample_path("nope")


def test_an_installation_without_a_checkout_finds_its_samples(tmp_path, monkeypatch):
    # As it lies in an installation: samples are not beside it.
    package = tmp_path / "site-packages" / "regdesk"
    package.mkdir(parents=True)
    copy = package / "resources.py"
    copy.write_text(Path(resources.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(samples_module, "resource_file", runpy.run_path(str(copy))["resource_file"])
    monkeypatch.setattr(sysconfig, "get_path", lambda name, scheme="": str(tmp_path / (scheme or "all")))
    with pytest.raises(DataError, match="not installed"):
        sample_path("two-moons")
    installed = tmp_path / "all" / "share" / "regdesk" / "samples" / "two-moons.csv"
    installed.parent.mkdir(parents=True)
    installed.write_text("x\n1\n", encoding="utf-8")
    assert sample_path("two-moons") == installed
