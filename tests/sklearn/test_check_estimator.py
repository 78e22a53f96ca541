"""scikit-learn's own checks of an estimator, for linear models and networks."""

from __future__ import annotations

from sklearn.utils.estimator_checks import parametrize_with_checks

from regdesk.sklearn import RegdeskClassifier, RegdeskRegressor

NETWORK = {"hidden": (8,), "epochs": 150, "learning_rate": 0.05, "lam": 1e-4}
LINEAR = {"hidden": (), "lam": 1e-3}


@parametrize_with_checks(
    [
        RegdeskRegressor(**LINEAR),
        RegdeskClassifier(**LINEAR),
        RegdeskRegressor(**NETWORK),
        RegdeskClassifier(**NETWORK),
    ]
)
def test_scikit_learn_finds_nothing(estimator, check):
    check(estimator)
