"""What the regressor and the classifier have in common: parameters to a configuration, arrays to a model."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import Tags, check_array, check_consistent_length, check_random_state
from sklearn.utils.validation import check_is_fitted, validate_data

from regdesk.api.models import FittedModel
from regdesk.api.options import FIT, arguments_of
from regdesk.api.options import refuse as refuse_option
from regdesk.cli.arguments import fit_arguments_of
from regdesk.core.fitted.encoding import Encoding
from regdesk.core.fitted.fitted_model import Predictions
from regdesk.core.model.original_units import unstandardized
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Float64s, Task
from regdesk.data.columns.built_column import number_column
from regdesk.data.csv.table import Column, NumberColumn, Table
from regdesk.data.errors import DataError
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.sklearn.alike_rows import distinct_rows, picked
from regdesk.sklearn.given_data import GivenDataError, category_names, given_columns, refuse, rows_of, table_of
from regdesk.tasks.fit import fit_model
from regdesk.tasks.fitted import model_of_fit
from regdesk.tasks.provenance import fit_provenance

_LARGEST_SEED = 2**31 - 1


# scikit-learn ships no types.
class RegdeskEstimator(BaseEstimator):  # type: ignore[misc]
    """A linear model or a network under a penalty; see ``RegdeskRegressor`` and ``RegdeskClassifier``."""

    _task: Task

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
        n_starts: int = 1,
        missing: str = "impute",
        degree: int = 1,
        standardize: bool = True,
        penalty_factor: Mapping[str, float] | None = None,
        random_state: Any = 0,
    ) -> None:
        self.hidden = hidden
        self.activation = activation
        self.penalty = penalty
        self.lam = lam
        self.l1_ratio = l1_ratio
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.epochs = epochs
        self.tol = tol
        self.max_epochs = max_epochs
        self.n_starts = n_starts
        self.missing = missing
        self.degree = degree
        self.standardize = standardize
        self.penalty_factor = penalty_factor
        self.random_state = random_state

    def __sklearn_tags__(self) -> Tags:
        """Missing cells and texts are welcome."""
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        tags.input_tags.categorical = True
        return tags

    @property
    def coef_(self) -> Float64s:
        """Weights per original unit of ``input_names_``: ``(n_inputs,)``, of classes ``(n_outputs, n_inputs)``."""
        return self._linear_part()[0]

    @property
    def intercept_(self) -> float | Float64s:
        """In units of the target; of classes ``(n_outputs,)``."""
        found: float | Float64s = self._linear_part()[1]
        return found

    @property
    def input_names_(self) -> tuple[str, ...]:
        """What a column became, ``(n_inputs,)``: itself where it has numbers, ``column=label`` for its labels."""
        check_is_fitted(self)
        return self._encoding.input_names

    @property
    def _encoding(self) -> Encoding:
        model: FittedModel = self.model_
        return model.model.encoding

    def _linear_part(self) -> tuple[Float64s, Any]:
        """Raises AttributeError, as scikit-learn expects it, for a network and before ``fit``."""
        found = vars(self).get("model_")
        if found is None or not found.model.network.is_linear:
            what = "a network has no coefficients" if found is not None else "it is not fitted yet"
            raise AttributeError(f"{type(self).__name__} has no coef_ and no intercept_ here: {what}.")
        model = found.model
        weights = model.network.weights(model.parameters, 0).astype(np.float64)
        biases = model.network.biases(model.parameters, 0).astype(np.float64)
        encoding = model.encoding
        per_unit, intercepts = unstandardized(encoding.input_scaler, encoding.target.scaler, weights, biases)
        if model.classes:
            return per_unit.T, intercepts
        return per_unit[:, 0], float(intercepts[0])

    def _fit(self, X: Any, y: Any, sample_weight: Any, target_of: Callable[[NDArray[Any], str], Column]) -> None:
        """``target_of`` makes the column of that name of targets ``(n_rows,)``."""
        X_rows, targets = validate_data(
            self, X, y, dtype=None, ensure_all_finite="allow-nan", ensure_min_samples=2,
            y_numeric=self._task == "regression",
        )  # fmt: skip
        names = self._column_names(X_rows)
        counts, weights = _checked_weights(sample_weight, X_rows)
        # Rows of weight 0 are as good as absent.
        rows, targets = np.flatnonzero(counts), targets[counts]
        given = given_columns(X_rows[counts], names)
        if self._is_trained_in_full_batches:
            n_classes = len(set(targets.tolist())) if self._task == "classification" else 1
            distinct = distinct_rows(given, targets, weights, n_classes)
            if distinct is not None:
                given = {name: picked(cells, distinct.rows) for name, cells in given.items()}
                rows, targets, weights = rows[distinct.rows], targets[distinct.rows], distinct.weights
        target = target_of(targets, _free(_name_of(y), names))
        weight_column = None
        if weights is not None:
            weight_column = number_column(_free("sample_weight", (*names, target.name)), weights, (), None)
        table = table_of(given, category_names(X, names), target, weight_column, rows + 1)
        configuration = self._configuration(table, names, target.name, weight_column)
        try:
            dataset = prepare_dataset(table, configuration.data, configuration.seed)
        except DataError as problem:
            refuse(problem)
        fitted = fit_model(dataset, configuration)
        model = model_of_fit(dataset, configuration, fitted)
        provenance = fit_provenance([], table, dataset, configuration) | {"command": f"{self._call()}.fit(X, y)"}
        self.model_ = FittedModel(model, provenance)
        self.n_iter_ = fitted.n_epochs
        if not fitted.converged and configuration.ending.n_epochs is None:
            warnings.warn(f"{type(self).__name__} has not converged: {fitted.reason}", ConvergenceWarning, stacklevel=3)

    @property
    def _is_trained_in_full_batches(self) -> bool:
        """Whether this is a network all of whose steps see all rows: then alike ones may be one."""
        return bool(self.hidden) and self.batch_size in (None, 0, "full")

    def _column_names(self, rows: NDArray[Any]) -> tuple[str, ...]:
        """x0, x1, … where the columns have no names that are texts. Raises GivenDataError where two have the same."""
        names = getattr(self, "feature_names_in_", None)
        found = tuple(f"x{place}" for place in range(rows.shape[1])) if names is None else tuple(map(str, names))
        if len(set(found)) < len(found):
            twice = next(name for name in found if found.count(name) > 1)
            raise GivenDataError(f"X: two columns are called {twice!r}; give each a name of its own.")
        return found

    def _configuration(
        self, table: Table, names: tuple[str, ...], target: str, weights: NumberColumn | None
    ) -> Configuration:
        """What the parameters come to. Raises UsageError, which is a ValueError, for one that cannot be."""
        options: dict[str, Any] = dict(self.get_params(deep=False))
        seed = options.pop("random_state")
        if not isinstance(seed, int | np.integer):
            seed = int(check_random_state(seed).randint(_LARGEST_SEED))
        for name in ("standardize", "standardize_target"):
            if name in options:
                wanted = options.pop(name)
                options[f"no_{name}"] = not wanted if isinstance(wanted, bool | np.bool_) else wanted
        if options["missing"] == "drop":
            refuse_option("missing: 'drop' leaves rows without a prediction; choose 'impute' or 'level'")
        options |= {"seed": seed, "features": names, "task": self._task, "weight_column": weights and weights.name}
        options |= {"validation_fraction": 0.0, "test_fraction": 0.0}
        return fit_arguments_of(arguments_of(table, target, options, FIT), refuse_option).configuration

    def _call(self) -> str:
        """How this estimator is made again, with every parameter."""
        said = ", ".join(f"{name}={value!r}" for name, value in self.get_params(deep=False).items())
        return f"regdesk.sklearn.{type(self).__name__}({said})"

    def _predictions(self, X: Any) -> Predictions:
        """Raises GivenDataError for a row that cannot be predicted."""
        check_is_fitted(self)
        rows = validate_data(self, X, reset=False, dtype=None, ensure_all_finite="allow-nan")
        names, encoding = self._column_names(rows), self._encoding
        try:
            found: Predictions = self.model_.model.predictions(rows_of(given_columns(rows, names), encoding))
        except DataError as problem:
            refuse(problem)
        if found.skipped:
            fault = found.skipped[0]
            raise GivenDataError(f"X, column '{fault.column}': row {fault.row + 1}: {fault.reason}.")
        return found


def _checked_weights(sample_weight: Any, rows: NDArray[Any]) -> tuple[NDArray[np.bool_], Float64s | None]:
    """Which of ``rows`` count, and how much those do; None where each counts once.

    Raises GivenDataError, or a ValueError of scikit-learn, where ``sample_weight`` has no weight for each row.
    """
    if sample_weight is None:
        return np.ones(len(rows), np.bool_), None
    weights = check_array(sample_weight, ensure_2d=False, dtype=np.float64, input_name="sample_weight")
    if weights.ndim != 1:
        raise GivenDataError("Sample weights must be 1D: sample_weight has to be one number for each row.")
    check_consistent_length(rows, weights)
    counts = weights != 0.0
    if not counts.any():
        raise GivenDataError("Sample weights must contain at least one non-zero number: every weight is 0.")
    return counts, weights[counts]


def _name_of(y: Any) -> str:
    """What ``y`` is called where it is a named column of a data frame."""
    name = getattr(y, "name", None)
    return name if isinstance(name, str) and name else "y"


def _free(name: str, taken: Collection[str]) -> str:
    while name in taken:
        name += "_"
    return name
