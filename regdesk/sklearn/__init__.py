"""Estimators of scikit-learn, for its pipelines and searches; this room alone imports scikit-learn (extra ``sklearn``).

    from regdesk.sklearn import RegdeskRegressor
    from sklearn.model_selection import GridSearchCV

    search = GridSearchCV(RegdeskRegressor(hidden=(), penalty="l1"), {"lam": [0.001, 0.01, 0.1]})
    search.fit(X, y)
    search.best_estimator_.coef_
    search.best_estimator_.model_.save("best.regdesk")

Parameters are the options of ``regdesk fit`` under the same names, and so are their defaults. ``fit`` trains on every
row that it is given, as ``regdesk fit --validation-fraction 0`` does, and ends in the same parameters, bit for bit.
But for one thing: a network in full batches takes rows that are alike for one with the sum of their weights, so that a
weight of 2 is two rows to the last bit. With weights or such rows it ends where the command ends to rounding alone.
"""

from __future__ import annotations

from regdesk.sklearn.classifier import RegdeskClassifier
from regdesk.sklearn.given_data import GivenDataError
from regdesk.sklearn.regressor import RegdeskRegressor

__all__ = ["GivenDataError", "RegdeskClassifier", "RegdeskRegressor"]
