"""What stands at the top of the checkout is what everybody who opens it sees first: nothing comes there by chance."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = {
    "main.py", "regdesk", "resources", "tests", "pyproject.toml", "README.md", "LICENSE", "ARCHITECTURE.md",
    "CONTRIBUTING.md", "CHANGELOG.md",
}  # fmt: skip


def test_nothing_else_is_at_the_top() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("what is not a checkout has no list of its files")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    names = {name.partition("/")[0] for name in listed.split("\0") if name}
    assert {name for name in names if not name.startswith(".")} == ALLOWED
