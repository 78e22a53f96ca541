"""Commands that write a result, to be run in a folder with data and a model."""

from __future__ import annotations

from pathlib import Path

from tables import write_sparse

from regdesk.cli import headless

LINEAR = ["--target", "y", "--hidden", "", "--penalty", "l1"]
SWEEP = ["sweep", "d.csv", *LINEAR, "--n-lambdas", "3", "--folds", "2"]
COMMANDS = {
    "saved.regdesk": ["fit", "d.csv", *LINEAR, "--lam", "0.05", "--save"],
    "swept.regdesk": [*SWEEP, "--save"],
    "p.csv": ["predict", "m.regdesk", "d.csv", "--out"],
    "m.py": ["export", "m.regdesk", "--to", "python", "--out"],
    "r.html": ["report", "m.regdesk", "--no-sweep", "--out"],
}
"""Every command that writes one file without a window, by the name of what it writes."""


def make_data_and_model(folder: Path) -> Path:
    """``folder``, which is the one that the process is in, with ``d.csv`` and ``m.regdesk``."""
    write_sparse(folder / "d.csv")
    assert headless.run(["fit", "d.csv", *LINEAR, "--save", "m.regdesk"]) == 0
    return folder
