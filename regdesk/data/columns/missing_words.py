"""Words that stand for a value that is not known, in files of spreadsheets, statistics programs and databases."""

from __future__ import annotations

MISSING_WORDS = frozenset(
    (
        *("", "NA", "na", "N/A", "n/a", "#N/A", "NaN", "nan", "NAN", "NULL", "null", "Null", "?", "\\N"),
        *(
            "<NA>",
            "#NA",
            "#N/A N/A",
            "-nan",
            "-NaN",
            "1.#QNAN",
            "-1.#QNAN",
            "1.#IND",
            "-1.#IND",
            "(null)",
            "NaT",
            "#NV",
        ),
    )
)
"""Missing in any column."""

SPREADSHEET_ERRORS = frozenset(
    (
        *("#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#ERROR!"),
        *("#WERT!", "#BEZUG!", "#ZAHL!", "#VALEUR!", "#NOMBRE!", "#NOM?", "Err:502", "Err:503", "Err:509", "Err:522"),
    )
)
"""What a spreadsheet writes where a formula has failed: missing among numbers, and told of."""

TOO_NARROW = frozenset("#" * width for width in range(2, 16))
"""What a spreadsheet shows where a column is too narrow for its number, and what is saved as text then."""
STATA_CODES = frozenset(f".{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
"""Values of Stata that are missing for some reason, which only those who made the file know."""
TOLD_AMONG_NUMBERS = SPREADSHEET_ERRORS | TOO_NARROW | STATA_CODES
"""Missing among numbers, and told of."""

SIGNS_OF_MISSING = frozenset(["-", "--", "---", "–", "—", ".", "..", "...", "…", ":", "*", "**", "_", "/", "??", "???"])
# 'None' is a common label (treatment: none, low, high), and so are others of these.
_WORDS = (
    *("none", "nil", "missing", "unknown", "unk", "undefined", "blank", "empty", "(blank)", "(empty)", "(missing)"),
    *("[missing]", "<missing>", "<null>", "<none>", "[null]", "n.a.", "n.a", "n. a.", "n.d.", "n/d", "nd", "n/k"),
    *("not available", "not applicable", "not known", "not reported", "not recorded", "no data", "nodata"),
    *("no value", "no answer", "k.a.", "k.a", "k. a.", "k/a", "nv", "n.v.", "n/v", "keine angabe", "unbekannt"),
    *("fehlt", "fehlend", "nicht verfügbar", "(leer)", "s/o", "n/c", "n.c.", "n.r.", "n/r", "non disponible"),
    *("inconnu", "(vide)", "s/d", "sin dato", "sin datos", "desconocido"),
)


def _in_its_cases(word: str) -> tuple[str, ...]:
    return word, word.upper(), word.capitalize(), word.title()


MISSING_AMONG_NUMBERS = (
    MISSING_WORDS
    | TOLD_AMONG_NUMBERS
    | SIGNS_OF_MISSING
    | {form for word in _WORDS for form in _in_its_cases(word)}
    | {"k.A.", "k. A.", "keine Angabe", "NoData"}
)
"""Missing in a column of numbers or dates; elsewhere such a word may be a label."""
