"""The printed tables that the program compares itself with."""

from __future__ import annotations

from regdesk.core.published.values import PrintedRow, PublishedResult

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
    rows=tuple(
        PrintedRow(label, printed)
        for label, printed in (
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
        )
    ),
    relative_tolerance=3e-4,
    why_not_closer=(
        "The printed numbers are of a copy of the data whose columns were scaled first and rounded afterwards, so that "
        "they agree to three parts in ten thousand and no closer."
    ),
)

LONGLEY = PublishedResult(
    name="longley",
    title="Longley: least squares among columns that say the same",
    sample="",
    file="longley.csv",
    target="employed_thousands",
    features=(
        "price_deflator", "gnp_millions", "unemployed_thousands", "armed_forces_thousands", "population_thousands",
        "year",
    ),
    source=(
        "J. W. Longley, Journal of the American Statistical Association 62 (1967), with the certified values of the "
        "Statistical Reference Datasets of the National Institute of Standards and Technology (NIST)."
    ),
    sentence=(
        "Coefficients in original units of a linear model without a penalty. The six columns are nearly dependent, and "
        "the programs of 1967 came to very different numbers."
    ),
    penalty="none",
    lam=0.0,
    row_word="Coefficient of",
    number_word="Value",
    rows=tuple(
        PrintedRow(label, printed)
        for label, printed in (
            ("(intercept)", "-3482258.63459582"),
            ("price_deflator", "15.0618722713733"),
            ("gnp_millions", "-0.0358191792925910"),
            ("unemployed_thousands", "-2.02022980381683"),
            ("armed_forces_thousands", "-1.03322686717359"),
            ("population_thousands", "-0.0511041056535807"),
            ("year", "1829.15146461355"),
        )
    ),
    relative_tolerance=1e-10,
    why_not_closer="Numbers of 64 bits keep ten digits and more through columns that depend on each other so nearly.",
)

# fmt: on
PUBLISHED_RESULTS = (LARS_KNOTS, LONGLEY)
