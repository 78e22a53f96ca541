"""A regression as scikit-learn has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import RegressorMixin

from regdesk.core.types import Float64s
from regdesk.data.columns.built_column import number_column
from regdesk.data.csv.table import Column
from regdesk.sklearn.estimator import RegdeskEstimator


# As of the base: scikit-learn ships no types.
class RegdeskRegressor(RegressorMixin, RegdeskEstimator):  # type: ignore[misc]
    """Linear regression or a network that predicts a number, under a penalty; as ``regdesk fit`` on all rows.

    Data may have missing cells, and columns of texts, dates and categories: they are read as in a file.

    Args:
        hidden: units of each hidden layer; ``()`` for none: linear regression.
        activation: ``tanh`` or ``relu``.
        penalty: R(W) of J = mean loss + λ R(W): ``none``, ``l1``, ``l2``, ``elastic-net`` or ``group-lasso``.
        lam: λ. ``translations`` of ``regdesk fit`` say what it is for scikit-learn's own estimators.
        l1_ratio: share of L1 in the elastic net.
        optimizer: ``auto``, ``adam``, ``momentum`` or ``sgd``; ``auto`` is an exact solver for linear models that are
            trained to convergence, and else Adam.
        learning_rate: length of a step, 1e-5 to 1.
        batch_size: rows of a step; None for all of them.
        epochs: exactly so many passes over the rows; None: to convergence.
        tol: largest kkt residual of a converged model; None: 1e-8, and 1e-5 with hidden layers.
        max_epochs: where training ends at the latest; None: 20,000.
        missing: ``impute`` (numbers become the median of the rows, labels the most frequent one) or ``level`` (that a
            label is missing is a label of its own).
        degree: the largest power of each number that is an input, beside all smaller ones; at most 20.
        standardize: whether inputs get mean 0 and population standard deviation 1, so that λ presses on all alike.
        standardize_target: the same for the target; ``predict`` answers in its own units.
        penalty_factor: what multiplies the penalty of all weights that leave a column, such as ``{"age": 0}``.
        random_state: a whole number is the seed of ``regdesk fit``; None or a generator draws one.

    Attributes:
        model_: ``regdesk.api.FittedModel``, which ``save`` writes as a file for ``regdesk predict`` and ``api.load``.
        coef_, intercept_: of a linear model, in original units; not there for a network.
        input_names_: what the weights of ``coef_`` belong to: columns, and ``column=label`` where these are labels.
        n_iter_: passes over the rows, or iterations of the exact solver.
        n_features_in_, feature_names_in_: as everywhere in scikit-learn.
    """

    _task = "regression"

    def __init__(
        self,
        *,
        hidden: tuple[int, ...] = (16, 16),
        activation: str = "tanh",
        penalty: str = "l2",
        lam: float = 0.01,
        l1_ratio: float = 0.5,
        optimizer: str = "auto",
        learning_rate: float = 0.01,
        batch_size: int | str | None = None,
        epochs: int | None = None,
        tol: float | None = None,
        max_epochs: int | None = None,
        missing: str = "impute",
        degree: int = 1,
        standardize: bool = True,
        standardize_target: bool = True,
        penalty_factor: Mapping[str, float] | None = None,
        random_state: Any = 0,
    ) -> None:
        # scikit-learn reads the names of parameters off this signature, so that the others stand here again.
        super().__init__(
            hidden=hidden,
            activation=activation,
            penalty=penalty,
            lam=lam,
            l1_ratio=l1_ratio,
            optimizer=optimizer,
            learning_rate=learning_rate,
            batch_size=batch_size,
            epochs=epochs,
            tol=tol,
            max_epochs=max_epochs,
            missing=missing,
            degree=degree,
            standardize=standardize,
            penalty_factor=penalty_factor,
            random_state=random_state,
        )
        self.standardize_target = standardize_target

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> RegdeskRegressor:
        """Train on all rows of ``X`` ``(n_rows, n_columns)``, with targets ``y`` ``(n_rows,)``.

        ``sample_weight`` ``(n_rows,)``: 2 is as good as two rows, 0 as none. Raises ValueError for data or parameters
        that cannot be, DivergedError where training leaves all bounds.
        """
        self._fit(X, y, sample_weight, _column_of)
        return self

    def predict(self, X: Any) -> Float64s:
        """In units of the target, ``(n_rows,)``. Raises ValueError for a row that cannot be predicted."""
        values = self._predictions(X).values
        assert values is not None
        return values


def _column_of(targets: NDArray[Any], name: str) -> Column:
    return number_column(name, targets.astype(np.float64), (), None)
