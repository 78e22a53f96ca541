"""What is noted is noted under a topic that there is, and every topic has something to say."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from regdesk.system.logs import ALL, NAME, TOPICS

PACKAGE = Path(__file__).resolve().parents[2] / "regdesk"


def topics_of(source: str) -> list[str]:
    """The names that ``source`` hands to ``getLogger``, as they stand there."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = [call.args[0] for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "getLogger"]
    return [name.value if isinstance(name, ast.Constant) else ast.unparse(name) for name in names]


SOURCES = {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
USED = {
    path: topics_of(source)
    for path, source in SOURCES.items()
    if "getLogger" in source and path not in ("__init__.py", "system/logs.py")
}
LOGGERS = {f"{NAME}.{topic}" for topic in TOPICS}


@pytest.mark.parametrize("path", [path for path, found in USED.items() if found])
def test_a_line_has_a_topic_that_there_is(path: str) -> None:
    assert set(USED[path]) <= LOGGERS


def test_a_topic_is_used_and_told_in_a_sentence() -> None:
    assert {name for found in USED.values() for name in found} == LOGGERS
    assert ALL not in TOPICS
    assert all(sentence.endswith(".") for sentence in TOPICS.values())


def test_the_watch_finds_a_topic_however_it_is_named() -> None:
    assert topics_of("import logging\nlog = logging.getLogger('regdesk.nonsense')") == ["regdesk.nonsense"]
    assert topics_of("log = logging.getLogger(__name__)") == ["__name__"]
