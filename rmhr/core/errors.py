"""The ways in which the product says no; each has one handler and one page."""

from __future__ import annotations


class DomainError(Exception):
    """A refusal in words for the person who asked. `url` and `verb`: where they find what they need now instead."""

    def __init__(self, message: str = "", *, url: str = "", verb: str = "") -> None:
        super().__init__(message)
        self.url, self.verb = url, verb


class NotAllowed(DomainError):
    """This person may not do this (403)."""


class NotPossible(DomainError):
    """Nobody can do this now (409)."""


class Stale(DomainError):
    """Somebody else was faster (409)."""


class WriteOutsideOperation(RuntimeError):
    """A bug: an audited row was about to be written with no operation running."""
