"""Compiled code belongs to the texts that it was compiled from, wherever they lie."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import regdesk
from regdesk.compiling.engine_sources import digests_of_sources

PACKAGE = Path(regdesk.__file__).resolve().parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Another checkout of the package's core."""
    shutil.copytree(PACKAGE / "core", tmp_path / "regdesk" / "core")
    return tmp_path / "regdesk"


def test_another_checkout_of_the_same_texts_has_the_same_digests(copy: Path) -> None:
    os.utime(copy / "core" / "engine" / "kernels.py", (0, 0))
    assert digests_of_sources(copy) == digests_of_sources()
    assert "kernels" in digests_of_sources()


@pytest.mark.parametrize(
    ("changed", "in_it", "not_in_it"),
    [
        ("engine/kernels.py", {"kernels"}, {"steps", "tiles", "path_kernels", "quasi_newton"}),
        (
            "engine/emitter.py",
            {"emitter", "tiles", "kernels", "plane_kernels", "path_kernels"},
            {"cell_kernel", "prox"},
        ),
        ("engine/path_factor.py", {"path_factor", "path_kernels"}, {"kernels", "quasi_newton", "plane_kernels"}),
        ("linear/path.py", set(), {"kernels", "path_kernels"}),
    ],
)
def test_what_changes_is_what_calls_it(changed: str, in_it: set[str], not_in_it: set[str], copy: Path) -> None:
    before = digests_of_sources(copy)
    path = copy / "core" / changed
    path.write_text(path.read_text(encoding="utf-8") + "# another word\n", encoding="utf-8")
    after = digests_of_sources(copy)
    differing = {name for name in before if before[name] != after[name]}
    assert in_it <= differing
    assert not differing & not_in_it


@pytest.mark.parametrize("is_own", [True, False], ids=["regdesk's process", "somebody's"])
def test_only_a_process_of_its_own_has_numba_without_blas(is_own: bool) -> None:
    """Somebody's script may multiply matrices in numba; regdesk does not, and need not wait for scipy."""
    code = (
        f"{'import regdesk.start' if is_own else ''}\nimport sys\nfrom regdesk.compiling import engine_cache\n"
        "engine_cache.prepare_cache_folder()\nfrom regdesk.core.engine import kernels\nfrom numba import njit\n"
        "njit(lambda: 1)()\nimport numba.np.arraymath as a\n"
        "print(a._HAVE_BLAS, 'scipy.linalg' in sys.modules, None in sys.modules.values())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == (["False", "False", "False"] if is_own else ["True", "True", "False"])


def test_a_sweep_of_a_linear_model_loads_what_follows_paths_and_nothing_else_of_the_engine(engine: None) -> None:
    """To decorate what solves networks and draws planes took a tenth of such a sweep."""
    code = (
        "import sys\nfrom regdesk.compiling import engine_cache\nengine_cache.prepare_cache_folder()\n"
        "engine_cache.fill(engine_cache.PATHS)\n"
        "print(*(name.rpartition('.')[2] for name in sys.modules if name.startswith('regdesk.core.engine.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    paths = {"arrays", "path_factor", "path_kernels", "path_measures", "path_parts", "path_row_kernels", "path_structs"}
    paths |= {"path_wide_kernels", "quadratic_kernels", "emitter", "registers", "tiles", "vector_tanh"}
    assert set(done.stdout.split()) == paths | {"code_store", "stored", "units"}
