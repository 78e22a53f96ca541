"""A saved model in any of the languages that it can be written in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from types import MappingProxyType

from regdesk.core.fitted.fitted_form import fitted_to_dict
from regdesk.data.files.model_file import SavedModel
from regdesk.exports import c_code, excel_formula, javascript_code, python_code, r_code, sql_code, torch_code
from regdesk.exports.plan import NotExportable, Plan, plan_of

WORKBOOK = ".xlsx"
_ONNX_NOTES = (
    "Each column is an input with its name: labels are texts, empty where they are missing.",
    "Numbers and dates are double, NaN where they are missing; dates count days since 1970-01-01.",
)


IN_THE_MODEL = frozenset({"cells", "encoding", "target"})
"""Of a model's provenance what its encoding says."""


@dataclass(frozen=True)
class Export:
    """A model, written down.

    Attributes:
        content: a text, or the bytes of a file that is none.
        suffix: how the name of its file ends, such as ``.py``.
        notes: sentences on how it is used.
    """

    content: str | bytes
    suffix: str
    notes: tuple[str, ...]

    @property
    def data(self) -> bytes:
        """The content of its file; a text is in UTF-8."""
        return self.content if isinstance(self.content, bytes) else self.content.encode("utf-8", "backslashreplace")


@dataclass(frozen=True)
class Language:
    """What models can be written in: ``title`` is its name for people, ``suffix`` that of its files."""

    title: str
    suffix: str
    write: Callable[[Plan], str] | None
    notes: tuple[str, ...]


LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        "python": Language("Python", ".py", python_code.python_code, python_code.HOW),
        "r": Language("R", ".R", r_code.r_code, r_code.HOW),
        "c": Language("C", ".c", c_code.c_code, c_code.HOW),
        "javascript": Language("JavaScript", ".js", javascript_code.javascript_code, javascript_code.HOW),
        "sql": Language("SQL", ".sql", sql_code.sql_code, sql_code.HOW),
        "excel": Language("Excel", ".txt", excel_formula.excel_formula, excel_formula.HOW),
        "onnx": Language("ONNX", ".onnx", None, _ONNX_NOTES),
        "torch": Language("PyTorch", ".py", torch_code.torch_code, torch_code.HOW),
        "json": Language("JSON", ".json", None, ("All of the model, as regdesk reads it.",)),
    }
)
"""By the names that ``regdesk export --to`` and ``FittedModel.export`` take."""


def exported(saved: SavedModel, to: str, suffix: str = "") -> Export:
    """``saved`` in the language ``to``, one of ``LANGUAGES``.

    With the ``suffix`` ``.xlsx`` Excel is a workbook, for any model; else it is the formula of one cell. Raises
    NotExportable, one sentence, where the model cannot be written so, or a package is missing that writes it.
    """
    language = LANGUAGES.get(to)
    if language is None:
        raise NotExportable(f"a model cannot be written as '{to}'; choose one of {', '.join(LANGUAGES)}.")
    if to == "json":
        return Export(json_text(saved), language.suffix, language.notes)
    plan = plan_of(saved)
    if to == "onnx":
        _need("onnx", "onnx", "ONNX")
        # Only who has the extra can load it.
        from regdesk.exports.onnx_graph import onnx_bytes

        return Export(onnx_bytes(plan), language.suffix, language.notes)
    if to == "excel" and suffix.lower() == WORKBOOK:
        _need("openpyxl", "excel", "an Excel workbook")
        from regdesk.exports import excel_sheet

        return Export(excel_sheet.workbook_bytes(plan), WORKBOOK, excel_sheet.HOW)
    assert language.write is not None
    return Export(language.write(plan), language.suffix, language.notes)


def json_text(saved: SavedModel) -> str:
    """All numbers of ``saved`` and their encoding, and where they come from; of the split not line by line."""
    made = {name: value for name, value in saved.provenance.items() if name not in IN_THE_MODEL}
    split = made.get("split")
    if isinstance(split, Mapping):
        made["split"] = {name: value for name, value in split.items() if not name.endswith("_lines")}
    return json.dumps({**fitted_to_dict(saved.model), "provenance": made}, allow_nan=False)


def _need(package: str, extra: str, what: str) -> None:
    if find_spec(package) is None:
        raise NotExportable(
            f"{what} is written by the package '{package}', which is not installed; install it with "
            f"pip install 'regdesk[{extra}]'."
        )
