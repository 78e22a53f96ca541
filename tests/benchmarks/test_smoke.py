"""Each benchmark runs and prints its table: smallest sizes, one repeat; what the figures are nobody asks here.

What needs no window of its own runs in this process, which has imported numba and scikit-learn already.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import json
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from warm_processes import WarmPopen, warm_run

from regdesk.core.training import trainer as trainer_module
from regdesk.data.samples import sample_path

HERE = Path(__file__).resolve().parent
HELPERS = {
    "engine_folder",
    "minima_problems",
    "peer_csv_speed",
    "peer_problem",
    "speed_cases",
    "speed_limit",
    "speed_pairs",
    "speed_peers",
}
"""Modules that print no table: the scripts import them, or run them."""
PEERS = {"peer_torch": "torch", "peer_jax": "jax", "peer_linear": "celer", "peer_csv": "duckdb"}
"""Scripts that run in another environment, and the package that they need there."""
CURVE = str(sample_path("noisy-curve"))
HERE_ARGUMENTS = {
    "csv_readers": ("--only", "delimiter"),
    "csv_speed": ("--rows", "200", "--pairs", "1"),
    "dtype_choice": ("--steps", "20", "--only", "noisy-curve"),
    "measure_speed": ("--runs", "2", "--only", "16-16, 1,000 rows, regression"),
    "moment_speed": ("--seconds", "0.05", "--pairs", "1"),
    "network_optima": ("--rows", "40", "--seeds", "1", "--hidden", "3", "--only", "diabetes", "--penalties", "l2"),
    "network_minima": ("--seeds", "1", "--only", "linnerud, 20 rows, 16 relu"),
    "network_sweep": ("--rows", "30", "--lambdas", "2", "--epochs", "2", "--loop-every", "1"),
    "network_sweep_speed": ("--pairs", "1", "--epochs", "1"),
    "path_growth": ("--repeats", "1", "--only", "folds"),
    "path_speed": ("--pairs", "1", "--only", "lasso path, n=1000"),
    "plane_speed": ("--inputs", "5"),
    "sample_gaps": ("--seeds", "1", "--epochs", "50", CURVE, "temperature"),
    "scaling_speed": ("--only", "depth", "--seconds", "0.002"),
    "step_speed": ("--pairs", "1", "--steps", "20", "--only", "full batch"),
    "sweep_speed": ("--pairs", "1", "--steps", "10"),
    "class_path_speed": ("--pairs", "1", "--rows", "40", "--inputs", "3", "--lambdas", "3"),
    "wide_path_speed": ("--pairs", "1", "--rows", "20", "--inputs", "40"),
}
APART_ARGUMENTS = {
    "closing": ("--only", "at rest", "--repeat", "1", "--settle-ms", "50"),
    "closing_time": ("--times", "1"),
    "first_launch": ("--only", "warm cache, first", "--seconds", "0.1"),
    "frame_by_hand": ("--only", "first", "--frames", "40", "--panels", "four"),
    "frame_cost": ("--only", "first sample, speed max", "--seconds", "0.2"),
    "latency": ("--only", "first", "--changes", "5", "--warm-up", "0.1"),
    "memory": ("--minutes", "0.02", "--warm-up", "0.005"),
    "start_time": ("--pairs", "1", "--without-bytecode"),
    "sweep_cancel": ("--case", "12", "--times", "4"),
    "sweep_window_speed": ("--only", "200 × 8", "--seconds", "0.2"),
    "window_speed": ("--only", "200 ×", "--pairs", "1", "--seconds", "0.2"),
}
COLD = ("start_time", "first_launch")
"""Scripts about what a process does first, for which it has to be new."""
N_ROWS = {
    "csv_readers": 1, "csv_speed": 5,
    "measure_speed": 1,
    "dtype_choice": 6, "network_minima": 1, "network_optima": 4, "network_sweep": 4, "network_sweep_speed": 5,
    "path_growth": 4,
    "path_speed": 1,
    "plane_speed": 28, "sample_gaps": 1, "scaling_speed": 7, "step_speed": 4, "sweep_speed": 5, "closing": 1,
    "closing_time": 2,
    "first_launch": 1,
    "frame_by_hand": 1, "frame_cost": 1, "latency": 2, "memory": 1, "start_time": 2, "sweep_cancel": 1,
    "sweep_window_speed": 2, "window_speed": 1, "moment_speed": 2,
    "class_path_speed": 8,
    "wide_path_speed": 3,
}  # fmt: skip
"""Lines of each script's tables below their headers."""


def tables_of(text: str) -> list[list[list[str]]]:
    """The cells of every line of every Markdown table, its header first."""
    tables: list[list[list[str]]] = []
    is_within = False
    for line in text.splitlines():
        if not line.startswith("|"):
            is_within = False
            continue
        if not is_within:
            tables.append([])
            is_within = True
        if not re.fullmatch(r"[|\-\s]+", line):
            tables[-1].append([cell.strip() for cell in line.strip("|").split("|")])
    return tables


def assert_prints_figures(name: str, text: str) -> None:
    tables = tables_of(text)
    assert tables, text
    lines = [line for table in tables for line in table[1:]]
    assert len(lines) == N_ROWS[name], text
    for table in tables:
        assert {len(line) for line in table} == {len(table[0])}, text
    for line in lines:
        is_left_out = any("left out" in cell for cell in line)
        assert is_left_out or any(re.search(r"\d", cell) for cell in line[1:]), line
        assert not re.search(r"\b(nan|inf)\b", " ".join(line)), line


def test_every_script_has_a_smoke_run() -> None:
    scripts = {path.stem for path in HERE.glob("*.py")} - {"test_smoke"}
    assert scripts == HELPERS | {*PEERS} | {*HERE_ARGUMENTS} | {*APART_ARGUMENTS}
    assert {*N_ROWS} == {*HERE_ARGUMENTS} | {*APART_ARGUMENTS}


@pytest.fixture
def run_here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def run(name: str, *arguments: str, **constants: Any) -> str:
        monkeypatch.syspath_prepend(str(HERE))
        # How fast the machine is below a table is measured in bursts that need not be long here.
        speed_limit = importlib.import_module("speed_limit")
        monkeypatch.setattr(speed_limit, "BURST_S", 0.001)
        monkeypatch.setattr(speed_limit, "N_BURSTS", 1)
        monkeypatch.setattr(sys, "argv", [f"{name}.py", *arguments])
        # One of them puts another in its place.
        monkeypatch.setattr(trainer_module, "training_dtype", trainer_module.training_dtype)
        module = importlib.import_module(name)
        for constant, value in constants.items():
            monkeypatch.setattr(module, constant, value)
        module.main()
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("name", HERE_ARGUMENTS)
def test_a_table_of_the_engine(name: str, run_here: Callable[..., str], engine: None) -> None:
    constants: dict[str, Any] = {}
    if name == "plane_speed":
        constants = {"N_RUNS": 1}
    if name == "network_sweep":
        constants = {"N_FOLDS": 2}
    if name == "network_sweep_speed":
        # In threads of this process: what joblib starts would outlive the test.
        constants = {"N_THREADS": 1, "LAMBDAS": (0.1, 0.01)}
    assert_prints_figures(name, run_here(name, *HERE_ARGUMENTS[name], **constants))


@pytest.mark.parametrize("name", [name for name in APART_ARGUMENTS if name not in COLD])
def test_a_table_of_the_window(
    name: str, engine: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = HERE / f"{name}.py"
    if "sys.executable" not in script.read_text(encoding="utf-8"):
        # Its window is its own.
        done = warm_run(str(script), *APART_ARGUMENTS[name])
        assert done.returncode == 0, done.stderr
        assert_prints_figures(name, done.stdout)
        return
    monkeypatch.setattr(subprocess, "Popen", WarmPopen)
    monkeypatch.setattr(sys, "argv", [str(script), *APART_ARGUMENTS[name]])
    monkeypatch.syspath_prepend(str(HERE))
    # What it says to its children it says in its own environment.
    with mock.patch.dict(os.environ), contextlib.suppress(SystemExit):
        runpy.run_path(str(script), run_name="__main__")
    assert_prints_figures(name, capsys.readouterr().out)


@pytest.mark.parametrize("name", COLD)
def test_a_table_of_starts_from_nothing(name: str, engine: None) -> None:
    done = subprocess.run(
        [sys.executable, str(HERE / f"{name}.py"), *APART_ARGUMENTS[name]], env=os.environ | {"PYTHONPATH": ""},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=600, check=False,
    )  # fmt: skip
    # start_time says by its status whether the limit was met, which is nothing that a test asks.
    assert done.returncode in ((0, 1) if name == "start_time" else (0,)), done.stderr
    assert_prints_figures(name, done.stdout)


def answers_of_duckdb(folder: Path) -> list[Any]:
    (folder / "t.csv").write_text("a,b\n1,x\n3,\n")
    done = subprocess.run(
        [sys.executable, str(HERE / "peer_csv.py"), "DuckDB"], input=f"{folder / 't.csv'}\n", capture_output=True,
        text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()[1:]]


@pytest.mark.parametrize(("script", "package"), PEERS.items())
def test_a_peer_answers(script: str, package: str, run_here: Callable[..., str], tmp_path: Path) -> None:
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not installed, and no dependency of ours")
    if script == "peer_linear":
        import numpy as np

        inputs = np.random.default_rng(0).normal(size=(30, 4))
        np.savez(tmp_path / "rows.npz", inputs=inputs, targets=inputs[:, 0], lambdas=np.array([0.5, 0.1]))
        subprocess.run([sys.executable, str(HERE / "peer_linear.py"), "celer", str(tmp_path)], check=True)
        found = np.load(tmp_path / "found.npz")
        assert found["weights"].shape == (2, 4)
        assert np.isfinite(found["weights"]).all()
        return
    if script == "peer_csv":
        assert answers_of_duckdb(tmp_path) == [{"names": ["a", "b"], "cells": [[1.0, 3.0], ["x", None]], "n_rows": 2}]
        return
    sys.path.insert(0, str(HERE))
    from speed_cases import Case, Problem
    from speed_peers import child_peers

    problem = Problem(Case("small", 20, 2, 0, 5))
    form = "eager" if script == "peer_torch" else "rows-first"
    with child_peers(sys.executable, f"{script}.py", problem, [form], threads=(1,)) as (peer,):
        run = peer.run(0)
    assert run.seconds > 0.0
    assert 0.0 < run.losses[0] < 10.0
    assert replace(run, seconds=1.0).models == (0,)
