"""BLAS works in one thread in a process that is regdesk's from the start, unless its user chose otherwise."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

CODE = """
import json, regdesk
import numpy as np
np.ones((8, 8)) @ np.ones((8, 8))
from threadpoolctl import threadpool_info
print(json.dumps([one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]))
"""
VARIABLES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def n_processors() -> int:
    """Those that this process may use, which are fewer than the machine has in a container."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def blas_threads(**chosen: str) -> list[int]:
    environment = {name: value for name, value in os.environ.items() if name not in VARIABLES} | chosen
    done = subprocess.run([sys.executable, "-c", CODE], env=environment, capture_output=True, text=True, check=True)
    threads: list[int] = json.loads(done.stdout)
    assert threads, "numpy has a BLAS"
    return threads


def test_blas_is_pinned() -> None:
    assert set(blas_threads()) == {1}


@pytest.mark.skipif(n_processors() < 2, reason="one core has one thread anyway")
def test_a_choice_of_the_users_is_respected() -> None:
    assert set(blas_threads(OPENBLAS_NUM_THREADS="2", OMP_NUM_THREADS="2")) == {2}
