"""λ for other programs, proved at the minimum that ``regdesk fit`` finds with it.

scikit-learn fits by the snippets themselves. Of glmnet, Keras and PyTorch the objective is written out from their
documentation, and its gradient, by central differences, has to be 0 at our minimum.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field

import numpy as np
import pytest
from fit_command import dataset_of, fit, write_csv
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor

from regdesk.cli import headless
from regdesk.core.settings.configuration import Configuration, with_values
from regdesk.core.words.lambda_translations import lambda_translations

LAM, SHARE = 0.07, 0.4
PENALTIES = ("l1", "l2", "elastic-net")


@dataclass
class Fitted:
    """A fit with the numbers that it had: ``X`` and ``y`` standardised as the options say, ``raw`` as they are."""

    record: dict
    raw_X: np.ndarray
    raw_y: np.ndarray
    X: np.ndarray
    y: np.ndarray
    s: float
    w: np.ndarray
    is_weighted: bool = False
    numbers: dict = field(default_factory=dict)

    @property
    def layers(self):
        return [(np.array(one["weights"]), np.array(one["biases"])) for one in self.record["layers"]]

    @property
    def n_classes(self):
        return len(self.record["classes"] or ())

    def value(self, program, name):
        found = [one for one in self.record["translations"] if (one["program"], one["name"]) == (program, name)]
        return found[0]["value"] if found else 0.0

    def snippet(self, program):
        return next(one["snippet"] for one in self.record["translations"] if one["program"] == program)


def fitted(tmp_path, capsys, *options, n_classes=0, is_weighted=False, seed=2):
    generator = np.random.default_rng(seed)
    X = generator.normal(size=(70, 4)) * [1.0, 7.0, 0.2, 3.0] + [0.0, 30.0, 1.0, -4.0]
    signal = X @ [1.0, 0.0, -9.0, 0.2] + generator.normal(size=70)
    y = 5.0 * signal + 11.0
    if n_classes:
        y = np.digitize(signal, np.quantile(signal, np.arange(1, n_classes) / n_classes))
    w = generator.integers(1, 4, 70) * 0.7 if is_weighted else np.ones(70)
    path = write_csv(tmp_path / "table.csv", [*"abcd", "y", "w"], [*X.T.tolist(), y.tolist(), w.tolist()])
    words = ["--features", "a,b,c,d", "--validation-fraction", "0", *options]
    words += ["--task", "classification" if n_classes else "regression"]
    record = fit(capsys, str(path), "y", *words, *(["--weight-column", "w"] if is_weighted else []))
    encoding, target = record["provenance"]["encoding"], record["provenance"]["target"]
    # Weighted figures where rows have weights, which the standard errors of other tests prove.
    scaled = (X - [one["mean"] for one in encoding]) / [one["scale"] for one in encoding]
    scaled_y = y if n_classes else (y - target["mean"]) / target["scale"]
    # glmnet divides by the deviation in any case.
    s = 1.0 if n_classes else float(np.sqrt(np.average((y - np.average(y, weights=w)) ** 2, weights=w)))
    return Fitted(record, X, y, scaled, scaled_y, s, w, is_weighted)


def mean_loss(fitted, layers, squares):
    """Of outputs of a tanh network; ``squares`` is what a squared error is multiplied with, 1 or ½."""
    values = fitted.X
    for number, (weights, biases) in enumerate(layers):
        values = (np.tanh(values) if number else values) @ weights + biases
    if fitted.n_classes == 0:
        losses = squares * (values[:, 0] - fitted.y) ** 2
    elif fitted.n_classes == 2:
        losses = np.logaddexp(0.0, values[:, 0]) - fitted.y * values[:, 0]
    else:
        losses = np.logaddexp.reduce(values, axis=1) - values[np.arange(len(values)), fitted.y]
    return np.average(losses, weights=fitted.w)


def residual(fitted, layers, smooth, l1):
    """∞-norm of the smallest subgradient of ``smooth(layers)`` + ``l1`` Σ|W|, by central differences."""
    worst = 0.0
    for number, pair in enumerate(layers):
        for part, is_weight in zip(pair, (True, False), strict=True):
            for place in np.ndindex(part.shape):
                before = part[place]
                step = 1e-5
                part[place] = before + step
                above = smooth(layers)
                part[place] = before - step
                below = smooth(layers)
                part[place] = before
                slope = (above - below) / (2 * step)
                pressed = l1 if is_weight else 0.0
                left = abs(slope + pressed * np.sign(before)) if before else max(abs(slope) - pressed, 0.0)
                worst = max(worst, left)
        assert number < len(layers)
    return worst


def sum_of(layers, power):
    return sum((np.abs(weights) ** power).sum() for weights, _ in layers)


def keras_residual(fitted, times=1.0):
    """mse, or cross-entropy, + l1 Σ|W| + l2 Σ W² (keras.io/api/layers/regularizers)."""
    l1, l2 = times * fitted.value("Keras", "l1"), times * fitted.value("Keras", "l2")
    return residual(fitted, fitted.layers, lambda one: mean_loss(fitted, one, 1.0) + l2 * sum_of(one, 2), l1)


def torch_residual(fitted, times=1.0):
    """MSELoss, or cross-entropy, + Σ|W| in the loss; weight_decay adds itself × W to the gradient (torch.optim)."""
    l1, decay = times * fitted.value("PyTorch", "factor of Σ|W|"), times * fitted.value("PyTorch", "weight_decay")
    return residual(fitted, fitted.layers, lambda one: mean_loss(fitted, one, 1.0) + decay / 2 * sum_of(one, 2), l1)


def glmnet_residual(fitted, times=1.0):
    """½ mean square of the target divided by s + λ/s (share Σ|v| + (1 − share)/2 Σv²); log-likelihoods as they are.

    glmnet's vignette: it "standardizes y to have unit variance before computing its lambda sequence (and then
    unstandardizes the resulting coefficients)"; ``X`` is standardised by itself.
    """
    lam = times * fitted.value("glmnet", "lambda") / fitted.s
    share = {"l1": 1.0, "l2": 0.0}.get(fitted.record["penalty"]["kind"], fitted.value("glmnet", "alpha"))
    assert f"alpha = {share!r}" in fitted.snippet("glmnet")
    scale = 1.0
    if not fitted.n_classes:
        # What our outputs were scaled by, to what glmnet scales by.
        scale = fitted.record["provenance"]["target"]["scale"] / fitted.s
    layers = [(weights * scale, biases * scale) for weights, biases in fitted.layers]
    own = Fitted(**{**vars(fitted), "y": fitted.y * scale}) if not fitted.n_classes else fitted
    return residual(
        own, layers, lambda one: mean_loss(own, one, 0.5) + lam * (1 - share) / 2 * sum_of(one, 2), lam * share
    )


CASES = [
    ((), 0, False),
    (("--no-standardize-target",), 0, False),
    ((), 0, True),
    (("--no-standardize-target",), 0, True),
    ((), 2, False),
    ((), 2, True),
    ((), 3, False),
]


@pytest.mark.parametrize("penalty", PENALTIES)
@pytest.mark.parametrize(("options", "n_classes", "is_weighted"), CASES)
def test_gradients_of_the_documented_objectives_are_zero(tmp_path, capsys, penalty, options, n_classes, is_weighted):
    words = ["--hidden=", "--penalty", penalty, "--lam", str(LAM), "--l1-ratio", str(SHARE), *options]
    found = fitted(tmp_path, capsys, *words, n_classes=n_classes, is_weighted=is_weighted)
    size = 1.0 if n_classes or not options else found.s
    for of_program in (keras_residual, torch_residual, glmnet_residual):
        assert of_program(found) < 1e-6 * size, of_program.__name__
        # Another number has its minimum elsewhere.
        assert of_program(found, 1.05) > 1e-4, of_program.__name__


@pytest.mark.parametrize("penalty", PENALTIES)
@pytest.mark.parametrize(("options", "n_classes", "is_weighted"), [*CASES, (("--no-standardize",), 0, False)])
def test_scikit_learn_finds_the_same_coefficients(tmp_path, capsys, penalty, options, n_classes, is_weighted):
    words = ["--hidden=", "--penalty", penalty, "--lam", str(LAM), "--l1-ratio", str(SHARE), *options]
    found = fitted(tmp_path, capsys, *words, n_classes=n_classes, is_weighted=is_weighted)
    names = {"X": found.raw_X, "y": found.raw_y} | ({"w": found.w} if is_weighted else {})
    code = found.snippet("scikit-learn")
    assert len(code.split("\n")) == 2
    # Its own tolerance is for plots: the snippet's estimator again, to the end.
    code = code.replace("model = ", "model = tight(").replace(".fit(", ").fit(", 1)

    def tight(model):
        has_iterations = {"max_iter": 10**5} if "max_iter" in model.get_params() else {}
        return clone(model).set_params(tol=1e-11, **has_iterations)

    exec(code, names | {"tight": tight}, names)
    model, scale = names["model"], 1.0 if n_classes else found.record["provenance"]["target"]["scale"]
    [(weights, biases)] = found.layers
    ours = weights.T * scale if n_classes else weights[:, 0] * scale
    np.testing.assert_allclose(model.coef_, ours, rtol=1e-5, atol=1e-6 * np.abs(ours).max())
    np.testing.assert_array_equal(model.coef_ == 0.0, ours == 0.0)
    mean = 0.0 if n_classes else found.record["provenance"]["target"]["mean"]
    expected = biases * scale + mean
    if n_classes == 3:
        # All three may move together.
        expected, model.intercept_ = expected - expected.mean(), model.intercept_ - np.mean(model.intercept_)
    np.testing.assert_allclose(model.intercept_, expected if n_classes else expected[0], rtol=1e-5, atol=1e-5)


def mlp_residual(fitted, times=1.0):
    """½ mse, or log-loss, + alpha / (2 n) Σ W², n the sum of row weights (scikit-learn's user guide, 1.17.6)."""
    decay = times * fitted.value("scikit-learn", "alpha") / fitted.w.sum()
    return residual(fitted, fitted.layers, lambda one: mean_loss(fitted, one, 0.5) + decay / 2 * sum_of(one, 2), 0.0)


@pytest.mark.parametrize(("n_classes", "is_weighted"), [(0, False), (0, True), (2, False), (3, True)])
def test_a_network_is_at_a_minimum_of_the_documented_objectives(tmp_path, capsys, n_classes, is_weighted):
    words = ["--hidden", "3", "--penalty", "l2", "--lam", "0.02", "--tol", "2e-6"]
    found = fitted(tmp_path, capsys, *words, n_classes=n_classes, is_weighted=is_weighted)
    assert found.record["converged"]
    for of_program in (keras_residual, torch_residual, mlp_residual):
        assert of_program(found) < 2e-5, of_program.__name__
        assert of_program(found, 1.05) > 2e-4, of_program.__name__


@pytest.mark.parametrize("penalty", ["l1", "elastic-net", "group-lasso"])
def test_a_network_with_zeros(tmp_path, capsys, penalty):
    words = ["--hidden", "3", "--penalty", penalty, "--lam", "0.02", "--tol", "5e-6"]
    found = fitted(tmp_path, capsys, *words)
    assert 0 < found.record["n_nonzero"] < found.record["n_weights"]
    if penalty == "group-lasso":
        factor = found.value("PyTorch", "factor of Σ√|g| ‖W_g‖₂")

        def groups(layers):
            return sum(np.sqrt(weights.shape[1]) * np.linalg.norm(weights, axis=1).sum() for weights, _ in layers)

        # Groups of zeros are left out: there the norm has no gradient.
        alive = [np.abs(weights).sum(axis=1) > 0 for weights, _ in found.layers]
        layers = [(weights, biases) for weights, biases in found.layers]
        assert not all(one.all() for one in alive)
        smooth = [
            lambda one, times=times: mean_loss(found, one, 1.0) + times * factor * groups(one) for times in (1, 2)
        ]
        assert directional_residual(layers, alive, smooth[0]) < 5e-5
        assert directional_residual(layers, alive, smooth[1]) > 5e-3
        assert [one["note"] for one in found.record["translations"] if one["value"] is None] == [
            "its networks have L2 alone.",
            "it has no group lasso among its regularizers.",
        ]
    else:
        for of_program in (keras_residual, torch_residual):
            assert of_program(found) < 5e-5
            assert of_program(found, 1.1) > 5e-4


def directional_residual(layers, alive, smooth):
    """As ``residual``, over the rows of matrices that are ``alive`` and all biases."""
    worst = 0.0
    for (weights, biases), rows in zip(layers, alive, strict=True):
        places = [(weights, place) for place in np.ndindex(weights.shape) if rows[place[0]]]
        for part, place in places + [(biases, place) for place in np.ndindex(biases.shape)]:
            before, values = part[place], []
            for step in (1e-5, -1e-5):
                part[place] = before + step
                values.append(smooth(layers))
            part[place] = before
            worst = max(worst, abs(values[0] - values[1]) / 2e-5)
    return worst


def test_scikit_learn_s_network_stays_where_ours_has_ended(tmp_path, capsys):
    """Begun at our minimum its L-BFGS goes nowhere; with another number it does."""
    words = ["--hidden", "3", "--penalty", "l2", "--lam", "0.02", "--tol", "2e-6"]
    found = fitted(tmp_path, capsys, *words)
    strength = found.value("scikit-learn", "alpha")
    assert strength == 0.02 * 70
    assert (
        f"MLPRegressor(hidden_layer_sizes=(3,), activation='tanh', alpha={strength!r}, batch_size=70)"
        in found.snippet("scikit-learn")
    )
    moved = []
    for times in (1.0, 1.05):
        options = {"alpha": strength * times, "solver": "lbfgs", "warm_start": True, "tol": 1e-9}
        model = MLPRegressor(hidden_layer_sizes=(3,), activation="tanh", **options)
        with pytest.warns(ConvergenceWarning):
            model.set_params(max_iter=1).fit(found.X, found.y)
        model.coefs_ = [weights.copy() for weights, _ in found.layers]
        model.intercepts_ = [biases.copy() for _, biases in found.layers]
        model.set_params(max_iter=5000).fit(found.X, found.y)
        moved.append(max(np.abs(one - ours).max() for one, (ours, _) in zip(model.coefs_, found.layers, strict=True)))
    assert moved[0] < 1e-3
    assert moved[1] > 5 * moved[0]


def test_mini_batches_change_the_number_of_scikit_learn_alone(tmp_path, capsys):
    words = ["--hidden", "3,2", "--activation", "relu", "--lam", "0.02", "--epochs", "1", "--batch-size", "10"]
    found = fitted(tmp_path, capsys, *words)
    assert found.value("scikit-learn", "alpha") == 0.2
    assert "MLPRegressor(hidden_layer_sizes=(3, 2), activation='relu', alpha=0.2, batch_size=10)" in found.snippet(
        "scikit-learn"
    )
    assert found.value("Keras", "l2") == 0.02
    assert 'dense(3, "relu"), dense(2, "relu"), dense(1)' in found.snippet("Keras")
    assert found.value("PyTorch", "weight_decay") == 0.04
    too_many = fitted(tmp_path, capsys, *words[:-1], "1000")
    assert too_many.value("scikit-learn", "alpha") == 0.02 * 70


def test_penalty_factors_and_groups_have_what_they_have(tmp_path, capsys):
    words = ["--hidden=", "--penalty", "l1", "--lam", "0.05", "--penalty-factor", "a=3", "--penalty-factor", "b=0"]
    found = fitted(tmp_path, capsys, *words)
    # glmnet divides the factors by their mean, (3 + 0 + 1 + 1) / 4.
    assert found.value("glmnet", "lambda") == pytest.approx(0.05 * found.s * 1.25, rel=1e-12)
    assert "penalty.factor = f" in found.snippet("glmnet")
    others = {one["program"]: one for one in found.record["translations"] if one["program"] != "glmnet"}
    assert {one["value"] for one in others.values()} == {None}
    assert all("no penalty factors" in one["note"] and not one["snippet"] for one in others.values())
    # Groups of single weights are L1.
    groups = fitted(tmp_path, capsys, "--hidden=", "--penalty", "group-lasso", "--lam", "0.05")
    assert groups.value("scikit-learn", "alpha") == pytest.approx(0.05 * groups.s, rel=1e-12)
    assert glmnet_residual_of_groups(groups) < 1e-6
    classes = fitted(tmp_path, capsys, "--hidden=", "--penalty", "group-lasso", "--lam", "0.05", n_classes=3)
    assert [one["value"] for one in classes.record["translations"]] == [None, None, None, 0.05]


def glmnet_residual_of_groups(found):
    found.record["penalty"]["kind"] = "l1"
    return glmnet_residual(found)


def test_no_pressure_is_said_as_such(tmp_path, capsys):
    for words in (["--penalty", "none"], ["--penalty", "l1", "--lam", "0"]):
        found = fitted(tmp_path, capsys, "--hidden=", *words)
        assert [one["value"] for one in found.record["translations"]] == [0.0] * 4
        assert "LinearRegression().fit" in found.snippet("scikit-learn")
    classes = fitted(tmp_path, capsys, "--hidden=", "--penalty", "none", n_classes=2)
    assert [one["value"] for one in classes.record["translations"]] == [0.0, None, 0.0, 0.0]
    names = {"X": classes.raw_X, "y": classes.raw_y}
    exec(classes.snippet("scikit-learn"), names)
    np.testing.assert_allclose(names["model"].coef_[0], classes.layers[0][0][:, 0], rtol=1e-3)


def test_numbers_beyond_double_precision_are_none(tmp_path):
    path = write_csv(tmp_path / "table.csv", ["a", "y"], [range(20), [0, 1] * 10])
    dataset = dataset_of(path, target="y", features=("a",), task="classification")
    configuration = with_values(Configuration(), {"training.lam": 1e-320, "architecture.hidden": ()})
    found = {one.program: one for one in lambda_translations(dataset, configuration)}
    assert (found["scikit-learn"].name, found["scikit-learn"].value) == ("C", None)
    assert found["scikit-learn"].snippet == ""
    assert found["glmnet"].value == 1e-320


def test_the_report_has_a_line_for_each_program(tmp_path, capsys):
    fitted(tmp_path, capsys, "--hidden=", "--penalty", "l2", "--lam", "0.5")
    path = tmp_path / "table.csv"
    assert headless.run(["fit", str(path), "--target", "y", "--hidden=", "--lam", "0.5", "--features", "a,b"]) == 0
    lines = capsys.readouterr().out.split("\n")
    start = next(number for number, line in enumerate(lines) if "This λ for other programs" in line)
    # 52 of 70 rows train.
    assert lines[start + 2 : start + 5] == [
        "    scikit-learn  alpha = 26", "    Keras         l2 = 0.5", "    PyTorch       weight_decay = 1",
    ]  # fmt: skip
    headless.run(["fit", str(path), "--target", "y", "--hidden=", "--penalty", "none", "--features", "a,b"])
    assert "other programs" not in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R (Rscript) is not installed")
def test_glmnet_finds_the_same_coefficients(tmp_path, capsys):
    """All in one start of R, which takes a second."""
    there = subprocess.run(["Rscript", "-e", "library(glmnet)"], capture_output=True, text=True, check=False)
    if there.returncode:
        pytest.skip("R's package glmnet is not installed")
    factors = ["--penalty-factor", "a=3", "--penalty-factor", "c=0"]
    cases = [(penalty, *case, []) for case in CASES for penalty in PENALTIES]
    cases += [("elastic-net", ("--no-standardize",), 0, False, []), ("elastic-net", (), 0, True, factors)]
    cases += [("l2", (), 3, False, factors)]
    fits, code = [], []
    for number, (penalty, options, n_classes, is_weighted, factored) in enumerate(cases):
        folder = tmp_path / str(number)
        folder.mkdir()
        words = ["--hidden=", "--penalty", penalty, "--lam", str(LAM), "--l1-ratio", str(SHARE), *options, *factored]
        fits.append(fitted(folder, capsys, *words, n_classes=n_classes, is_weighted=is_weighted))
        table = (folder / "table.csv").as_posix()
        code.append(f'f <- c(3, 1, 0, 1); t <- read.csv("{table}"); X <- as.matrix(t[, 1:4]); y <- t$y; w <- t$w')
        code.append(fits[-1].snippet("glmnet").replace("glmnet(X", "glmnet(thresh = 1e-20, maxit = 1e7, X"))
        code.append("found <- coef(fit); if (!is.list(found)) found <- list(found)")
        show = 'formatC(as.numeric(one), digits = 17, format = "e")'
        code.append(f'for (one in found) cat("case", {number}, {show}, "\\n")')
    script = tmp_path / "all.R"
    script.write_text("\n".join(code), encoding="utf-8")
    done = subprocess.run(["Rscript", str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("case ")]
    for number, found in enumerate(fits):
        theirs = np.array([[float(one) for one in line[2:]] for line in lines if line[0] == str(number)])
        ours = np.array([np.ravel(one["original"]) for one in found.record["coefficients"].values()]).T
        if len(theirs) == 3 and cases[number][4]:
            # What is not penalised may move by the same in all classes.
            theirs, ours = (one - one.mean(axis=0) for one in (theirs, ours))
        np.testing.assert_allclose(
            theirs, ours, rtol=1e-4, atol=1e-5 * np.abs(ours).max(), err_msg=str(cases[number])
        )  # fmt: skip
