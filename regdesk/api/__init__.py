"""What notebooks and scripts import: read a table, fit a model, sweep over λ, predict; no window and no Qt.

    from regdesk import api

    table = api.read("houses.csv")
    model = api.fit(table, target="price", hidden=(), penalty="l1", lam=0.01)
    model.predict({"size": [80, 120], "garden": ["yes", None]})

    sweep = api.sweep(table, target="price", hidden=(), penalty="l1")
    for step in sweep:
        print(step.n_done, "of", step.n_all)
    best = sweep.result.model("best")
    best.save("houses.regdesk")
    api.load("houses.regdesk").predict(table)

Options are those of ``regdesk fit`` and ``regdesk sweep`` with underscores, such as ``l1_ratio=0.5``,
``split_column="part"`` or ``no_standardize=True``; several values are a list or a tuple, such as ``hidden=(16, 16)``,
and values with names a dict, such as ``penalty_factor={"age": 0}``.
Text is read as the command line reads it: ``hidden="16,16"`` is the same.
Whatever goes wrong is a ``RegdeskError`` and says why in one sentence: an option or an argument that cannot be is a
``UsageError``, data that cannot be used a ``DataError`` (it names the column, and the row, counted from 1), training
that left all bounds a ``DivergedError`` (``AllDivergedError`` in a sweep), workers that cannot be had a ``CrewLost``.
"""

from __future__ import annotations

from regdesk.api.calls import fit, load, read, sweep
from regdesk.api.models import FittedModel
from regdesk.api.options import UsageError
from regdesk.api.sweeps import LambdaSweep, SweepResult, SweepStep
from regdesk.core.errors import RegdeskError
from regdesk.crews.choice import CrewLost
from regdesk.data.csv.table import Table
from regdesk.data.errors import DataError
from regdesk.tasks.fits.finished import DivergedError
from regdesk.tasks.network_sweep import AllDivergedError

__all__ = [
    "AllDivergedError",
    "CrewLost",
    "DataError",
    "DivergedError",
    "FittedModel",
    "LambdaSweep",
    "RegdeskError",
    "SweepResult",
    "SweepStep",
    "Table",
    "UsageError",
    "fit",
    "load",
    "read",
    "sweep",
]
