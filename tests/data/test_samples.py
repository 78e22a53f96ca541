"""The bundled samples: present, readable, reproducible, and showing what they promise."""

from __future__ import annotations

import runpy
import sysconfig

import numpy as np
import pytest
from sklearn.linear_model import Lasso

from regdesk import resources
from regdesk.core.types import DataSettings
from regdesk.data.encoding import prepare_dataset
from regdesk.data.errors import DataError
from regdesk.data.reader import read_table
from regdesk.data.samples import sample_path, samples


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_each_sample_becomes_a_dataset_without_a_warning(sample):
    table = read_table(sample_path(sample.name))
    assert table.warnings == ()
    dataset = prepare_dataset(table, DataSettings(target=sample.target), 0)
    assert dataset.n_inputs == {"noisy-curve": 1, "sparse-truth": 20, "two-moons": 2}[sample.name]
    assert dataset.task == ("classification" if sample.name == "two-moons" else "regression")
    assert not any("Left out" in note or "imputed" in note for note in dataset.notes)


def test_the_generator_writes_the_bundled_files(tmp_path, monkeypatch):
    folder = sample_path("two-moons").parent
    module = runpy.run_path(str(folder / "generate.py"))
    monkeypatch.setitem(module["main"].__globals__, "HERE", tmp_path)
    module["main"]()
    for sample in samples():
        assert (tmp_path / sample.file).read_bytes() == (folder / sample.file).read_bytes()


def test_lasso_finds_the_four_columns_that_matter():
    dataset = prepare_dataset(read_table(sample_path("sparse-truth")), DataSettings(target="harvest_t_per_ha"), 0)
    rows = dataset.split.train
    model = Lasso(0.1, tol=1e-10).fit(dataset.standardized_inputs(rows), dataset.standardized_targets(rows))
    alive = {dataset.input_names[i] for i in np.flatnonzero(model.coef_)}
    assert alive == {"rainfall_mm", "nitrogen_kg_per_ha", "sunshine_hours", "weed_cover_percent"}


def test_an_unknown_sample_is_refused_with_those_there_are():
    with pytest.raises(DataError, match="noisy-curve, sparse-truth, two-moons"):
        sample_path("nope")


def test_an_installation_without_a_checkout_finds_its_samples(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_CHECKOUT", tmp_path / "site-packages")
    monkeypatch.setattr(sysconfig, "get_path", lambda name, scheme="": str(tmp_path / (scheme or "all")))
    with pytest.raises(DataError, match="not installed"):
        sample_path("two-moons")
    installed = tmp_path / "all" / "share" / "regdesk" / "samples" / "two-moons.csv"
    installed.parent.mkdir(parents=True)
    installed.write_text("x\n1\n", encoding="utf-8")
    assert sample_path("two-moons") == installed
