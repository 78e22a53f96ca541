"""A classification as scikit-learn has it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets

from regdesk.core.types import Float64s
from regdesk.data.columns.built_column import number_column
from regdesk.data.csv.table import Column, WordColumn
from regdesk.sklearn.estimator import RegdeskEstimator
from regdesk.sklearn.given_data import GivenDataError


# As of the base: scikit-learn ships no types.
class RegdeskClassifier(ClassifierMixin, RegdeskEstimator):  # type: ignore[misc]
    """Logistic or softmax regression, or a network that tells classes apart, under a penalty; as ``regdesk fit``.

    Data may have missing cells, and columns of texts, dates and categories: they are read as in a file.

    Args:
        hidden: units of each hidden layer; ``()`` for none: logistic or softmax regression.
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
        penalty_factor: what multiplies the penalty of all weights that leave a column, such as ``{"age": 0}``.
        random_state: a whole number is the seed of ``regdesk fit``; None or a generator draws one.

    Attributes:
        model_: ``regdesk.api.FittedModel``, which ``save`` writes as a file for ``regdesk predict`` and ``api.load``.
        coef_, intercept_: of a linear model, in original units; not there for a network.
        input_names_: what the weights of ``coef_`` belong to: columns, and ``column=label`` where these are labels.
        n_iter_: passes over the rows, or iterations of the exact solver.
        n_features_in_, feature_names_in_: as everywhere in scikit-learn.
        classes_: the labels, sorted, ``(n_classes,)``.
    """

    _task = "classification"

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> RegdeskClassifier:
        """Train on all rows of ``X`` ``(n_rows, n_columns)``, whose classes are ``y`` ``(n_rows,)``.

        ``sample_weight`` ``(n_rows,)``: 2 is as good as two rows, 0 as none. Raises ValueError for data or parameters
        that cannot be, DivergedError where training leaves all bounds.
        """
        self._fit(X, y, sample_weight, self._column_of)
        return self

    def predict(self, X: Any) -> NDArray[Any]:
        """The likeliest class of each row, ``(n_rows,)``. Raises ValueError for a row that cannot be predicted."""
        numbers = self._predictions(X).class_numbers
        assert numbers is not None
        found: NDArray[Any] = self.classes_[numbers]
        return found

    def predict_proba(self, X: Any) -> Float64s:
        """``(n_rows, n_classes)``, in the order of ``classes_``. Raises ValueError as ``predict``."""
        probabilities = self._predictions(X).probabilities
        assert probabilities is not None
        return probabilities

    def decision_function(self, X: Any) -> Float64s:
        """Log-odds of the second of two classes ``(n_rows,)``, or a logit for each of more ``(n_rows, n_classes)``."""
        outputs = self._predictions(X).outputs
        return outputs[:, 0] if outputs.shape[1] == 1 else outputs

    def _column_of(self, targets: NDArray[Any], name: str) -> Column:
        """The classes as a file would have them, so that those of the model have the order of ``classes_``."""
        check_classification_targets(targets)
        self.classes_, codes = np.unique(targets, return_inverse=True)
        if len(self.classes_) < 2:
            raise GivenDataError(
                f"y: only one class is present, {self.classes_.tolist()[0]!r}: there is nothing to tell apart."
            )
        if self.classes_.dtype.kind in "iuf":
            numbers = self.classes_.astype(np.float64)
            if len(np.unique(numbers)) < len(numbers):
                raise GivenDataError("y: classes are numbers too large to be told apart; give them as texts.")
            return number_column(name, numbers[codes], tuple(map(_spelled, numbers.tolist())), None)
        levels = tuple(map(str, self.classes_.tolist()))
        if tuple(sorted(set(levels))) != levels:
            raise GivenDataError("y: classes are neither numbers nor texts alone; give them as texts.")
        return WordColumn(
            name, "categorical", np.zeros(len(codes), np.bool_), levels, len(levels), codes.astype(np.int32)
        )


def _spelled(number: float) -> str:
    return str(int(number)) if number.is_integer() and abs(number) < 2**53 else repr(number)
