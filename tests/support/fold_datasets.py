"""A dataset and its folds, as regdesk and scikit-learn take them."""

from __future__ import annotations

import numpy as np
from sklearn.model_selection import KFold

from regdesk.core.model.dataset import Dataset, Split
from regdesk.core.model.standardizer import Standardizer

NO_ROWS = np.empty(0, dtype=np.int64)


def make_dataset(inputs, targets, train, held, classes=(), standardize=True):
    names = tuple(f"x{number}" for number in range(inputs.shape[1]))
    is_number = not classes
    return Dataset(
        name="rows",
        inputs=inputs,
        targets=targets.astype(np.float64),
        split=Split(train, held, NO_ROWS),
        task="regression" if is_number else "classification",
        target="y",
        features=names,
        input_names=names,
        input_groups=np.arange(len(names)),
        classes=classes,
        input_scaler=Standardizer.fit(inputs[train]) if standardize else Standardizer.identity(len(names)),
        target_scaler=(
            Standardizer.fit(targets[train, np.newaxis]) if is_number and standardize else Standardizer.identity(1)
        ),
    )


def make_folds(inputs, targets, n_folds, classes=(), standardize=True):
    """The whole, its folds, and the same as scikit-learn's pairs of rows."""
    pairs = list(KFold(n_folds, shuffle=True, random_state=0).split(inputs))
    whole = make_dataset(inputs, targets, np.arange(len(targets)), NO_ROWS, classes, standardize)
    return whole, [make_dataset(inputs, targets, *pair, classes, standardize) for pair in pairs], pairs
