"""The printed tables that the program compares itself with, and what it cannot have."""

from __future__ import annotations

from regdesk.core.published.nist_tables import NIST_RESULTS
from regdesk.core.published.values import PublishedResult, printed_rows

# fmt: off
LARS_KNOTS = PublishedResult(
    name="diabetes-lars",
    title="Diabetes: where each variable enters the lasso",
    sample="diabetes",
    file="",
    target="progression",
    features=(
        "age_years", "sex", "body_mass_index", "blood_pressure", "total_cholesterol", "ldl_cholesterol",
        "hdl_cholesterol", "cholesterol_ratio", "log_triglycerides", "blood_sugar",
    ),
    source=(
        "The diabetes data of B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, Least Angle Regression, Annals of "
        "Statistics 32 (2004); the numbers as scikit-learn has printed them in its example of the lasso path by LARS."
    ),
    sentence=(
        "C is the largest correlation of a variable with the residual at the λ where a variable enters or leaves, for "
        "columns of length 1: it is our λ times s√n, s being the standard deviation of the target."
    ),
    penalty="l1",
    lam=0.01,
    row_word="What happens",
    number_word="C",
    rows=printed_rows(
        ("body_mass_index enters", "949.435260384"),
        ("log_triglycerides enters", "889.315990735"),
        ("blood_pressure enters", "452.900968908"),
        ("hdl_cholesterol enters", "316.074052698"),
        ("sex enters", "130.130851302"),
        ("blood_sugar enters", "88.7824298155"),
        ("total_cholesterol enters", "68.9652212024"),
        ("cholesterol_ratio enters", "19.9812546781"),
        ("ldl_cholesterol enters", "5.47747294605"),
        ("age_years enters", "5.0891788056"),
        ("hdl_cholesterol leaves", "2.18224972883"),
        ("hdl_cholesterol enters", "1.31043524851"),
    ),
    relative_tolerance=3e-4,
    why_not_closer=(
        "The printed numbers are of a copy of the data whose columns were scaled first and rounded afterwards, so that "
        "they agree to three parts in ten thousand and no closer."
    ),
)

# fmt: on
PUBLISHED_RESULTS = (LARS_KNOTS, *NIST_RESULTS)
"""Numbers that others have printed, and what comes out here."""
NOT_HERE = (
    "Not here, because nobody has given leave to pass the data on: the prostate data of Tibshirani (1996), of Zou and "
    "Hastie (2005) and of The Elements of Statistical Learning, and the examples of glmnet's vignettes. If you have "
    "them, open them like any other file."
)
