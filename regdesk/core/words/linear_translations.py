"""λ of a linear model as glmnet and scikit-learn have it; ``lambda_translations`` has the formulas."""

from __future__ import annotations

import math

from regdesk.core.words.lambda_facts import LambdaFacts, LambdaTranslation, nothing, said

_GLMNET, _SCIKIT_LEARN = "glmnet", "scikit-learn"
_NO_GROUPS = "it has no group lasso over the columns of the inputs."


def glmnet(facts: LambdaFacts) -> list[LambdaTranslation]:
    """For R. It standardises inputs by itself, and gives coefficients in original units."""
    if facts.penalty == "group-lasso":
        return nothing(_GLMNET, _NO_GROUPS)
    share = facts.l1_share
    lam, mixing = facts.lam * facts.mean_factor, share
    if facts.is_regression:
        s = facts.target_scale
        if facts.is_target_scaled:
            lam *= s
        else:
            # glmnet divides the target by s, after which the L1 part weighs 1/s and the L2 part what it weighed.
            whole = share + (1.0 - share) * s
            lam, mixing = lam * whole, share / whole
    options = [f"alpha = {mixing!r}", f"lambda = {lam!r}"]
    if not facts.is_regression:
        options.append(f'family = "{"binomial" if facts.n_classes == 2 else "multinomial"}"')
    if not facts.are_inputs_scaled:
        options.append("standardize = FALSE")
    if facts.is_weighted:
        options.append("weights = w")
    notes = ["X and y as they are; coef(fit) is in original units"]
    if facts.has_factors:
        if facts.mean_factor == 0.0:
            return nothing(_GLMNET, "every penalty factor is 0, so nothing is penalised.")
        options.append("penalty.factor = f")
        notes.append("f has the factor of each input, and glmnet divides by their mean, which this lambda makes up for")
    snippet = f"library(glmnet)\nfit <- glmnet(X, y, {', '.join(options)})"
    numbers = {"lambda": lam} | ({"alpha": mixing} if facts.penalty == "elastic-net" else {})
    return said(_GLMNET, numbers, snippet, "; ".join(notes) + ".")


def scikit_learn_linear(facts: LambdaFacts) -> list[LambdaTranslation]:
    """Lasso, Ridge, ElasticNet and LogisticRegression, on standardised inputs and the target as it is."""
    if facts.penalty == "group-lasso":
        return nothing(_SCIKIT_LEARN, _NO_GROUPS)
    if facts.has_factors:
        return nothing(_SCIKIT_LEARN, "its linear models have no penalty factors.")
    return _regression(facts) if facts.is_regression else _classification(facts)


def _regression(facts: LambdaFacts) -> list[LambdaTranslation]:
    share, s = facts.l1_share, facts.target_scale if facts.is_target_scaled else 1.0
    note = "the target as it is"
    if facts.penalty == "none":
        return said(_SCIKIT_LEARN, {"alpha": 0.0}, _snippet("LinearRegression", "", facts), f"{note}, no penalty.")
    if facts.penalty == "l2":
        # The mean of squares becomes a sum; s divides squares and weights alike.
        strength = facts.lam * facts.n_counted
        count = "the sum of the row weights" if facts.is_weighted else "rows"
        note += f"; Ridge sums over rows: λ × {facts.n_counted:.10g} {count}"
        return said(_SCIKIT_LEARN, {"alpha": strength}, _snippet("Ridge", f"alpha={strength!r}", facts), f"{note}.")
    if facts.is_target_scaled:
        note += f", whose standard deviation is {s:.6g}"
    if facts.penalty == "l1":
        strength = facts.lam * s
        return said(_SCIKIT_LEARN, {"alpha": strength}, _snippet("Lasso", f"alpha={strength!r}", facts), f"{note}.")
    whole = share * s + 1.0 - share
    strength, mixing = facts.lam * whole, share * s / whole
    snippet = _snippet("ElasticNet", f"alpha={strength!r}, l1_ratio={mixing!r}", facts)
    return said(_SCIKIT_LEARN, {"alpha": strength, "l1_ratio": mixing}, snippet, f"{note}.")


def _classification(facts: LambdaFacts) -> list[LambdaTranslation]:
    pressure = facts.lam * facts.n_counted
    inverse = 1.0 / pressure if pressure > 0.0 else math.inf
    if facts.penalty == "none":
        snippet = _snippet("LogisticRegression", 'C=float("inf"), max_iter=10000', facts)
        return [LambdaTranslation(_SCIKIT_LEARN, "C", None, snippet, "C is infinite: no penalty.")]
    note = "C multiplies the sum of losses: 1 / (λ × the sum of the row weights)"
    if not facts.is_weighted:
        note = f"C multiplies the sum of losses: 1 / (λ × {facts.n_rows} rows)"
    note += "; not with the solver liblinear, which penalises the intercept"
    options = f"C={inverse!r}, max_iter=10000"
    if facts.penalty != "l2":
        options += f', l1_ratio={facts.l1_share!r}, solver="saga"'
        note += "; before scikit-learn 1.8 it needs penalty='elasticnet' as well"
    return said(_SCIKIT_LEARN, {"C": inverse}, _snippet("LogisticRegression", options, facts), f"{note}.")


def _snippet(estimator: str, options: str, facts: LambdaFacts) -> str:
    """Two lines of Python that fit ``estimator`` on X, scaled where the inputs are."""
    weights = ", sample_weight=w" if facts.is_weighted else ""
    head, rows = f"from sklearn.linear_model import {estimator}", "X"
    if facts.are_inputs_scaled:
        head += "; from sklearn.preprocessing import StandardScaler"
        rows = f"StandardScaler().fit_transform(X{weights})"
    return f"{head}\nmodel = {estimator}({options}).fit({rows}, y{weights})"
