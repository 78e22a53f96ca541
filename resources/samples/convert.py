"""Writes the four samples of measured data beside itself, from the copies in the wheels of two libraries.

    python resources/samples/convert.py

Needs scikit-learn 1.5 or newer and statsmodels 0.14 or newer in the environment; the program needs neither. No value
is changed: columns get names in words, and codes for a class get its label.
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
from pathlib import Path

HERE = Path(__file__).resolve().parent

DIABETES_COLUMNS = (
    "age_years", "sex", "body_mass_index", "blood_pressure", "total_cholesterol", "ldl_cholesterol",
    "hdl_cholesterol", "cholesterol_ratio", "log_triglycerides", "blood_sugar",
)  # fmt: skip
SURVEY_COLUMNS = {
    "popul": "town_thousands",
    "TVnews": "tv_news_per_week",
    "selfLR": "conservative_1_to_7",
    "age": "age_years",
    "educ": "education_1_to_7",
    "income": "income_1_to_24",
}
PARTIES = ("Democrat", "Democrat", "independent", "independent", "independent", "Republican", "Republican")
MODES = {1: "air", 2: "train", 3: "bus", 4: "car"}
MEASURES = {"ttme": "wait_min", "invc": "cost_dollars", "invt": "travel_min"}


def folder_of(library: str) -> Path:
    found = importlib.util.find_spec(library)
    if found is None or found.origin is None:
        raise SystemExit(f"{library} is not installed; install it to convert its data.")
    return Path(found.origin).parent / "datasets"


def number(text: str) -> str:
    return f"{float(text):.10g}"


def diabetes() -> None:
    """scikit-learn's ``load_diabetes(scaled=False)``: 442 patients in the units of the clinic."""
    folder = folder_of("sklearn") / "data"
    with (
        gzip.open(folder / "diabetes_data_raw.csv.gz", "rt") as inputs,
        gzip.open(folder / "diabetes_target.csv.gz", "rt") as targets,
    ):
        rows = [[*map(number, row.split()), number(target)] for row, target in zip(inputs, targets, strict=True)]
    write("diabetes", [*DIABETES_COLUMNS, "progression"], rows)


def survey() -> None:
    """statsmodels' ``anes96``: who the voters of 1996 wanted, and which party they felt close to."""
    with (folder_of("statsmodels") / "anes96" / "anes96.csv").open(newline="") as stream:
        people = list(csv.DictReader(stream, delimiter="\t", quotechar="'"))
    votes, parties = [], []
    for person in people:
        cells = [number(person[column]) for column in SURVEY_COLUMNS]
        votes.append([*cells, ("Clinton", "Dole")[int(person["vote"])]])
        parties.append([*cells, PARTIES[int(person["PID"])]])
    write("vote-1996", [*SURVEY_COLUMNS.values(), "vote"], votes)
    write("party-1996", [*SURVEY_COLUMNS.values(), "party"], parties)


def travel_mode() -> None:
    """statsmodels' ``modechoice``: one row a traveller instead of one row a traveller and mode."""
    with (folder_of("statsmodels") / "modechoice" / "modechoice.csv").open(newline="") as stream:
        choices = list(csv.DictReader(stream, delimiter=";"))
    # One waits for everything but one's own car.
    columns = [(measure, mode) for measure in MEASURES for mode in MODES if (measure, mode) != ("ttme", 4)]
    rows = []
    for start in range(0, len(choices), len(MODES)):
        four = {int(choice["mode"]): choice for choice in choices[start : start + len(MODES)]}
        chosen = next(MODES[mode] for mode, choice in four.items() if int(choice["choice"]))
        cells = [number(four[mode][measure]) for measure, mode in columns]
        rows.append([*cells, number(four[1]["hinc"]), number(four[1]["psize"]), chosen])
    names = [f"{MODES[mode]}_{MEASURES[measure]}" for measure, mode in columns]
    write("travel-mode", [*names, "income_thousands", "travellers", "chosen"], rows)


def write(name: str, header: list[str], rows: list[list[str]]) -> None:
    with (HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    diabetes()
    survey()
    travel_mode()
