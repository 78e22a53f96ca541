"""Every exported file says itself with which version, seed, split, settings and data its model was made."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace

import pytest
from export_models import home_model, saved_model, write_homes

from regdesk.core.types import Architecture, DataSettings
from regdesk.data.files.model_file import SavedModel
from regdesk.exports.excel_formula import excel_formula
from regdesk.exports.excel_parts import MOST_CHARACTERS
from regdesk.exports.exported import LANGUAGES, exported
from regdesk.exports.plan import NotExportable, plan_of

COMMAND = "regdesk fit homes.csv --target rent " + " ".join(f"--penalty-factor size{number}=2" for number in range(30))
MADE = {
    "version": "0.9.7",
    "command": COMMAND,
    "digest": "0123456789abcdef" * 4,
    "seed": 4711,
    "split": {"how": "drawn with seed 4711", "train": 60, "validation": 22, "test": 8},
}
FACTS = (COMMAND, MADE["digest"], "4711", "drawn with seed 4711")


def made(saved: SavedModel) -> SavedModel:
    return replace(saved, program="0.9.7", provenance={**saved.provenance, **MADE})


def texts_of(content: bytes) -> str:
    """What stands in a file, also in the parts of a workbook."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b" ".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace")


@pytest.mark.parametrize("to", [*LANGUAGES, "excel.xlsx"])
def test_an_exported_file_says_with_what_its_model_was_made(tmp_path, to):
    saved = made(home_model(write_homes(tmp_path / "homes.csv"), "linear"))
    language, _, suffix = to.partition(".")
    said = texts_of(exported(saved, language, suffix and f".{suffix}").data)
    if language == "excel" and not suffix:
        # Excel takes 255 characters a text.
        texts = re.findall(r'N\("((?:[^"]|"")*)"\)', said)
        assert max(map(len, texts)) <= 255
        said = "".join(texts)
    split = json.dumps(MADE["split"]) if language == "json" else "60 train, 22 validation, 8 test"
    assert [one for one in (*FACTS, "0.9.7", split) if one not in said] == []


def test_a_cell_leaves_out_names_of_columns_before_it_leaves_out_with_what_it_was_made(tmp_path):
    def formula(n_columns: int) -> str:
        names = [f"a rather long name of the column with number {number:03d}" for number in range(n_columns)]
        rows = [",".join([*names, "y"]), *(",".join([*["1.5"] * n_columns, f"{row}.5"]) for row in range(4))]
        path = tmp_path / f"{n_columns}.csv"
        path.write_text("\n".join(rows).replace("1.5", "2.5", n_columns) + "\n")
        return excel_formula(plan_of(made(saved_model(path, DataSettings(target="y"), Architecture(())))))

    few, many = formula(3), formula(30)
    assert "number 002" in few
    assert "number 029" not in many
    assert all("".join(re.findall(r'N\("([^"]*)"\)', one)).endswith(COMMAND) for one in (few, many))
    assert len(many) <= MOST_CHARACTERS
    with pytest.raises(NotExportable, match=r"a cell of Excel has at most 8,192; the workbook"):
        formula(60)
