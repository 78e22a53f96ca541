"""What compiled paths of log-loss and softmax are handed: a penalty on single weights, λ descending.

A coordinate is a weight, input by input, or a bias, which stand last: ``n_inputs · n_outputs + n_outputs`` of them.
Log-loss has one output and two classes.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class ClassRows(NamedTuple):
    """Rows in the order of their classes, inputs centred.

    ``columns`` ``(n_inputs, n_rows)`` are X transposed, ``means`` ``(n_inputs,)`` what has been taken off. Rows of
    class c stand from ``bounds[c]`` to ``bounds[c + 1]``. ``shares`` ``(n_rows,)`` have mean 1; with ``is_even`` all
    are 1.
    """

    columns: Any
    means: Any
    bounds: Any
    shares: Any
    is_even: bool


class ClassPlan(NamedTuple):
    """λ₁ and λ₂ ``(n_lambdas,)``, to be multiplied by the ``factors`` ``(n_weights,)`` of each weight.

    ``price`` is what a Hessian costs, in steps.

    A λ is left when the gap is at most ``aim`` times J, or at most ``tolerance`` times J and falls no more. ``stop``
    ``(1,)`` is a flag: once another thread has set it a path ends soon, with numbers that mean nothing.
    """

    l1s: Any
    l2s: Any
    factors: Any
    aim: float
    tolerance: float
    price: float
    stop: Any


class ClassState(NamedTuple):
    """The model that a path has come to, and what has been measured of it.

    ``point`` and ``gradient`` ``(n_coordinates,)``, the gradient of the mean loss; ``outputs`` and ``slopes``
    ``(n_outputs, n_rows)``; ``owns`` and ``others`` ``(n_rows,)`` are the probability of a row's class and that of all
    others; ``pulls`` ``(n_classes, n_outputs, n_inputs)`` are the parts of the gradient times n that rows of a class
    have, ``flows`` ``(n_classes, n_outputs)`` the sums of their slopes' sizes. ``moves`` ``(n_classes, n_outputs)``
    and ``row_work`` ``(2, n_rows)`` are scratch, as are ``alive`` ``(n_inputs,)`` and
    ``gradient_before`` ``(n_coordinates,)``.

    ``defect`` ``(n_coordinates,)`` is by how much the first step to the λ before missed its gradient. ``figures``
    ``(6,)``: mean loss, the largest size of an output, whether the point has to be measured first, steps so far, how
    many of these a newer Hessian might have spared, and whether conjugate gradients have not come to an end.
    ``spreads`` ``(2, n_outputs)``: what curvatures were like when the Hessian was last rescaled, 0 where it is new;
    and scratch.
    """

    point: Any
    gradient: Any
    gradient_before: Any
    outputs: Any
    slopes: Any
    owns: Any
    others: Any
    pulls: Any
    flows: Any
    moves: Any
    row_work: Any
    alive: Any
    defect: Any
    figures: Any
    spreads: Any


class ClassModel(NamedTuple):
    """The quadratic that stands for the mean loss, over the coordinates that may move.

    ``chosen`` ``(n_chosen,)`` are these, ascending; ``is_chosen`` ``(n_coordinates,)``. ``hessian`` ``(n_chosen,
    n_chosen)`` follows what steps have found. ``inverse`` is that of the Hessian with the penalty as it was when it was
    made, where conjugate gradients crawl without it, and of one row elsewhere. ``work`` ``(11, n_chosen)`` and
    ``lists`` ``(2, n_chosen)`` are scratch.
    """

    chosen: Any
    is_chosen: Any
    hessian: Any
    inverse: Any
    work: Any
    lists: Any


class ClassSolutions(NamedTuple):
    """What a path finds: ``points`` ``(n_lambdas, n_coordinates)``, with biases of centred inputs, and of each λ J, the
    duality gap and the KKT residual, ``(n_lambdas,)``.
    """

    points: Any
    objectives: Any
    gaps: Any
    kkt_residuals: Any
