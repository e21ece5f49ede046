"""Headers of mail that must travel in one piece: an address that is broken over two lines is none any more."""

from __future__ import annotations

from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import Policy, default


class Whole(UnstructuredHeader, BaseHeader):
    """A header that is written as it is. Python would otherwise encode what is longer than a line."""

    def fold(self, *, policy: Policy) -> str:
        """The one line of it."""
        return f"{self.name}: {self}{policy.linesep}"


class _Registry(HeaderRegistry):
    """Makes one header of ours whole; Python's own classes are for the others."""

    def __call__(self, name: str, value: object) -> BaseHeader:
        if name.lower() == "list-unsubscribe":
            return Whole(name, value)
        return super().__call__(name, value)


#: How our mails are written.
POLICY = default.clone(header_factory=_Registry())
