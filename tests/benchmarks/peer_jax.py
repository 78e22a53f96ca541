"""JAX on a benchmark's problem, in a process and an environment of its own; see peer_problem for the calls.

    PYTHON peer_jax.py PROBLEM.npz FORM THREADS

One program for all models and all steps: jit of vmap over the models of a lax.scan over the steps, Adam written out
(Kingma & Ba 2015, algorithm 1). Full batch only. It is compiled before the first request; that time is told apart.
Forms: ``rows-first`` and ``units-first`` are the shape of the activations, ``(n_rows, n_units)`` or its transpose.
"""

from __future__ import annotations

import os
import sys
import time
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from peer_problem import PeerProblem, read_problem, serve

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8


def make_program(problem: PeerProblem, is_rows_first: bool) -> Any:
    """A function (lams ``(n_models,)``, weights, biases) → trained (weights, biases), stacked over the models."""
    import jax
    import jax.numpy as jnp

    inputs = jnp.asarray(problem.inputs if is_rows_first else np.ascontiguousarray(problem.inputs.T))
    targets = jnp.asarray(problem.targets)

    def objective(parts: Any, lam: Any) -> Any:
        weights, biases = parts
        values = inputs
        for layer, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
            values = values @ weight + bias if is_rows_first else weight.T @ values + bias[:, None]
            values = jnp.tanh(values) if layer < len(weights) - 1 else values
        penalty = sum(jnp.sum(weight**2) for weight in weights)
        return 0.5 * jnp.mean((values.reshape(-1) - targets) ** 2) + 0.5 * lam * penalty

    def step(lam: Any, carry: Any, number: Any) -> Any:
        parts, first, second = carry
        gradient = jax.grad(objective)(parts, lam)
        first = jax.tree.map(lambda m, g: BETA_1 * m + (1 - BETA_1) * g, first, gradient)
        second = jax.tree.map(lambda v, g: BETA_2 * v + (1 - BETA_2) * g * g, second, gradient)
        rate, correction = problem.learning_rate / (1 - BETA_1**number), 1 / (1 - BETA_2**number)
        parts = jax.tree.map(lambda w, m, v: w - rate * m / (jnp.sqrt(v * correction) + EPSILON), parts, first, second)
        return (parts, first, second), None

    def train(lam: Any, weights: Any, biases: Any) -> Any:
        parts = (weights, biases)
        zeros = jax.tree.map(jnp.zeros_like, parts)
        numbers = jnp.arange(1, problem.n_steps + 1, dtype=jnp.float32)
        return jax.lax.scan(partial(step, lam), (parts, zeros, zeros), numbers)[0][0]

    return jax.jit(jax.vmap(train, in_axes=(0, None, None)))


def main() -> None:
    path, form, n_threads = sys.argv[1:]
    # Read when jax is first imported.
    if n_threads == "1":
        os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    import jax

    problem = read_problem(path)
    assert problem.batch_size == 0, "full batch only"
    assert problem.n_warm_steps == 0, "no warm steps"
    n_parameters = sum((inputs + 1) * outputs for inputs, outputs in pairwise(problem.sizes))
    start = time.perf_counter()
    arguments = (problem.lams, *problem.weights_and_biases(np.zeros(n_parameters)))
    program = make_program(problem, form == "rows-first").lower(*arguments).compile()
    compile_seconds = time.perf_counter() - start

    def train(parameters: Any, seed: int) -> dict[str, Any]:
        weights, biases = problem.weights_and_biases(parameters)
        start = time.perf_counter()
        trained = jax.block_until_ready(program(problem.lams, weights, biases))
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "parameters": problem.rows_of_parameters(*trained)}

    serve(train, {"version": f"JAX {jax.__version__}", "compile_seconds": compile_seconds})


if __name__ == "__main__":
    main()
