"""The estimators in what scikit-learn does with them, and against the command line and scikit-learn's own models."""

from __future__ import annotations

import inspect
import pickle

import numpy as np
import pytest
from fit_command import fit
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from regdesk import api
from regdesk.core.model.network import weights_digest
from regdesk.core.settings.configuration import Configuration
from regdesk.sklearn import GivenDataError, RegdeskClassifier, RegdeskRegressor

LABELS = ("north", "south", 'a "quoted", <b>name</b>', "=1+1", "]]>", "*/ ${x} \\")


def numbers(n_rows=90, seed=3):
    generator = np.random.default_rng(seed)
    X = generator.normal(size=(n_rows, 4)) * [1.0, 20.0, 0.3, 5.0] + [0.0, 100.0, 1.0, -4.0]
    return X, X @ [1.5, 0.0, -8.0, 0.2] + generator.normal(size=n_rows)


def mixed(n_rows=80, seed=5):
    """Numbers with gaps, truth values, texts with gaps, and hostile labels."""
    generator = np.random.default_rng(seed)
    size, code = generator.normal(size=n_rows).round(3), generator.integers(len(LABELS), size=n_rows)
    X = np.empty((n_rows, 4), object)
    X[:, 0], X[:, 1] = size, generator.random(n_rows) > 0.5
    X[:, 2] = [LABELS[one] for one in code]
    X[:, 3] = generator.integers(0, 2, n_rows)
    X[[2, 40], 0], X[[1, 7], 2], X[5, 3] = np.nan, None, np.nan
    y = size + 2.0 * (code == 3) - (code == 4) + 0.1 * generator.normal(size=n_rows)
    return X, y


def write_table(path, X, y, weights=None):
    """As ``regdesk fit`` reads it: every cell in quotes, numbers as Python writes them, what is missing empty."""
    columns = [*X.T.tolist(), y.tolist()] + ([] if weights is None else [weights.tolist()])
    names = [f"x{place}" for place in range(X.shape[1])] + ["y"] + ([] if weights is None else ["sample_weight"])

    def cell(value):
        text = "" if value is None or value != value else str(value)
        return '"' + text.replace('"', '""') + '"'

    lines = [",".join(names)] + [",".join(map(cell, row)) for row in zip(*columns, strict=True)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def words_of(X, *others):
    """Every column is named, so that none is left out; nothing is held back."""
    features = ",".join(f"x{place}" for place in range(X.shape[1]))
    return ["y", "--features", features, "--validation-fraction", "0", *others]


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"hidden": (), "penalty": "l1", "lam": 0.02}, "--hidden= --penalty l1 --lam 0.02"),
        ({"hidden": (), "penalty": "group-lasso", "lam": 0.02, "penalty_factor": {"x0": 0.0, "x2": 2.0}},
         "--hidden= --penalty group-lasso --lam 0.02 --penalty-factor x0=0 --penalty-factor x2=2"),
        ({"hidden": (), "penalty": "elastic-net", "l1_ratio": 0.3, "standardize": False, "standardize_target": False},
         "--hidden= --penalty elastic-net --l1-ratio 0.3 --no-standardize --no-standardize-target"),
        ({"hidden": (5, 3), "activation": "relu", "epochs": 40, "random_state": 7, "missing": "level"},
         "--hidden 5,3 --activation relu --epochs 40 --seed 7 --missing level"),
        ({"hidden": (4,), "epochs": 20, "optimizer": "momentum", "learning_rate": 0.1, "batch_size": 16},
         "--hidden 4 --epochs 20 --optimizer momentum --learning-rate 0.1 --batch-size 16"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("weighs", [False, True])
def test_fit_ends_where_the_command_ends(tmp_path, capsys, parameters, words, weighs):
    X, y = mixed()
    weights = np.random.default_rng(1).integers(0, 3, len(y)).astype(float) if weighs else None
    path = write_table(tmp_path / "table.csv", X, y, weights)
    others = [*words.split(), *(["--weight-column", "sample_weight"] if weighs else [])]
    record = fit(capsys, str(path), *words_of(X, *others))
    found = RegdeskRegressor(**parameters).fit(X, y, weights)
    assert found.n_iter_ == record["epochs"]
    ours = found.model_.model.parameters
    if weighs and found.hidden and found.batch_size is None:
        # Rows in another order, and float32.
        theirs = [np.ravel(one[part]) for one in record["layers"] for part in ("weights", "biases")]
        np.testing.assert_allclose(ours, np.concatenate(theirs), rtol=0, atol=1e-4)
    else:
        assert weights_digest(ours) == record["weights_digest"]


@pytest.mark.parametrize("labels", [np.array(["no", "maybe", "yes"]), np.array([3, 1, 20]), np.array(LABELS[:2])])
def test_classes_are_those_of_the_command(tmp_path, capsys, labels):
    X, y = numbers()
    y = labels[np.digitize(y, np.quantile(y, [0.3, 0.7][: len(labels) - 1]))]
    path = write_table(tmp_path / "table.csv", X, y)
    words = words_of(X, "--hidden=", "--lam", "0.005", "--task", "classification")
    record = fit(capsys, str(path), *words)
    found = RegdeskClassifier(hidden=(), lam=0.005).fit(X, y)
    assert weights_digest(found.model_.model.parameters) == record["weights_digest"]
    assert list(map(str, found.classes_)) == record["classes"]
    assert found.score(X, y) == record["train"]["accuracy"]


def test_numbers_are_those_of_scikit_learn():
    """λ on standardised inputs and target, beside scikit-learn's number on raw targets."""
    X, y = numbers()
    scaled, s, n = StandardScaler().fit_transform(X), y.std(), len(y)
    lam, r = 0.05, 0.4
    pairs = [
        ({"penalty": "l1"}, Lasso(lam * s, tol=1e-14, max_iter=10**6)),
        ({"penalty": "l2"}, Ridge(n * lam)),
        ({"penalty": "elastic-net", "l1_ratio": r},
         ElasticNet(lam * (r * s + 1 - r), l1_ratio=r * s / (r * s + 1 - r), tol=1e-14, max_iter=10**6)),
    ]  # fmt: skip
    for parameters, oracle in pairs:
        found = RegdeskRegressor(hidden=(), lam=lam, **parameters).fit(X, y)
        oracle.fit(scaled, y)
        np.testing.assert_allclose(found.coef_, oracle.coef_ / X.std(axis=0), rtol=1e-7, atol=1e-9)
        np.testing.assert_allclose(found.predict(X), oracle.predict(scaled), rtol=1e-7)
        np.testing.assert_allclose(X @ found.coef_ + found.intercept_, found.predict(X), rtol=1e-10)
    labels = np.digitize(y, np.quantile(y, [0.3, 0.6]))
    for classes in (labels, labels > 0):
        found = RegdeskClassifier(hidden=(), lam=lam).fit(X, classes)
        oracle = LogisticRegression(C=1 / (n * lam), tol=1e-12, max_iter=10**5).fit(scaled, classes)
        np.testing.assert_allclose(found.coef_, oracle.coef_ / X.std(axis=0), rtol=1e-5, atol=1e-9)
        np.testing.assert_allclose(found.predict_proba(X), oracle.predict_proba(scaled), atol=1e-7)
        np.testing.assert_allclose(found.decision_function(X), oracle.decision_function(scaled), atol=1e-6)
        np.testing.assert_array_equal(found.classes_, oracle.classes_)
        assert found.coef_.shape == oracle.coef_.shape
        assert found.intercept_.shape == oracle.intercept_.shape


def test_weights_are_as_good_as_rows():
    """A network in full batches to the last bit, whatever the order, whatever the cells."""
    X, y = mixed()
    weights = np.arange(len(y)) % 3
    orders = np.random.default_rng(0).permutation(weights.sum())
    repeated_X, repeated_y = np.repeat(X, weights, axis=0)[orders], np.repeat(y, weights)[orders]
    for parameters, digits in (({"hidden": (), "penalty": "l1"}, 1e-9), ({"hidden": (6,), "epochs": 100}, 0.0)):
        weighed = RegdeskRegressor(**parameters).fit(X, y, weights)
        repeated = RegdeskRegressor(**parameters).fit(repeated_X, repeated_y)
        plain = RegdeskRegressor(**parameters).fit(X, y)
        expected = repeated.predict(X)
        np.testing.assert_allclose(weighed.predict(X), expected, rtol=0, atol=digits * y.std())
        assert np.abs(plain.predict(X) - expected).max() > 1e-3 * y.std()


def test_few_distinct_rows_are_fitted_as_they_are():
    """Three kinds of rows, one of each class, are enough where each is there often."""
    X, y = np.repeat([[0.0], [1.0], [2.0]], 20, axis=0), np.repeat(["a", "b", "c"], 20)
    found = RegdeskClassifier(hidden=(4,), epochs=200, lam=1e-4, learning_rate=0.1).fit(X, y)
    assert found.predict([[0.0], [1.0], [2.0]]).tolist() == ["a", "b", "c"]


def test_missing_cells_are_the_median_and_the_most_frequent_label():
    X, y = mixed()
    found = RegdeskRegressor(hidden=(), penalty="l1", lam=0.01).fit(X, y)
    median = np.nanmedian(X[:, 0].astype(float))
    labels, counts = np.unique([one for one in X[:, 2] if one is not None], return_counts=True)
    filled = [[median, True, labels[np.argmax(counts)], 1]]
    assert found.predict(np.array([[None, True, None, 1]], object)) == found.predict(np.array(filled, object))
    unseen = found.predict(np.array([[np.nan, 1, "never seen", 1]], object))
    assert unseen == found.predict(np.array(filled, object))
    assert set(found.input_names_) >= {"x0", *(f"x2={label}" for label in LABELS)}
    assert found.coef_.shape == (len(found.input_names_),)


def test_pipelines_searches_and_copies():
    X, y = numbers()
    grid = {"lam": [1e-3, 1.0, 30.0], "penalty": ["l1", "l2"]}
    search = GridSearchCV(RegdeskRegressor(hidden=()), grid, cv=3).fit(X, y)
    assert search.best_params_["lam"] == 1e-3
    assert search.cv_results_["mean_test_score"].max() > 0.7
    ours = cross_val_score(RegdeskRegressor(hidden=(), penalty="l2", lam=0.1, standardize_target=False), X, y, cv=4)
    theirs = [
        make_pipeline(StandardScaler(), Ridge(0.1 * len(rows))).fit(X[rows], y[rows]).score(X[held], y[held])
        for held in np.array_split(np.arange(len(y)), 4)
        for rows in (np.setdiff1d(np.arange(len(y)), held),)
    ]
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)
    halves = ColumnTransformer([("log", FunctionTransformer(np.exp), [0])], remainder="passthrough")
    pipeline = make_pipeline(halves, RegdeskRegressor(hidden=(), lam=0.01)).fit(X, y)
    assert pipeline.score(X, y) > 0.5
    fitted = RegdeskRegressor(hidden=(3,), epochs=5, penalty_factor={"x1": 0.0}).fit(X, y)
    copy = clone(fitted)
    assert copy.get_params() == fitted.get_params()
    with pytest.raises(NotFittedError):
        copy.predict(X)
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(fitted)).predict(X), fitted.predict(X))


def test_a_fitted_model_is_saved_and_says_where_it_comes_from(tmp_path):
    X, y = mixed()
    found = RegdeskRegressor(hidden=(), penalty="l1", lam=0.03).fit(X, y)
    found.model_.save(tmp_path / "saved.regdesk")
    loaded = api.load(tmp_path / "saved.regdesk")
    columns = {f"x{place}": X[:, place].tolist() for place in range(X.shape[1])}
    np.testing.assert_array_equal(loaded.predict(columns), found.predict(X))
    assert loaded.provenance["command"].startswith("regdesk.sklearn.RegdeskRegressor(activation='tanh', ")
    assert (loaded.provenance["split"]["train"], loaded.provenance["split"]["validation"]) == (len(y), 0)
    again = RegdeskRegressor(hidden=(), lam=3.0).fit(X, y)
    other = RegdeskRegressor(hidden=(), lam=3.0).fit(X, -y)
    assert again.model_.provenance["digest"] == found.model_.provenance["digest"]
    assert other.model_.provenance["digest"] != found.model_.provenance["digest"]


def test_a_network_has_no_coefficients_and_ends_with_a_word():
    X, y = numbers()
    found = RegdeskRegressor(hidden=(), lam=0.1).fit(X, y)
    assert hasattr(found, "coef_")
    with pytest.warns(ConvergenceWarning, match="RegdeskRegressor has not converged: .*20"):
        found.set_params(hidden=(4,), max_epochs=20).fit(X, y)
    assert not hasattr(found, "coef_")
    assert not hasattr(found, "intercept_")
    assert found.n_iter_ == 20


def test_every_seed_is_taken():
    X, y = numbers(30)

    def weights(seed):
        return RegdeskRegressor(hidden=(3,), epochs=2, random_state=seed).fit(X, y).model_.model.parameters

    assert np.array_equal(weights(4), weights(np.int64(4)))
    assert not np.array_equal(weights(4), weights(5))
    assert np.array_equal(weights(np.random.RandomState(1)), weights(np.random.RandomState(1)))
    assert not np.array_equal(weights(None), weights(None))


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"lam": -1}, "lam: .*0 to 1e.?12"),
        ({"penalty": "ridge"}, "penalty: .*ridge"),
        ({"hidden": (0,)}, "hidden"),
        ({"missing": "drop"}, "missing: 'drop' leaves rows without a prediction"),
        ({"standardize": "yes"}, "standardize"),
        ({"penalty_factor": {"age": 2.0}}, "age"),
    ],
)
def test_parameters_that_cannot_be_are_named(parameters, said):
    X, y = numbers(20)
    with pytest.raises(ValueError, match=said):
        RegdeskRegressor(**{"hidden": (), **parameters}).fit(X, y)


def test_data_that_cannot_be_are_named():
    X, y = mixed()
    found = RegdeskRegressor(hidden=(), lam=0.1)
    wide = X.copy()
    wide[6, 0] = np.inf
    with pytest.raises(GivenDataError, match="X, column 'x0': row 7 is infinity"):
        found.fit(wide, y)
    wide[:, 0] = None
    with pytest.raises(GivenDataError, match="column 'x0': every cell is missing"):
        found.fit(wide, y)
    found.fit(X, y)
    far = X[:3].copy()
    far[1, 0] = 1e300
    with pytest.raises(GivenDataError, match=r"X, column 'x0': row 2: 1e.300 is too far"):
        found.predict(far)
    far[:, 0] = "text"
    with pytest.raises(GivenDataError, match="x0"):
        found.predict(far)
    with pytest.raises(ValueError, match="least one non-zero"):
        found.fit(X, y, np.zeros(len(y)))
    with pytest.raises(GivenDataError, match="below 0"):
        found.fit(X, y, np.full(len(y), -1.0))
    with pytest.raises(GivenDataError, match="only one class is present, 'a'"):
        RegdeskClassifier(hidden=()).fit(X, ["a"] * len(y))


def test_data_frames_keep_names_kinds_and_days():
    pandas = pytest.importorskip("pandas")
    X, y = mixed()
    days = pandas.date_range("2024-01-30", periods=len(y))
    frame = pandas.DataFrame(
        {"size": X[:, 0].astype(float), "sold": days, "zone": pandas.Categorical(np.arange(len(y)) % 3),
         "side": pandas.array(["left", pandas.NA, "right", "left"] * 20, "string")}
    )  # fmt: skip
    found = RegdeskRegressor(hidden=(), lam=0.01).fit(frame, pandas.Series(y, name="price"))
    assert found.feature_names_in_.tolist() == list(frame.columns)
    assert found.input_names_ == ("size", "sold", "zone=0", "zone=1", "zone=2", "side=right")
    encoding = found.model_.model.encoding
    assert encoding.target.name == "price"
    assert encoding.columns[1].means[0] == pytest.approx(np.mean((days - pandas.Timestamp(0)) / pandas.Timedelta("1D")))
    np.testing.assert_array_equal(found.model_.predict(frame), found.predict(frame))
    assert found.score(frame, y) > 0.3
    with pytest.raises(ValueError, match="size"):
        found.fit(frame.set_axis(["size", "sold", "zone", "size"], axis=1), y)


HOSTILE = (
    "a,b",
    "=cmd|' /C calc'!A0",
    '"',
    "<b>'x'</b>",
    "]]>",
    "*/",
    '"""',
    "${x}",
    "back\\slash",
    "two\nlines",
    "nul\0",
)


def test_names_of_columns_and_classes_are_text(tmp_path):
    pandas = pytest.importorskip("pandas")
    generator = np.random.default_rng(0)
    X = generator.normal(size=(120, len(HOSTILE)))
    classes = np.array(HOSTILE[:3])[np.digitize(X[:, 1] + X[:, 4], [-0.7, 0.7])]
    frame = pandas.DataFrame(X, columns=list(HOSTILE))
    found = RegdeskClassifier(hidden=(), penalty="l1", lam=0.01, penalty_factor={"nul\0": 2.0}).fit(frame, classes)
    assert found.input_names_ == HOSTILE
    assert sorted(found.classes_) == sorted(HOSTILE[:3])
    plain = RegdeskClassifier(hidden=(), penalty="l1", lam=0.01, penalty_factor={"x10": 2.0}).fit(X, classes)
    np.testing.assert_array_equal(found.predict_proba(frame), plain.predict_proba(X))
    found.model_.save(tmp_path / "hostile.regdesk")
    again = api.load(tmp_path / "hostile.regdesk")
    np.testing.assert_array_equal(again.predict_proba(frame), plain.predict_proba(X))
    assert again.predict(frame).tolist() == plain.predict(X).tolist()


def test_both_have_the_same_parameters_but_for_the_unit_of_the_target():
    regressor, classifier = inspect.signature(RegdeskRegressor), inspect.signature(RegdeskClassifier)
    assert [*regressor.parameters] == [*classifier.parameters, "standardize_target"]
    model = RegdeskRegressor(lam=0.3, hidden=(), standardize_target=False)
    assert set(model.get_params()) == set(regressor.parameters)
    assert clone(model).get_params() == model.get_params()
    assert (model.get_params()["lam"], clone(model).standardize_target) == (0.3, False)
    for wrong in (
        lambda: RegdeskRegressor(lamb=1.0),
        lambda: RegdeskRegressor(0.1),
        lambda: model.set_params(lamb=1.0),
    ):
        with pytest.raises((TypeError, ValueError)):
            wrong()


def test_defaults_are_those_of_the_command():
    X, y = numbers(20)
    usual = Configuration()
    for found in (RegdeskRegressor(epochs=1).fit(X, y), RegdeskClassifier(epochs=1).fit(X, y > y.mean())):
        configuration = found.model_.model.configuration
        assert configuration.architecture == usual.architecture
        assert configuration.training == usual.training
        assert configuration.seed == usual.seed
        assert (configuration.data.missing, configuration.data.standardize) == ("impute", True)
        assert configuration.data.standardize_target == usual.data.standardize_target
