"""PyTorch on a benchmark's problem, in a process and an environment of its own; see peer_problem for the calls.

    PYTHON peer_torch.py PROBLEM.npz FORM THREADS

Forms: ``eager`` (a plain loop, one model after another, λ/2 ‖W‖² in the loss, torch.optim.Adam as it comes), ``fused``
(the same with the penalty as Adam's weight_decay, which is the same gradient, and Adam's fused kernel), ``rows-first``
and ``units-first`` (all models at once by batched products, activations ``(n_models, n_rows, n_units)`` or
``(n_models, n_units, n_rows)``, fused Adam).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import torch
from peer_problem import PeerProblem, read_problem, serve


def batches(problem: PeerProblem, seed: int, inputs: Any, targets: Any) -> Iterator[tuple[Any, Any]]:
    """Rows of one optimiser step after another, for ever."""
    if problem.batch_size == 0:
        while True:
            yield inputs, targets
    generator = torch.Generator().manual_seed(seed)
    while True:
        order = torch.randperm(len(inputs), generator=generator)
        for chosen in order.split(problem.batch_size):
            yield inputs[chosen], targets[chosen]


def timed(problem: PeerProblem, seed: int, inputs: Any, targets: Any, step: Callable[[Any, Any], None]) -> float:
    """Seconds of ``n_steps`` steps, after the warm ones."""
    source = batches(problem, seed, inputs, targets)
    for _ in range(problem.n_warm_steps):
        step(*next(source))
    start = time.perf_counter()
    for _ in range(problem.n_steps):
        step(*next(source))
    return time.perf_counter() - start


def train_one(problem: PeerProblem, seed: int, lam: float, parameters: Any, is_fused: bool) -> tuple[float, Any, Any]:
    """Seconds, W and b of one model."""
    arrays = problem.weights_and_biases(parameters)
    weights, biases = ([torch.from_numpy(array).requires_grad_() for array in part] for part in arrays)
    if is_fused:
        groups = [{"params": weights, "weight_decay": lam}, {"params": biases}]
        optimizer = torch.optim.Adam(groups, lr=problem.learning_rate, fused=True)
    else:
        optimizer = torch.optim.Adam([*weights, *biases], lr=problem.learning_rate)

    def step(values: Any, wanted: Any) -> None:
        optimizer.zero_grad()
        for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
            values = torch.tanh(torch.addmm(bias, values, weight))
        outputs = torch.addmm(biases[-1], values, weights[-1])
        loss = 0.5 * (outputs - wanted).square().mean()
        if not is_fused:
            loss = loss + 0.5 * lam * sum(weight.square().sum() for weight in weights)
        loss.backward()
        optimizer.step()

    inputs, targets = torch.from_numpy(problem.inputs), torch.from_numpy(problem.targets)[:, None]
    seconds = timed(problem, seed, inputs, targets, step)
    return seconds, [weight.detach() for weight in weights], [bias.detach() for bias in biases]


def train_loop(problem: PeerProblem, parameters: Any, seed: int, is_fused: bool) -> dict[str, Any]:
    runs = [train_one(problem, seed, float(lam), parameters, is_fused) for lam in problem.lams]
    weights = [torch.stack(parts) for parts in zip(*(run[1] for run in runs), strict=True)]
    biases = [torch.stack(parts) for parts in zip(*(run[2] for run in runs), strict=True)]
    return {"seconds": sum(run[0] for run in runs), "parameters": problem.rows_of_parameters(weights, biases)}


def train_ensemble(problem: PeerProblem, parameters: Any, seed: int, is_rows_first: bool) -> dict[str, Any]:
    """All models as one; Adam works element by element, so theirs is the same as each one's own."""
    arrays = problem.weights_and_biases(parameters)
    n_models = problem.n_models
    weights = [torch.from_numpy(one).repeat(n_models, 1, 1).requires_grad_() for one in arrays[0]]
    biases = [torch.from_numpy(one).repeat(n_models, 1, 1).requires_grad_() for one in arrays[1]]
    optimizer = torch.optim.Adam([*weights, *biases], lr=problem.learning_rate, fused=True)
    lams = torch.from_numpy(problem.lams)

    def dense(values: Any, weight: Any, bias: Any) -> Any:
        if is_rows_first:
            return torch.baddbmm(bias, values, weight)
        return torch.baddbmm(bias.mT, weight.mT, values)

    def step(values: Any, wanted: Any) -> None:
        optimizer.zero_grad()
        values = values if is_rows_first else values.mT
        for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
            values = torch.tanh(dense(values, weight, bias))
        outputs = dense(values, weights[-1], biases[-1]).reshape(n_models, -1)
        penalties = sum(weight.square().sum((1, 2)) for weight in weights)
        (0.5 * (outputs - wanted).square().mean(1) + 0.5 * lams * penalties).sum().backward()
        optimizer.step()

    inputs = torch.from_numpy(problem.inputs)
    if not is_rows_first:
        inputs = inputs.T.contiguous().T
    inputs = inputs.expand(n_models, *inputs.shape)
    seconds = timed(problem, seed, inputs, torch.from_numpy(problem.targets), step)
    rows = problem.rows_of_parameters([one.detach() for one in weights], [one.detach() for one in biases])
    return {"seconds": seconds, "parameters": rows}


def main() -> None:
    path, form, n_threads = sys.argv[1:]
    torch.set_num_threads(int(n_threads))
    problem = read_problem(path)

    def train(parameters: Any, seed: int) -> dict[str, Any]:
        if form in ("eager", "fused"):
            return train_loop(problem, parameters, seed, form == "fused")
        return train_ensemble(problem, parameters, seed, form == "rows-first")

    serve(train, {"version": f"PyTorch {torch.__version__}"})


if __name__ == "__main__":
    main()
