"""What splits text into cells and numbers these by their bytes, compiled together when either is first needed."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import llvmlite.binding as llvm

from regdesk.core.engine import cell_kernel, intern_kernel

_KINDS = {cell_kernel.BYTE: ctypes.c_uint8, cell_kernel.WHOLE: ctypes.c_int64}


@dataclass(frozen=True)
class CellCode:
    """Functions of machine code; pointers are addresses. They last as long as their ``engine``."""

    split_cells: Callable[..., int]
    intern_cells: Callable[..., int]
    engine: object


@lru_cache(maxsize=1)
def cell_code() -> CellCode:
    """The functions, made by the first who asks."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    kernel = cell_kernel.CellKernel()
    intern_kernel.InternKernel(kernel.module)
    module = llvm.parse_assembly(str(kernel.module))
    module.verify()
    machine = llvm.Target.from_default_triple().create_target_machine(opt=3)
    _optimise(module, machine)
    engine = llvm.create_mcjit_compiler(module, machine)
    engine.finalize_object()

    def found(name: str, arguments: dict[str, Any]) -> Callable[..., int]:
        kinds = (_KINDS.get(kind, ctypes.c_void_p) for kind in arguments.values())
        function: Callable[..., int] = ctypes.CFUNCTYPE(ctypes.c_int64, *kinds)(engine.get_function_address(name))
        return function

    return CellCode(
        found(cell_kernel.NAME, cell_kernel.ARGUMENTS), found(intern_kernel.NAME, intern_kernel.ARGUMENTS), engine
    )


def _optimise(module: llvm.ModuleRef, machine: llvm.TargetMachine) -> None:
    if hasattr(llvm, "create_pass_builder"):
        passes = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=2))
        passes.getModulePassManager().run(module, passes)
        return
    # Before llvmlite 0.45, of which numba 0.60 wants 0.43.
    builder, passes = llvm.create_pass_manager_builder(), llvm.create_module_pass_manager()
    builder.opt_level = 2
    builder.populate(passes)
    passes.run(module)
