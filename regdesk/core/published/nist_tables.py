"""Linear least squares that NIST has certified, from easy to hard (Statistical Reference Datasets)."""

from __future__ import annotations

from regdesk.core.published.values import PublishedResult, printed_rows

_NIST = "the Statistical Reference Datasets of NIST, the standards institute of the United States."

# fmt: off
NORRIS = PublishedResult(
    name="norris",
    title="Norris: a straight line",
    sample="",
    file="norris.csv",
    target="customer_ppb",
    features=("nist_ppb",),
    source=f"J. Norris, calibration of ozone monitors, with the certified values of {_NIST}",
    sentence="Coefficients of a straight line, without a penalty: what a customer's monitor shows against NIST's own.",
    penalty="none",
    lam=0.0,
    row_word="Coefficient of",
    number_word="Value",
    rows=printed_rows(
        ("(intercept)", "-0.262323073774029"),
        ("nist_ppb", "1.00211681802045"),
    ),
    relative_tolerance=1e-11,
    why_not_closer="The intercept is a small difference of large numbers, which takes some of the 16 digits.",
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
        "J. W. Longley, Journal of the American Statistical Association 62 (1967), with the certified values of "
        f"{_NIST}"
    ),
    sentence=(
        "Coefficients in original units of a linear model without a penalty. The six columns are nearly dependent, and "
        "the programs of 1967 came to very different numbers."
    ),
    penalty="none",
    lam=0.0,
    row_word="Coefficient of",
    number_word="Value",
    rows=printed_rows(
        ("(intercept)", "-3482258.63459582"),
        ("price_deflator", "15.0618722713733"),
        ("gnp_millions", "-0.0358191792925910"),
        ("unemployed_thousands", "-2.02022980381683"),
        ("armed_forces_thousands", "-1.03322686717359"),
        ("population_thousands", "-0.0511041056535807"),
        ("year", "1829.15146461355"),
    ),
    relative_tolerance=1e-10,
    why_not_closer="Numbers of 64 bits keep ten digits and more through columns that depend on each other so nearly.",
)

WAMPLER = PublishedResult(
    name="wampler4",
    title="Wampler 4: a curve of degree 5 under heavy noise",
    sample="",
    file="wampler4.csv",
    target="y",
    features=("x",),
    source=f"R. H. Wampler, Journal of the American Statistical Association 65 (1970), as Wampler4 of {_NIST}",
    sentence=(
        "Coefficients of the powers of x up to the fifth, without a penalty. The numbers are made so that each "
        "coefficient is exactly 1, under noise far larger than the curve."
    ),
    penalty="none",
    lam=0.0,
    row_word="Coefficient of",
    number_word="Value",
    rows=printed_rows(
        ("(intercept)", "1.00000000000000"),
        *((name, "1.00000000000000") for name in ("x", "x^2", "x^3", "x^4", "x^5")),
    ),
    relative_tolerance=1e-7,
    why_not_closer="Powers of x are nearly dependent, and the noise is 200,000 times a coefficient: both cost digits.",
    degree=5,
)

FILIP = PublishedResult(
    name="filip",
    title="Filip: a curve of degree 10, which many programs fail",
    sample="",
    file="filip.csv",
    target="y",
    features=("x",),
    source=f"A. Filippelli, with the certified values of {_NIST}",
    sentence=(
        "Coefficients of the powers of x up to the tenth, without a penalty. The powers are so nearly dependent that "
        "many programs find other numbers, or leave powers out."
    ),
    penalty="none",
    lam=0.0,
    row_word="Coefficient of",
    number_word="Value",
    rows=printed_rows(
        ("(intercept)", "-1467.48961422980"),
        ("x", "-2772.17959193342"),
        ("x^2", "-2316.37108160893"),
        ("x^3", "-1127.97394098372"),
        ("x^4", "-354.478233703349"),
        ("x^5", "-75.1242017393757"),
        ("x^6", "-10.8753180355343"),
        ("x^7", "-1.06221498588947"),
        ("x^8", "-0.0670191154593408"),
        ("x^9", "-0.00246781078275479"),
        ("x^10", "-0.0000402962525080404"),
    ),
    relative_tolerance=1e-6,
    why_not_closer=(
        "Each power is rounded to 16 digits before the fit, and what the rounding loses grows ten million times in "
        "columns as dependent as these."
    ),
    degree=10,
)

# fmt: on
NIST_RESULTS = (NORRIS, LONGLEY, WAMPLER, FILIP)
"""Of rising difficulty."""
