"""The command that a model file says it was made with, where a shell can be given it without harm."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from regdesk.tasks.live_moment import ModelOfFile

if TYPE_CHECKING:
    from regdesk.data.files.model_file import SavedModel
    from regdesk.data.source import Source

MAKERS = ("fit", "sweep")


def model_of_file(name: str, saved: SavedModel, source: Source) -> ModelOfFile:
    """``saved`` in the file called ``name``; its data are at ``source``, as which the command names them."""
    note = saved.provenance.get("note")
    return ModelOfFile(name, _made_with(saved, source), note if isinstance(note, str) else "")


def _made_with(saved: SavedModel, source: Source) -> tuple[str, ...]:
    """What follows the program's name; empty where the file has nothing that is one command of ours and no more.

    A file may come from anybody: what a shell would take for more than words of one command is not given to one.
    """
    command, chosen = saved.provenance.get("command"), saved.model.configuration.source
    if not isinstance(command, str) or not command.isprintable():
        return ()
    try:
        words = shlex.split(command)
    except ValueError:
        return ()
    if words[:1] != ["regdesk"] or words[1:2] not in [[maker] for maker in MAKERS] or shlex.join(words) != command:
        return ()
    # As they were typed they lead to the data from one folder alone.
    typed = (saved.provenance.get("file"), *chosen.reading.more_files)
    places = (source.path, *source.reading.more_files)
    found = {one: str(place) for one, place in zip(typed, places, strict=False)}
    return tuple(found.get(word, word) for word in words[1:])
