"""A model as R says what the model says."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from export_models import SHAPES, assert_same, expected_of, home_model, new_homes, write_homes

from regdesk.data.files.model_file import SavedModel
from regdesk.exports.plan import plan_of
from regdesk.exports.r_code import r_code, r_string

RSCRIPT = shutil.which("Rscript")
needs_r = pytest.mark.skipif(RSCRIPT is None, reason="R's 'Rscript' is not installed")


def run_r(folder: Path, saved: SavedModel, cells) -> tuple[list[list[float | None]], list[str | None]]:
    """Numbers or probabilities of each row, and what was predicted, as texts."""
    columns = [
        f"{r_string(name)} = c({', '.join('NA_character_' if one is None else r_string(one) for one in column)})"
        for name, column in cells.items()
    ]
    asked = "regdesk_probabilities" if saved.model.classes else "regdesk_predict"
    (folder / "model.R").write_text(r_code(plan_of(saved)), encoding="utf-8")
    (folder / "run.R").write_text(
        f"""source("model.R", encoding = "UTF-8")
data <- list({', '.join(columns)})
numbers <- as.matrix({asked}(data))
predicted <- regdesk_predict(data)
for (row in seq_len(nrow(numbers))) {{
  # The bytes of a label, which no locale changes.
  said <- paste(as.integer(charToRaw(enc2utf8(as.character(predicted[row])))), collapse = ",")
  cat(if (is.na(predicted[row])) "NA" else said, sprintf("%.17g", numbers[row, ]), "\\n")
}}
""",
        encoding="utf-8",
    )
    assert RSCRIPT is not None
    done = subprocess.run([RSCRIPT, "run.R"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    numbers = [[None if word == "NA" else float(word) for word in line[1:]] for line in lines]
    said = [None if one[0] == "NA" else bytes(map(int, one[0].split(","))).decode() for one in lines]
    return numbers, said


@needs_r
@pytest.mark.parametrize("policy", ["impute", "drop"])
@pytest.mark.parametrize("shape", SHAPES)
def test_r_predicts_as_the_model_does(tmp_path, shape, policy):
    saved = home_model(write_homes(tmp_path / "homes.csv"), shape, policy)
    cells = new_homes()
    expected = expected_of(saved, cells)
    numbers, predicted = run_r(tmp_path, saved, cells)
    assert_same(saved, numbers, expected, predicted if saved.model.classes else None)
