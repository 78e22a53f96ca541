"""scikit-learn's own checks of an estimator, for linear models and networks."""

from __future__ import annotations

from sklearn.utils.estimator_checks import parametrize_with_checks

from regdesk.sklearn import RegdeskClassifier, RegdeskRegressor

FLOAT32 = "networks train in float32: sums in another order differ in the seventh digit, and the check wants more"
NETWORK = {"hidden": (8,), "epochs": 150, "learning_rate": 0.05, "lam": 1e-4}
LINEAR = {"hidden": (), "lam": 1e-3}


def expected_failures(estimator):
    """``test_weights_are_as_good_as_rows`` is the same check to the digits that are there."""
    return {"check_sample_weight_equivalence_on_dense_data": FLOAT32} if estimator.hidden else {}


@parametrize_with_checks(
    [
        RegdeskRegressor(**LINEAR),
        RegdeskClassifier(**LINEAR),
        RegdeskRegressor(**NETWORK),
        RegdeskClassifier(**NETWORK),
    ],
    expected_failed_checks=expected_failures,
)
def test_scikit_learn_finds_nothing(estimator, check):
    check(estimator)
