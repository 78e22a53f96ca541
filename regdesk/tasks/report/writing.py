"""Where a report can be written, in which form, and its file: whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from regdesk.core.report.html_page import html_page
from regdesk.core.report.values import Report
from regdesk.data.files.result_folder import NotWritable
from regdesk.data.files.whole_files import check_whole, reason_of, write_whole

Form = Literal["html", "pdf"]
PaintReport = Callable[[Report], bytes]
"""Makes a PDF of a report."""
_FORMS: dict[str, Form] = {".html": "html", ".htm": "html", ".pdf": "pdf"}
WRONG_FORM = "{name} ends neither in .html nor in .pdf; a report is one of these."
_NO_PAINTER = "the report could not be drawn: a PDF needs Qt; an .html file does without."


def form_of(path: Path) -> Form | None:
    """What is written as ``path``, by how its name ends; None: there is no such report."""
    return _FORMS.get(path.suffix.lower())


def check_report_place(path: Path, sources: Sequence[Path]) -> None:
    """Raises NotWritable where no report can be written as ``path``, or it is one of ``sources``."""
    if form_of(path) is None:
        raise NotWritable(f"{path}: {WRONG_FORM.format(name=path.name)}")
    try:
        check_whole(path)
        is_source = any(path.exists() and source.exists() and path.samefile(source) for source in sources)
    except (OSError, ValueError) as problem:
        raise NotWritable(_not_written(path, problem)) from None
    if is_source:
        raise NotWritable(f"{path}: this is a file that is read; it is left as it is. Choose another name.")


def report_bytes(path: Path, report: Report, paint: PaintReport | None) -> bytes:
    """What is to be written as ``path``. Raises NotWritable for a PDF that nobody paints, and what ``paint`` raises."""
    if form_of(path) == "html":
        return html_page(report).encode()
    if paint is None:
        raise NotWritable(f"{path}: {_NO_PAINTER}")
    return paint(report)


def write_report(path: Path, content: bytes) -> None:
    """``content`` as the file ``path``. Raises NotWritable."""
    try:
        write_whole(path, content)
    except (OSError, ValueError) as problem:
        raise NotWritable(_not_written(path, problem)) from None


def _not_written(path: Path, problem: OSError | ValueError) -> str:
    return f"{path}: the report could not be written there ({reason_of(problem)})."
