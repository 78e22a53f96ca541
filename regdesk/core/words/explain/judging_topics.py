"""Topics on judging a model: overfitting, choosing λ, and what a penalty means in statistics."""

from __future__ import annotations

from regdesk.core.words.explain.topic import Topic

JUDGING_TOPICS = (
    Topic(
        "overfitting",
        "Overfitting",
        "An overfitted model fits its training rows better than anything it has not seen: it has learnt their "
        "noise. One sees it where the training loss goes on falling while the validation loss turns up, and where "
        "a curve runs through single points. The **gap** is validation loss minus training loss. What helps: more "
        "λ, fewer weights, more rows, or [stopping earlier](topic:early-stopping). A small gap is no aim in "
        "itself: at a huge λ it is small and both losses are bad. What counts is the validation loss.",
        ("underfitting", "choosing", "lambda"),
        "turning",
    ),
    Topic(
        "underfitting",
        "Underfitting",
        "An underfitted model misses what is there to be learnt. Both losses are high and near each other, not much "
        "better than the same answer for every row. Either λ holds the weights too small, or the model is too simple "
        "(no hidden layer for a bent curve), or training has only begun. Lower λ, add units, or let it run.",
        ("overfitting", "lambda", "choosing"),
    ),
    Topic(
        "choosing",
        "Choosing λ",
        "The training loss cannot choose λ: it is least at λ = 0. So a sweep cuts the rows into five folds, and at "
        "each λ a fold is judged by a model of the others. **λ_best** has the lowest mean of these losses. "
        "**λ_1se** is the largest λ within [one standard error](topic:one-standard-error) of it: hardly worse, as "
        "far as the data can tell, and simpler. AIC and BIC (linear models) charge for [degrees of "
        "freedom](topic:freedom) instead. Your own model may do worse at λ_best: it is judged on the validation "
        "rows alone, and at its own epoch; models of a sweep train until they rest.",
        ("overfitting", "path", "luck"),
        "choice",
    ),
    Topic(
        "one-standard-error",
        "λ_1se: the one-standard-error rule",
        "The validation loss at a λ is a mean over folds, and other folds would give another mean. Its **standard "
        "error** says how far it moves by such chance: the spread of the folds' losses divided by the root of "
        "their number less one. The rule (Breiman and others 1984) adds one standard error to the loss at λ_best "
        "and takes the largest λ that is still below: **λ_1se**. Of models that the data can hardly tell apart "
        "that is the simplest. The rule is a habit, no proof: it errs towards too much λ. Take λ_best to predict "
        "well, λ_1se for few inputs.",
        ("choosing", "luck", "l1"),
        "choice",
    ),
    Topic(
        "luck",
        "Is it luck?",
        "Another split into training and validation rows gives other losses, another λ_best, and under L1 often "
        "other weights at zero. The band of a sweep is one standard error over its folds: where the curve moves by "
        "less than that, the data can hardly tell one λ from another. New seed (Ctrl+N) draws another split and "
        "other initial weights. What stays from seed to seed is worth believing.",
        ("choosing", "twins"),
    ),
    Topic(
        "path",
        "The path of the weights",
        "Each curve is one weight of the model as λ changes. Under L1 every weight of a linear model is zero from "
        "λ_max on, the largest slope of the data loss at W = 0. As λ falls they enter one after another, the one "
        "that the data pull hardest on first; with squared error the lasso's curves are straight pieces over λ (bent "
        "on a logarithmic axis). A weight may also leave again. Under L2 the curves come down together, and none "
        "stays at zero.",
        ("l1", "choosing", "freedom"),
        "lambda-max",
        called="The path",
    ),
    Topic(
        "early-stopping",
        "Stopping early looks like L2",
        "Training that begins with small weights and ends early has not had the time to make them large. In linear "
        "regression with plain gradient descent from zero, k steps of learning rate η hold weights back much as "
        "ridge with λ near 1/(ηk) does: both let the strong directions of the data come first. But when you stop "
        "depends on where you began and how fast you went; λ is a number that another program can repeat.",
        ("l2", "overfitting"),
        called="Stopping early",
    ),
    Topic(
        "bayes",
        "The penalty as a prior",
        "Read e^(−nJ) as a probability of weights, given the data. The data loss then gives the likelihood (for "
        "regression in units of the noise variance), the penalty the **prior**: what is believed of weights before "
        "any row is seen. L2 is a Gauss curve around zero, L1 a Laplace curve, with a peak at zero and heavier "
        "tails. More λ is a narrower prior. The weights of least J are the most probable. The lasso's zeros belong "
        "to that one point: the Laplace prior gives exactly zero no chance.",
        ("l1", "l2"),
        "priors",
        called="The prior",
    ),
    Topic(
        "freedom",
        "Degrees of freedom",
        "How many free numbers has a penalised model? For the lasso it is, on average over data, the number of "
        "weights other than zero (Zou, Hastie and Tibshirani 2007): shrinking makes up for choosing. Ridge cuts off no "
        "direction of the inputs: each counts d²/(d² + nλ), d being its singular value, so weak directions shrink "
        "first. The intercept counts one more. This holds for linear models with squared error; for a network no such "
        "count is known.",
        ("choosing", "l1", "l2"),
        "freedom-ridge",
    ),
)  # fmt: skip
