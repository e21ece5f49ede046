"""Flask and Jinja as this product runs them: the same, with less to do for each call, import and address of a page.

A page calls a few hundred functions from its templates and writes a few dozen addresses. What Flask and Jinja ask each
time (whether a function wants the context, which names an imported template adds) has one answer here.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import lru_cache
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from flask import Flask, has_request_context
from flask.globals import request_ctx
from flask.templating import Environment
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from rmhr.core.i18n import language

#: What is called as it stands, unless it says that it wants the context.
PLAIN = frozenset({FunctionType, MethodType, BuiltinFunctionType, type})
#: So many addresses, and so many pieces of pages, are remembered.
ADDRESSES, PIECES = 8192, 512


class _Context(Context):
    """What a template calls, without asking everything that Jinja allows a callable to be."""

    def call(__self, __called: Any, *args: Any, **named: Any) -> Any:
        """Call it. What a loop or block has set is for functions that want the context alone."""
        kind = type(__called)
        if kind is not Macro and (kind not in PLAIN or hasattr(__called, "jinja_pass_arg")):
            return super().call(__called, *args, **named)
        if named:
            named.pop("_block_vars", None)
            named.pop("_loop_vars", None)
        if kind is Macro:
            return __called(__self.eval_ctx, *args, **named)
        try:
            return __called(*args, **named)
        except StopIteration:
            return super().call(__called, *args, **named)


class _Environment(Environment):
    """Templates share the globals: none of them has any of its own."""

    context_class = _Context

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Returns the environment's own where there are no others: an import compares the two each time."""
        return super().make_globals(d) if d else self.globals


class Application(Flask):
    """The product as Flask knows it."""

    jinja_environment = _Environment

    def __init__(self, *given: Any, **more: Any) -> None:
        self._addresses: dict[Any, str] = {}
        super().__init__(*given, **more)

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """The address of a page: it follows from the rules and these values alone, so each is put together once."""
        adapter = request_ctx.url_adapter if has_request_context() else None
        if adapter is None or endpoint[:1] == "." or not all(map(_is_plain, values.items())):
            return super().url_for(endpoint, **values)
        self.inject_url_defaults(endpoint, values)
        key = (endpoint, adapter.script_name, adapter.default_method, *values.items())
        known = self._addresses.get(key)
        if known is None:
            if len(self._addresses) >= ADDRESSES:
                self._addresses.clear()
            known = self._addresses[key] = super().url_for(endpoint, **values)
        return known


def _is_plain(given: tuple[str, Any]) -> bool:
    name, value = given
    return name[:1] != "_" and type(value) in (str, int)


def once(macro: Any, *values: Any) -> Markup:
    """What a macro writes for these values in the language that is spoken, written once.

    For macros that ask for nothing but their values, which can be compared: the bar around every page, its keys.
    """
    return _written(macro, language(), values)


@lru_cache(maxsize=PIECES)
def _written(macro: Any, _language: str, values: tuple[Any, ...]) -> Markup:
    return Markup(macro(*values))
