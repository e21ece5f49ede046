"""A write that is not a transition: a decorator asks the access rule and writes the history, the body does the work."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from rmhr.core import registry
from rmhr.core.history import audit
from rmhr.core.policy import AccessRule

S = TypeVar("S")
P = ParamSpec("P")
R = TypeVar("R")
S_contra = TypeVar("S_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)


class Operation(Protocol[S_contra, P, R_co]):
    """A function that writes, with its rule and the sentence that says it is done."""

    allow: AccessRule
    done: Any

    def __call__(self, actor: Any, subject: S_contra, /, *args: P.args, **data: P.kwargs) -> R_co:
        """Do it, if the rule allows it."""


def operation(
    *, allow: AccessRule, done: Any
) -> Callable[[Callable[Concatenate[Any, S, P], R]], Operation[S, P, R]]:
    """Turn `f(actor, subject, **data)` into an operation. Raises NotAllowed where the rule says no.

    `allow` is asked about (actor, subject) first. `done` is the sentence for the flash message and
    the history. The request, job or command that called it commits.
    """

    def decorate(
        function: Callable[Concatenate[Any, S, P], R],
    ) -> Operation[S, P, R]:
        action = f"{function.__module__.split('.')[1]}.{function.__name__}"

        @wraps(function)
        def run(actor: Any, subject: S, /, *args: P.args, **data: P.kwargs) -> R:
            allow.require(actor, subject)
            with audit.acting(actor, action):
                return function(actor, subject, *args, **data)

        made = cast("Operation[S, P, R]", run)
        made.allow, made.done = allow, done
        registry.SENTENCES.add(action, done)
        return made

    return decorate
