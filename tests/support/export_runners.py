"""Exported models, run: what each language says of rows, and why it cannot be asked."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
from export_models import Cells

from regdesk.data.files.model_file import SavedModel
from regdesk.exports.c_code import c_string
from regdesk.exports.exported import exported
from regdesk.exports.r_code import r_string
from regdesk.exports.sql_parts import sql_name


@dataclass(frozen=True)
class Answers:
    """What was said of rows: numbers or probabilities ``(n_rows, n)``, None for none; and labels where there are."""

    numbers: Sequence[Sequence[float | None]]
    labels: Sequence[str | None] | None


Run = Callable[[Path, Sequence[SavedModel], Cells], list[Answers]]
"""What each of the models says of the same rows. A language that has to be started is started once for all of them."""
PYTHON = """
import importlib, json, sys
cells = json.load(open("cells.json"))
for number in range(int(sys.argv[1])):
    model = importlib.import_module(f"model_{number}")
    answers = model.RegdeskModel() if hasattr(model, "RegdeskModel") else model
    found = {"values": answers.predict(cells).tolist()}
    if hasattr(answers, "predict_proba"):
        found["probabilities"] = answers.predict_proba(cells).tolist()
    print(json.dumps(found))
assert not any(name.startswith("regdesk") for name in sys.modules)
"""
JAVASCRIPT = """
const cells = JSON.parse(require("fs").readFileSync("cells.json", "utf8"));
const rows = Object.values(cells)[0].map((_, row) =>
  Object.fromEntries(Object.entries(cells).map(([name, column]) => [name, column[row]])));
for (let number = 0; number < Number(process.argv[2]); number++) {
  const model = require(`./model_${number}.js`);
  const found = { values: rows.map(model.predict) };
  if (model.probabilities) found.probabilities = rows.map(model.probabilities);
  console.log(JSON.stringify(found));
}
"""
STRICT = ("-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-O1")
TORCH = os.environ.get("REGDESK_TORCH_PYTHON") or (sys.executable if find_spec("torch") else None)
"""A Python that has PyTorch, which need not be this one: it is large."""


def text_of(saved: SavedModel, to: str) -> str:
    content = exported(saved, to).content
    assert isinstance(content, str)
    return content


def done(folder: Path, command: Sequence[str | Path]) -> str:
    """What ``command`` writes; it does not fail."""
    found = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert found.returncode == 0, found.stderr.decode("utf-8", "replace")
    return found.stdout.decode("utf-8")


def write_models(folder: Path, models: Sequence[SavedModel], to: str, suffix: str) -> None:
    """``model_0.py`` and so on, with a suffix of that kind."""
    for number, saved in enumerate(models):
        (folder / f"model_{number}{suffix}").write_text(text_of(saved, to), encoding="utf-8")


def run_python(
    folder: Path, models: Sequence[SavedModel], cells: Cells, python: str = sys.executable, to: str = "python"
) -> list[Answers]:
    write_models(folder, models, to, ".py")
    (folder / "run.py").write_text(PYTHON, encoding="utf-8")
    (folder / "cells.json").write_text(json.dumps(cells), encoding="utf-8")
    return _answers(models, done(folder, [python, "run.py", str(len(models))]))


def run_torch(folder: Path, models: Sequence[SavedModel], cells: Cells) -> list[Answers]:
    assert TORCH is not None
    return run_python(folder, models, cells, TORCH, "torch")


def run_javascript(folder: Path, models: Sequence[SavedModel], cells: Cells) -> list[Answers]:
    write_models(folder, models, "javascript", ".js")
    (folder / "run.js").write_text(JAVASCRIPT, encoding="utf-8")
    (folder / "cells.json").write_text(json.dumps(cells), encoding="utf-8")
    return _answers(models, done(folder, ["node", "run.js", str(len(models))]))


def run_c(folder: Path, models: Sequence[SavedModel], cells: Cells) -> list[Answers]:
    return [_run_c(folder, saved, cells) for saved in models]


def _run_c(folder: Path, saved: SavedModel, cells: Cells) -> Answers:
    rows = [
        "{" + ", ".join("NULL" if cell is None else c_string(cell) for cell in row) + "}"
        for row in zip(*cells.values(), strict=True)
    ]
    n_results = max(len(saved.model.classes), 1)
    (folder / "model.c").write_text(text_of(saved, "c"), encoding="utf-8")
    (folder / "main.c").write_text(
        f"""
#include <stdio.h>
#include <stddef.h>
int regdesk_predict(const char *const cells[], double result[]);
static const char *const rows[][{len(cells)}] = {{ {", ".join(rows)} }};
int main(void) {{
    double result[{n_results}];
    size_t row;
    int number;
    for (row = 0; row < {len(rows)}; row++) {{
        printf("%d", regdesk_predict(rows[row], result));
        for (number = 0; number < {n_results}; number++) printf(" %.17g", result[number]);
        printf("\\n");
    }}
    return 0;
}}
""",
        encoding="utf-8",
    )
    done(folder, ["cc", *STRICT, "model.c", "main.c", "-o", "model", "-lm"])
    lines = [line.split() for line in done(folder, [folder / "model"]).splitlines()]
    numbers = [[float(word) for word in line[1:]] for line in lines]
    places = [int(line[0]) for line in lines]
    if not saved.model.classes:
        assert [place < 0 for place in places] == [row[0] != row[0] for row in numbers]
        return Answers(numbers, None)
    return Answers(numbers, [None if place < 0 else saved.model.classes[place] for place in places])


def run_r(folder: Path, models: Sequence[SavedModel], cells: Cells) -> list[Answers]:
    # Rscript reads 4,095 bytes of a line at once.
    between = ",\n"
    columns = [
        f"{r_string(name)} = c({between.join('NA_character_' if one is None else r_string(one) for one in column)})"
        for name, column in cells.items()
    ]
    has_classes = ", ".join("TRUE" if saved.model.classes else "FALSE" for saved in models)
    write_models(folder, models, "r", ".R")
    (folder / "run.R").write_text(
        f"""data <- list({between.join(columns)})
has_classes <- c({has_classes})
for (number in seq_along(has_classes)) local({{
  source(sprintf("model_%d.R", number - 1L), local = TRUE, encoding = "UTF-8")
  predicted <- regdesk_predict(data)
  numbers <- as.matrix(if (has_classes[number]) regdesk_probabilities(data) else predicted)
  for (row in seq_len(nrow(numbers))) {{
    # The bytes of a label, which no locale changes.
    said <- paste(as.integer(charToRaw(enc2utf8(as.character(predicted[row])))), collapse = ",")
    cat(if (is.na(predicted[row])) "NA" else said, sprintf("%.17g", numbers[row, ]), "\\n")
  }}
}})
""",
        encoding="utf-8",
    )
    lines = [line.split() for line in done(folder, ["Rscript", "run.R"]).splitlines()]
    n_rows = len(lines) // len(models)
    assert len(lines) == n_rows * len(models)
    parts = [lines[at * n_rows : (at + 1) * n_rows] for at in range(len(models))]
    return [_of_lines(saved, part) for saved, part in zip(models, parts, strict=True)]


def _of_lines(saved: SavedModel, lines: Sequence[Sequence[str]]) -> Answers:
    numbers = [[None if word == "NA" else float(word) for word in line[1:]] for line in lines]
    if not saved.model.classes:
        return Answers(numbers, None)
    return Answers(numbers, [None if one[0] == "NA" else bytes(map(int, one[0].split(","))).decode() for one in lines])


def run_sql(database: Any, saved: SavedModel, cells: Cells, types: Mapping[str, str] | None = None) -> Answers:
    columns = ", ".join(f"{sql_name(name)} {(types or {}).get(name, 'VARCHAR')}" for name in cells)
    database.execute(f"CREATE TABLE homes (row_number INTEGER, {columns})")
    marks = ", ".join("?" for _ in range(len(cells) + 1))
    rows = [[number, *row] for number, row in enumerate(zip(*cells.values(), strict=True))]
    database.executemany(f"INSERT INTO homes VALUES ({marks})", rows)
    query = f"SELECT row_number,\n{text_of(saved, 'sql')}FROM homes AS regdesk_row ORDER BY row_number"
    found = database.execute(query).fetchall()
    database.close()
    if not saved.model.classes:
        return Answers([row[1:] for row in found], None)
    return Answers([row[2:] for row in found], [row[1] for row in found])


def run_sqlite(folder: Path, models: Sequence[SavedModel], cells: Cells) -> list[Answers]:
    return [run_sql(sqlite3.connect(":memory:"), saved, cells) for saved in models]


def run_duckdb(folder: Path, models: Sequence[SavedModel], cells: Cells) -> list[Answers]:
    return [run_sql(duckdb.connect(), saved, cells) for saved in models]


def missing_for(language: str) -> str | None:
    """What is not there that would run ``language``; None where nothing is missing."""
    programs = {"javascript": "node", "c": "cc", "r": "Rscript"}
    if language in programs and shutil.which(programs[language]) is None:
        return f"the program '{programs[language]}' is not installed"
    if language == "torch" and TORCH is None:
        return "PyTorch is not installed; REGDESK_TORCH_PYTHON may name a Python that has it"
    if language == "sqlite" and not _has_functions():
        return "this Python's SQLite was built without mathematical functions"
    return None


def _has_functions() -> bool:
    database = sqlite3.connect(":memory:")
    try:
        database.execute("SELECT TANH(0.5), EXP(1.0)")
    except sqlite3.OperationalError:
        return False
    finally:
        database.close()
    return True


def _answers(models: Sequence[SavedModel], said: str) -> list[Answers]:
    return [_of_json(saved, json.loads(line)) for saved, line in zip(models, said.splitlines(), strict=True)]


def _of_json(saved: SavedModel, found: dict[str, Any]) -> Answers:
    if not saved.model.classes:
        return Answers([[one] for one in found["values"]], None)
    nothing = [None] * len(saved.model.classes)
    return Answers([nothing if row is None else row for row in found["probabilities"]], found["values"])


RUNNERS: dict[str, Run] = {
    "python": run_python,
    "javascript": run_javascript,
    "c": run_c,
    "r": run_r,
    "sqlite": run_sqlite,
    "duckdb": run_duckdb,
    "torch": run_torch,
}
