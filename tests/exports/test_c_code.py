"""A model as C says what the model says."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from export_models import SHAPES, assert_same, expected_of, home_model, new_homes, write_homes

from regdesk.data.files.model_file import SavedModel
from regdesk.exports.c_code import c_code, c_string
from regdesk.exports.plan import plan_of

COMPILER = shutil.which("cc")
STRICT = ("-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-O1")
needs_compiler = pytest.mark.skipif(COMPILER is None, reason="no C compiler 'cc' is installed")


def main_of(saved: SavedModel, cells) -> str:
    """A program that prints for each row what was returned and all results."""
    rows = [
        "{" + ", ".join("NULL" if cell is None else c_string(cell) for cell in row) + "}"
        for row in zip(*cells.values(), strict=True)
    ]
    n_results = max(len(saved.model.classes), 1)
    return f"""
#include <stdio.h>
#include <stddef.h>
int regdesk_predict(const char *const cells[], double result[]);
static const char *const rows[][{len(cells)}] = {{ {', '.join(rows)} }};
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
"""


def run_c(folder: Path, saved: SavedModel, cells) -> list[list[float]]:
    """What a program with the model prints for each row."""
    (folder / "model.c").write_text(c_code(plan_of(saved)), encoding="utf-8")
    (folder / "main.c").write_text(main_of(saved, cells), encoding="utf-8")
    assert COMPILER is not None
    compiled = subprocess.run(
        [COMPILER, *STRICT, "model.c", "main.c", "-o", "model", "-lm"], cwd=folder, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert compiled.returncode == 0, compiled.stderr
    done = subprocess.run([folder / "model"], capture_output=True, text=True, check=True)
    return [[float(word) for word in line.split()] for line in done.stdout.splitlines()]


@needs_compiler
@pytest.mark.parametrize("policy", ["impute", "drop"])
@pytest.mark.parametrize("shape", SHAPES)
def test_c_predicts_as_the_model_does(tmp_path, shape, policy):
    saved = home_model(write_homes(tmp_path / "homes.csv"), shape, policy)
    cells = new_homes()
    expected, found = expected_of(saved, cells), run_c(tmp_path, saved, cells)
    assert_same(saved, [row[1:] for row in found], expected)
    places = [-1 if row[0] < 0 else int(row[0]) for row in found]
    if expected.class_numbers is None:
        assert [place < 0 for place in places] == [row in {one.row for one in expected.skipped} for row in range(200)]
    else:
        assert places == expected.class_numbers.tolist()
