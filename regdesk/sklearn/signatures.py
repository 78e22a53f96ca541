"""Constructors that take all parameters of their base besides their own, without writing them down again.

scikit-learn reads the names of parameters, which it copies and searches over, off the signature of a constructor.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature, signature
from typing import Any

Constructor = Callable[..., None]


def with_parameters_of(base: type) -> Callable[[Constructor], Constructor]:
    """The decorated constructor takes keywords for ``base``; ``inspect`` is shown their names, and then its own."""

    def joined(constructor: Constructor) -> Constructor:
        begin, *more = signature(constructor).parameters.values()
        own = [one for one in more if one.kind is Parameter.KEYWORD_ONLY]
        shown: Any = constructor
        shown.__signature__ = Signature([begin, *signature(base).parameters.values(), *own])
        return constructor

    return joined
