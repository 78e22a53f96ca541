"""Fifty models that differ in λ, on two cores, against loops and ensembles of other programs, as a Markdown table.

    python tests/benchmarks/sweep_speed.py [--torch-python PATH] [--jax-python PATH] [--pairs N] [--steps N]

Loops train one model after another; five of the fifty are timed, evenly spread over λ, and their time is scaled.
An option names the Python of an environment that has the peer (README.md beside this file says how to make one).
"""

from __future__ import annotations

import argparse
from dataclasses import replace

import numpy as np
from speed_cases import Case, Goal, Problem
from speed_pairs import HEADER, left_out, line, machine_line, measure
from speed_peers import child_peers, fastest, sklearn_peers

from regdesk.core.types import FULL_BATCH

N_MODELS = 50
CASE = Case(
    "50 models, n=1000 d=10, full batch, two cores",
    1_000,
    10,
    FULL_BATCH,
    1_000,
    lams=tuple(float(lam) for lam in np.geomspace(1e-5, 1e-1, N_MODELS)),
    n_threads=2,
)
LOOPED = (0, 12, 24, 37, 49)
ALL = tuple(range(N_MODELS))
LAYOUTS = ("rows-first", "units-first")
# Option, script, forms of which the fastest is measured, models it trains, and goals.
CHILDREN = (
    ("torch", "peer_torch.py", ("eager",), LOOPED, Goal(18)),
    ("torch", "peer_torch.py", ("fused",), LOOPED, Goal()),
    ("torch", "peer_torch.py", LAYOUTS, ALL, Goal(1.5)),
    ("jax", "peer_jax.py", LAYOUTS, ALL, Goal(2.3)),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--torch-python", metavar="PATH", help="without it PyTorch is left out")
    parser.add_argument("--jax-python", metavar="PATH", help="without it JAX is left out")
    parser.add_argument("--pairs", type=int, default=5, metavar="N")
    parser.add_argument("--steps", type=int, metavar="N", help="instead of the case's own; whole epochs")
    arguments = parser.parse_args()
    pythons = {"torch": arguments.torch_python, "jax": arguments.jax_python}
    case = CASE if arguments.steps is None else replace(CASE, n_steps=arguments.steps)
    problem = Problem(case)
    print(HEADER)
    peer = fastest(sklearn_peers(problem, LOOPED))
    print(line(case, peer, measure(problem, peer, arguments.pairs), Goal(12, 30)), flush=True)
    for name, script, forms, models, goal in CHILDREN:
        if pythons[name] is None:
            print(left_out(case, f"{name} {'/'.join(forms)}", f"--{name}-python"), flush=True)
            continue
        with child_peers(pythons[name], script, problem, forms, models) as peers:
            peer = fastest(peers)
            print(line(case, peer, measure(problem, peer, arguments.pairs), goal), flush=True)
    print(f"\n{machine_line()}")


if __name__ == "__main__":
    main()
