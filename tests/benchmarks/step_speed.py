"""Optimiser steps of one model against scikit-learn's MLPRegressor and PyTorch, as a Markdown table.

    python tests/benchmarks/step_speed.py [--torch-python PATH] [--only TEXT] [--pairs N] [--steps N]

``--torch-python`` is the Python of an environment that has PyTorch (README.md beside this file says how to make one).
"""

from __future__ import annotations

import argparse
from dataclasses import replace

from speed_cases import Case, Goal, Problem
from speed_pairs import HEADER, left_out, line, machine_line, measure
from speed_peers import child_peers, fastest, sklearn_peers

from regdesk.core.types import FULL_BATCH

MILLION = Case(
    "epochs 2–4 of batches of 256, n=1,000,000 d=20", 1_000_000, 20, 256, n_steps=3 * 3_907, n_warm_steps=3_907
)
# A case, the goals against scikit-learn, and those against PyTorch.
CASES = (
    (Case("full batch, n=200 d=1", 200, 1, FULL_BATCH, 3_000), Goal(12, 25), Goal(aim=40)),
    (Case("full batch, n=1000 d=10", 1_000, 10, FULL_BATCH, 2_000), Goal(8), Goal()),
    (Case("30 epochs of batches of 32, n=2000 d=8", 2_000, 8, 32, 63 * 30), Goal(30, 100), Goal()),
    (MILLION, Goal(12, 40), Goal()),
)
TORCH_FORMS = ("eager", "fused")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--torch-python", metavar="PATH", help="without it PyTorch is left out")
    parser.add_argument("--only", default="", metavar="TEXT", help="cases whose name contains this")
    parser.add_argument("--pairs", type=int, default=5, metavar="N")
    parser.add_argument("--steps", type=int, metavar="N", help="instead of the case's own; whole epochs")
    arguments = parser.parse_args()
    print(HEADER)
    for case, sklearn_goal, torch_goal in CASES:
        if arguments.only not in case.name:
            continue
        if arguments.steps is not None:
            case = replace(case, n_steps=arguments.steps)
        problem = Problem(case)
        peer = fastest(sklearn_peers(problem))
        print(line(case, peer, measure(problem, peer, arguments.pairs), sklearn_goal), flush=True)
        if arguments.torch_python is None:
            print(left_out(case, "PyTorch", "--torch-python"), flush=True)
            continue
        for form in TORCH_FORMS:
            goal = torch_goal if form == "eager" else Goal()
            with child_peers(arguments.torch_python, "peer_torch.py", problem, [form]) as peers:
                peer = fastest(peers)
                print(line(case, peer, measure(problem, peer, arguments.pairs), goal), flush=True)
    print(f"\n{machine_line()}")


if __name__ == "__main__":
    main()
