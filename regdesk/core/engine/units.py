"""How the engine is compiled: a few units, each optimised once, out of many parts that are not.

numba optimises and translates every function that another one calls for itself, and once more in each of its callers:
what ``train`` consists of went through LLVM up to six times. A part is only typed and lowered; a unit links all parts
that it needs, and is optimised and translated once. 18.5 s of processor time a dtype became 8. Python calls most units;
some are called by others, at an address that they are handed, so that each can be compiled in a process of its own.

This rests on what numba's pipeline has had in common from 0.60 to 0.68: ``NativeLowering`` fills ``state.library``,
and a ``JITCodeLibrary`` links its ``_linking_libraries`` when it is finalised.
"""

from __future__ import annotations

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.runtime.nrt import rtsys
from numba.core.typed_passes import NativeLowering


class _PartLibrary(JITCodeLibrary):
    """Code of one function as it was lowered: others link it, nothing runs it."""

    def add_linking_library(self, library):
        # numba's own runtime, which every unit brings along.
        if library is not rtsys.library:
            super().add_linking_library(library)

    def add_llvm_module(self, ll_module):
        # Without numba's passes over each function: the unit's come over all of them.
        ll_module.data_layout = self._codegen._data_layout
        self._final_module.link_in(ll_module)

    def finalize(self):
        self._raise_if_finalized()
        self._finalize_dynamic_globals()
        self._finalized = True


class _UnitLibrary(JITCodeLibrary):
    """Code of a unit, and of all parts that it calls."""

    def finalize(self):
        self._linking_libraries = _callers_first(self)
        super().finalize()


def _callers_first(library):
    """All libraries that ``library`` needs, each after those that call it.

    The linker leaves out what nobody has called so far, for good.
    """
    callees_first, seen = [], set()

    def visit(one):
        if one in seen:
            return
        seen.add(one)
        if one is library or isinstance(one, _PartLibrary):
            for needed in one._linking_libraries:
                visit(needed)
        callees_first.append(one)

    visit(library)
    return [one for one in reversed(callees_first) if one is not library]


@register_pass(mutates_CFG=True, analysis_only=False)
class _PartLowering(NativeLowering):
    _name = "part_lowering"

    def run_pass(self, state):
        state.library = _PartLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        return _lower_for_compiled_code(super(), state)


@register_pass(mutates_CFG=True, analysis_only=False)
class _InnerUnitLowering(NativeLowering):
    _name = "inner_unit_lowering"

    def run_pass(self, state):
        state.library = _UnitLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return _lower_for_compiled_code(super(), state)


@register_pass(mutates_CFG=True, analysis_only=False)
class _UnitLowering(NativeLowering):
    _name = "unit_lowering"

    def run_pass(self, state):
        state.library = _UnitLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        state.flags.no_cfunc_wrapper = True
        return super().run_pass(state)


def _lower_for_compiled_code(lowering, state):
    """Lower a function that Python cannot call."""
    flags = state.flags
    flags.no_compile = flags.no_cpython_wrapper = flags.no_cfunc_wrapper = True
    lowering.run_pass(state)
    state.library._ensure_finalized()
    # A dispatcher wants something built in that Python could call, and knows the function by it: each its own. From a
    # list of nothing nothing can be removed, so that a call from Python ends in a ValueError.
    nothing: list[object] = []
    stand_in = nothing.remove
    state["cr"] = state.cr._replace(cfunc=stand_in)
    state.targetctx.insert_user_function(stand_in, state.cr.fndesc, [state.library])
    return True


def _pipeline_with(lowering):
    """numba's compiler, but that ``lowering`` takes the place of its own."""

    class Pipeline(CompilerBase):
        def define_pipelines(self):
            passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
            passes.passes = [(lowering if one is NativeLowering else one, name) for one, name in passes.passes]
            # With what numba analyses before and after each of them.
            passes._finalized = False
            passes.finalize()
            return [passes]

    return Pipeline


PART, INNER_UNIT, UNIT = (_pipeline_with(one) for one in (_PartLowering, _InnerUnitLowering, _UnitLowering))


def address_of(unit, argument_types):
    """Where the code of an inner unit begins for arguments of these types, compiled or loaded if it is not there yet.

    For a call as compiled code makes it, with exactly these types.
    """
    unit.compile(argument_types)
    result = unit.overloads[argument_types]
    return result.library.get_pointer_to_function(result.fndesc.llvm_func_name)
