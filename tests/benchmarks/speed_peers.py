"""The programs that regdesk is compared with, each in the best form that was found for the case at hand."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor
from speed_cases import LEARNING_RATE, Problem, Run
from threadpoolctl import threadpool_limits

from regdesk.core.types import FULL_BATCH

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Peer:
    """One form of one program: ``run(seed)`` trains a problem; ``note`` says more than its form."""

    name: str
    form: str
    run: Callable[[int], Run]
    note: str = ""


def fastest(peers: Sequence[Peer]) -> Peer:
    """The one with the least time, each tried once; the only one is not tried."""
    if len(peers) == 1:
        return peers[0]
    seconds = [peer.run(0).seconds for peer in peers]
    return peers[int(np.argmin(seconds))]


class _TimedRegressor(MLPRegressor):
    """Starts from given layers and notes when each epoch ended."""

    def begin_with(self, layers: list[tuple[Any, Any]]) -> None:
        """``layers`` as ``Problem.layers`` gives them."""
        self.layers_left = list(layers)
        self.epoch_ends_s: list[float] = []

    def _init_coef(self, fan_in: int, fan_out: int, dtype: Any) -> tuple[Any, Any]:
        weights, biases = self.layers_left.pop(0)
        assert weights.shape == (fan_in, fan_out)
        return weights.astype(dtype), biases.astype(dtype)

    def _update_no_improvement_count(self, *arguments: Any) -> None:
        super()._update_no_improvement_count(*arguments)
        self.epoch_ends_s.append(time.perf_counter())


def _fit(problem: Problem, seed: int, lam: float, dtype: Any) -> tuple[float, Any]:
    """Seconds of the timed epochs and the trained ``(n_parameters,)`` of one model."""
    case = problem.case
    n_warm, n_epochs = case.n_warm_steps // case.steps_per_epoch, case.n_steps // case.steps_per_epoch
    # scikit-learn divides its penalty by the rows of a batch, so its strength is λ · batch size.
    model = _TimedRegressor(
        hidden_layer_sizes=case.hidden, activation="tanh", solver="adam", alpha=lam * case.n_batch,
        batch_size=case.n_batch, learning_rate_init=LEARNING_RATE, max_iter=n_warm + n_epochs,
        shuffle=case.batch_size != FULL_BATCH, tol=0.0, n_iter_no_change=n_warm + n_epochs, random_state=seed,
    )  # fmt: skip
    inputs, targets = (part.astype(dtype) for part in problem.rows)
    model.begin_with(problem.layers(problem.initial_parameters(seed)))
    start = time.perf_counter()
    with warnings.catch_warnings():
        # All of them stop at the number of steps asked for.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(inputs, targets)
    assert len(model.epoch_ends_s) == n_warm + n_epochs, "the same number of steps"
    seconds = model.epoch_ends_s[-1] - (model.epoch_ends_s[n_warm - 1] if n_warm else start)
    pairs = zip(model.coefs_, model.intercepts_, strict=True)
    return seconds, np.concatenate([part.ravel() for pair in pairs for part in pair])


def sklearn_peers(problem: Problem, models: Sequence[int] = (0,)) -> list[Peer]:
    """MLPRegressor on some of the case's models, one after another, in both dtypes and on one and two BLAS threads."""

    def make_run(dtype: Any, n_threads: int) -> Callable[[int], Run]:
        def run(seed: int) -> Run:
            with threadpool_limits(n_threads):
                fits = [_fit(problem, seed, problem.case.lams[model], dtype) for model in models]
            return problem.run_of(sum(fit[0] for fit in fits), np.array([fit[1] for fit in fits]), tuple(models))

        return run

    return [
        Peer(
            f"scikit-learn {sklearn.__version__}",
            f"{np.dtype(dtype).name}, {n_threads} thread{'s' * (n_threads > 1)}",
            make_run(dtype, n_threads),
        )
        for dtype in (np.float64, np.float32)
        for n_threads in (1, 2)
    ]


@contextmanager
def _problem_file(problem: Problem, models: Sequence[int]) -> Iterator[Path]:
    """The problem as ``peer_problem`` reads it."""
    case = problem.case
    inputs, targets = problem.rows
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problem.npz"
        np.savez(
            path, inputs=inputs, targets=targets, sizes=case.network.sizes, batch_size=case.batch_size,
            lams=np.array([case.lams[model] for model in models]), n_warm_steps=case.n_warm_steps,
            n_steps=case.n_steps, learning_rate=LEARNING_RATE,
        )  # fmt: skip
        yield path


class _Child:
    """A peer's process, alive for as long as its case is measured: between requests it waits on its stdin."""

    def __init__(self, python: str, script: str, path: Path, form: str, n_threads: int) -> None:
        command = [python, str(HERE / script), str(path), form, str(n_threads)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.facts = self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"a peer ended with code {self._process.wait()}: {self._process.args}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def train(self, parameters: Any, seed: int) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"parameters": parameters.tolist(), "seed": seed}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        self._process.communicate()


@contextmanager
def child_peers(
    python: str,
    script: str,
    problem: Problem,
    forms: Sequence[str],
    models: Sequence[int] = (0,),
    threads: Sequence[int] = (1, 2),
) -> Iterator[list[Peer]]:
    """``script`` run by another environment's Python on some of the case's models, in each form and number of threads.

    Every process has read and compiled what it needs before it is asked for a run.
    """
    children: list[_Child] = []

    def make_peer(path: Path, form: str, n_threads: int) -> Peer:
        child = _Child(python, script, path, form, n_threads)
        children.append(child)

        def run(seed: int) -> Run:
            answer = child.train(problem.initial_parameters(seed), seed)
            return problem.run_of(answer["seconds"], np.array(answer["parameters"]), tuple(models))

        compile_s = child.facts.get("compile_seconds")
        peer = Peer(child.facts["version"], f"{form}, {n_threads} thread{'s' * (n_threads > 1)}", run)
        return peer if compile_s is None else replace(peer, note=f"compiled in {compile_s:.1f} s, not counted")

    with _problem_file(problem, models) as path:
        try:
            yield [make_peer(path, form, n_threads) for form in forms for n_threads in threads]
        finally:
            for child in children:
                child.close()
