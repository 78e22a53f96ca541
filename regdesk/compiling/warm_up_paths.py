"""As ``warm_up``, for paths of linear models.

What needs paths alone imports these alone: to decorate what solves networks and draws planes takes 50 ms.
"""

from __future__ import annotations

import numpy as np

from regdesk.core.linear.path import solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.model.losses import SQUARED
from regdesk.core.model.penalties import ElasticNet, GroupLasso


def warm_up_paths() -> None:
    """Compile what finds paths of linear models, or load it from the cache."""
    inputs, targets = np.array([[-1.0, 0.5, 1.0], [1.0, 0.2, -1.0]]), np.array([-1.0, 1.0])
    lambdas = np.array([1.0, 0.1])
    l1, groups = ElasticNet(0.0, 1.0), GroupLasso(0.0, np.array([0, 2]))
    # One input and two rows go by the Gram matrix, three inputs by the rows: by active sets, under l2 by descent.
    for columns, penalty in ((1, l1), (3, l1), (3, ElasticNet(0.0, 0.5)), (2, groups)):
        list(solve_path(LinearProblem(inputs[:, :columns], targets, SQUARED, penalty), lambdas))
