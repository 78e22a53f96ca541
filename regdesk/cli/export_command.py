"""The command ``export``: a saved model in another language."""

from __future__ import annotations

from pathlib import Path

from regdesk.cli.command_parts import DONE, DrawPanels, write_result
from regdesk.cli.model_arguments import parse_export_arguments
from regdesk.cli.replacing import ask_to_replace, replacing
from regdesk.data.errors import DataError
from regdesk.data.files.model_file import SavedModel, read_model
from regdesk.data.files.result_folder import NotWritable
from regdesk.data.files.result_place import check_result_place
from regdesk.data.files.whole_files import reason_of, write_whole
from regdesk.exports.exported import LANGUAGES, exported
from regdesk.exports.plan import NotExportable
from regdesk.system import signals
from regdesk.system.terminal import write_error, write_output


def run_export(argv: list[str], _: DrawPanels | None) -> int:
    """Write a model in another language. Raises DataError and NotWritable."""
    arguments = parse_export_arguments(argv)
    saved, out = read_model(arguments.model), arguments.out
    if out is not None:
        _check_out(out, saved)
        ask_to_replace(out)
    try:
        export = exported(saved, arguments.to, "" if out is None else out.suffix)
    except NotExportable as problem:
        raise DataError(str(problem), file=arguments.model) from None
    if out is None:
        if isinstance(export.content, bytes):
            raise DataError(
                f"{LANGUAGES[arguments.to].title} is not text; name a file with --out.", file=arguments.model
            )
        write_output(export.content.removesuffix("\n"))
        for note in export.notes:
            write_error(note)
        return DONE
    try:
        with replacing(out), signals.held():
            write_whole(out, export.data)
    except (OSError, ValueError) as problem:
        raise NotWritable(f"{out}: the model could not be written there ({reason_of(problem)}).") from None
    write_result("\n".join([f"Written to {out}.", *export.notes]))
    return DONE


def _check_out(out: Path, saved: SavedModel) -> None:
    """Raises NotWritable where nothing can be written as ``out``, or where a model or the model's data stand."""
    try:
        check_result_place(out, saved)
    except (OSError, ValueError) as problem:
        raise NotWritable(f"{out}: the model could not be written there ({reason_of(problem)}).") from None
