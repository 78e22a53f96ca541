"""No function is longer or takes more than a reader can hold, but for a short list with a reason each."""

from __future__ import annotations

from program_source import PACKAGE, all_sources, reading_of

MOST_LINES, MOST_PARAMETERS = 60, 8
FLAT_FOR_LLVM = "the emitted code takes pointers and offsets one by one, as LLVM's functions do"
FLAT_FOR_PASSES = "runs for every block of rows: a tuple for each of its matrices has not been measured yet"
FLAT_FOR_STEPS = "runs in every optimiser step: what its parts need of state and settings has not been measured yet"
EXCUSED = {
    "core/engine/batches.py batch_pass": FLAT_FOR_STEPS,
    "core/engine/calls.py call_forward": FLAT_FOR_LLVM,
    "core/engine/calls.py call_gradient_pass": FLAT_FOR_LLVM,
    "core/engine/kernels.py measure": FLAT_FOR_STEPS,
    "core/engine/kernels.py train": FLAT_FOR_STEPS,
    "core/engine/outer_tiles.py _outer_body": FLAT_FOR_LLVM,
    "core/engine/outer_tiles.py _tile_body.body": FLAT_FOR_LLVM,
    "core/engine/outer_tiles.py outer": FLAT_FOR_LLVM,
    "core/engine/passes.py _layer": FLAT_FOR_PASSES,
    "core/engine/passes.py backward": FLAT_FOR_PASSES,
    "core/engine/passes.py dense": FLAT_FOR_PASSES,
    "core/engine/passes.py gradient_pass": FLAT_FOR_PASSES,
    "core/engine/passes.py gradient_pass_here": FLAT_FOR_PASSES,
    "core/engine/prox.py proximal_step": FLAT_FOR_STEPS,
    "core/engine/steps.py steps": FLAT_FOR_STEPS,
    "core/engine/tiles.py _copy_body": FLAT_FOR_LLVM,
    "core/engine/tiles.py _dense_body.body": FLAT_FOR_LLVM,
    "core/engine/tiles.py _make_copy_rows.copy_rows": FLAT_FOR_LLVM,
    "core/engine/tiles.py _make_dense.dense": FLAT_FOR_LLVM,
    "core/engine/tiles.py _tile_body.body": FLAT_FOR_LLVM,
    "core/engine/updates.py update": FLAT_FOR_STEPS,
}


def too_large(source: str) -> list[tuple[str, int, int]]:
    """Qualified name, lines and positional parameters (without self) of each function above either bound."""
    return [
        (one.name, one.n_lines, one.n_parameters)
        for one in reading_of(source).functions
        if one.n_lines > MOST_LINES or one.n_parameters > MOST_PARAMETERS
    ]


def test_no_function_is_too_large_without_a_reason() -> None:
    found = {
        f"{path.relative_to(PACKAGE).as_posix()} {name}": (n_lines, n_parameters)
        for path in all_sources()
        for name, n_lines, n_parameters in too_large(path.read_text(encoding="utf-8"))
    }
    assert {name: size for name, size in found.items() if name not in EXCUSED} == {}
    # Nor does a reason outlive what it was given for.
    assert sorted(EXCUSED.keys() - found.keys()) == []
    assert [name for name, (n_lines, _) in found.items() if n_lines > MOST_LINES] == []


def test_a_function_above_either_bound_is_found() -> None:
    names = ", ".join(f"p{number}" for number in range(MOST_PARAMETERS))
    body = "\n".join("        pass" for _ in range(MOST_LINES - 1))
    text = f"class A:\n    def fits(self, {names}, *, more):\n{body}\n"
    assert too_large(text) == []
    assert too_large(f"{text}        pass\n") == [("A.fits", MOST_LINES + 1, MOST_PARAMETERS)]
    wide = f"def outer():\n    def wide({names}, one_more):\n        pass\n"
    assert too_large(wide) == [("outer.wide", 2, MOST_PARAMETERS + 1)]
