"""Routes that name their access rule. One without raises TypeError at import."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flask

from rmhr.core.policy import AccessRule


class Blueprint(flask.Blueprint):
    """`access=` has no default: a route without it raises TypeError at import."""

    def route(self, rule: str, *, access: AccessRule, **options: Any) -> Callable[..., Any]:  # type: ignore[override]
        """Register a view behind an access rule."""

        def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
            if getattr(view, "access", access) is not access:
                raise ValueError(f"{view.__name__}: one view, two access rules")
            view.access = access  # type: ignore[attr-defined]
            return super(Blueprint, self).route(rule, **options)(view)

        return decorate

    def get(self, rule: str, *, access: AccessRule, **options: Any) -> Callable[..., Any]:  # type: ignore[override]
        """Register a view for GET."""
        return self.route(rule, access=access, methods=["GET"], **options)

    def post(self, rule: str, *, access: AccessRule, **options: Any) -> Callable[..., Any]:  # type: ignore[override]
        """Register a view for POST that has no page of its own."""
        return self.route(rule, access=access, methods=["POST"], **options)
