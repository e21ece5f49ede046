"""A write that is not a transition: rule, history and savepoint are the decorator's, the body is the business."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from rmhr.core import audit
from rmhr.core.policy import Rule

S = TypeVar("S")
P = ParamSpec("P")
R = TypeVar("R")


def operation(
    *, allow: Rule, done: Any
) -> Callable[[Callable[Concatenate[Any, S, P], R]], Callable[Concatenate[Any, S, P], R]]:
    """Turn `f(actor, subject, **data)` into an operation. Raises NotAllowed where the rule says no.

    `allow` is asked about (actor, subject) first. `done` is the sentence for the flash message and
    the history. The request, job or command that called it commits.
    """

    def decorate(
        function: Callable[Concatenate[Any, S, P], R],
    ) -> Callable[Concatenate[Any, S, P], R]:
        action = f"{function.__module__.split('.')[1]}.{function.__name__}"

        @wraps(function)
        def run(actor: Any, subject: S, /, *args: P.args, **data: P.kwargs) -> R:
            allow.require(actor, subject)
            with audit.acting(actor, action):
                return function(actor, subject, *args, **data)

        run.allow, run.done = allow, done  # type: ignore[attr-defined]
        audit.SENTENCES[action] = done
        return run

    return decorate
