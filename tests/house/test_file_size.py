"""No file of the program is longer than a reader holds in mind, but for a short list with a reason each."""

from __future__ import annotations

from pathlib import Path

import pytest

import regdesk

PACKAGE = Path(regdesk.__file__).resolve().parent
MOST_LINES = 300
STEPS_OF_ONE_KERNEL = (
    "each function is a step of the compiled one at the end and works on its one state: two halves would import most "
    "of each other"
)
EXCUSED = {
    "core/engine/cell_kernel.py": STEPS_OF_ONE_KERNEL,
    "core/engine/class_plane_kernels.py": STEPS_OF_ONE_KERNEL,
    "core/engine/profile_kernels.py": STEPS_OF_ONE_KERNEL,
}
"""By the path within the package."""


def too_long(package: Path) -> set[str]:
    """Files of more than ``MOST_LINES`` lines."""
    return {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES
    }


def test_no_file_is_too_long_without_a_reason() -> None:
    found = too_long(PACKAGE)
    assert sorted(found - EXCUSED.keys()) == []
    # Nor does a reason outlive what it was given for.
    assert sorted(EXCUSED.keys() - found) == []


@pytest.mark.parametrize("path", EXCUSED)
def test_a_long_file_says_itself_why(path: str) -> None:
    text = (PACKAGE / path).read_text(encoding="utf-8")
    head = text[: text.index('"""', 3)]
    assert "One file" in head


def test_a_line_too_many_is_found(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "fits.py").write_text("pass\n" * MOST_LINES, encoding="utf-8")
    (tmp_path / "room" / "long.py").write_text("pass\n" * (MOST_LINES + 1), encoding="utf-8")
    assert too_long(tmp_path) == {"room/long.py"}
