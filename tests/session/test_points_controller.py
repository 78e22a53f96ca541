"""What a model keeps when cells or the degree are others: its predictions, in the units of the file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from session_fakes import loaded_from, snapshot_of
from tables import write_curve

from regdesk.core.fitted.outputs import network_outputs
from regdesk.core.types import Architecture, TrainSettings
from regdesk.session.controllers.points import kept_parameters
from regdesk.session.run import Run

CELLS = (("3:degrees", "40"), ("41:hour", "30"), ("41:degrees", "-9"))


def predictions(run, parameters, network, hours):
    dataset = run.dataset
    inputs = hours[:, np.newaxis] ** np.arange(1, dataset.n_inputs + 1)
    outputs = network_outputs(network, parameters, dataset.input_scaler.apply(inputs))
    return dataset.target_scaler.invert(outputs)[:, 0]


@pytest.mark.parametrize("hidden", [(), (3,)])
@pytest.mark.parametrize("settings", [{"cells": CELLS}, {"cells": CELLS, "degree": 4}])
def test_predictions_stay(tmp_path, hidden, settings):
    file = write_curve(tmp_path / "curve.csv")
    before = loaded_from(file, target="degrees", degree=2)
    after = replace(loaded_from(file, target="degrees", **({"degree": 2} | settings)), table=before.table)
    runs = [Run(number, loaded, Architecture(hidden)) for number, loaded in enumerate((before, after), 1)]
    snapshot = snapshot_of(before, Architecture(hidden), TrainSettings())
    kept = kept_parameters(runs[0], snapshot, runs[1])
    hours = np.linspace(0.0, 24.0, 7)
    old = predictions(runs[0], snapshot.parameters.astype(float), snapshot.network, hours)
    network = snapshot_of(after, Architecture(hidden), TrainSettings()).network
    np.testing.assert_allclose(predictions(runs[1], kept, network, hours), old, rtol=1e-6)


def test_what_is_another_question_begins_anew(tmp_path):
    file = write_curve(tmp_path / "curve.csv")
    before = loaded_from(file, target="degrees", degree=3)
    run = Run(1, before, Architecture(()))
    snapshot = snapshot_of(before, Architecture(()), TrainSettings())

    def kept(**others):
        architecture = others.pop("architecture", Architecture(()))
        seed = others.pop("seed", 0)
        loaded = loaded_from(file, seed, target="degrees", **({"degree": 3} | others))
        return kept_parameters(run, snapshot, Run(2, replace(loaded, table=before.table), architecture))

    assert kept(cells=CELLS) is not None
    assert kept() is None
    assert kept(cells=CELLS, seed=1) is None
    assert kept(cells=CELLS, validation_fraction=0.5) is None
    assert kept(cells=CELLS, architecture=Architecture((2,))) is None
    assert kept(cells=CELLS, degree=2) is None
