"""Headers of mail as they must travel: addresses of unsubscribing in one piece, names of people as one name.

Python folds a long display name by its words and loses the quotes around it: a comma in it then begins another address
(https://github.com/python/cpython/issues/80222). So names are encoded here, which is read alike however it is folded.
"""

from __future__ import annotations

from email.header import Header
from email.headerregistry import BaseHeader, HeaderRegistry, UniqueAddressHeader, UnstructuredHeader
from email.policy import Policy, default

#: Characters of a line (RFC 5322, section 2.1.1).
LINE = 76


class Whole(UnstructuredHeader, BaseHeader):
    """A header that is written as it is. Python would otherwise encode what is longer than a line."""

    def fold(self, *, policy: Policy) -> str:
        """The one line of it."""
        return f"{self.name}: {self}{policy.linesep}"


class Named(UniqueAddressHeader):
    """A header with addresses, whose names stay one name each. Python makes it a BaseHeader when it is used."""

    name: str

    def fold(self, *, policy: Policy) -> str:
        """Each address on lines of its own: its name encoded unless it is plain words, then the address itself."""
        lines: list[str] = []
        for address in self.addresses:
            name, spec = address.display_name, f"<{address.addr_spec}>"
            if not name:
                lines.append(spec)
                continue
            plain = name.isascii() and all(each.isalnum() or each == " " for each in name)
            if plain and len(name) < LINE - len(self.name) - 2:
                lines.append(name)
            else:
                encoded = Header(name, "utf-8", maxlinelen=LINE, header_name=self.name).encode(linesep="\n")
                lines += [line.strip() for line in encoded.split("\n")]
            if len(lines[-1]) + len(spec) < LINE - len(self.name) - 2:
                lines[-1] += f" {spec}"
            else:
                lines.append(spec)
            lines[-1] += ","
        if lines:
            lines[-1] = lines[-1].removesuffix(",")
        return f"{self.name}: " + f"{policy.linesep} ".join(lines) + policy.linesep


class _Registry(HeaderRegistry):
    """Makes the headers of ours; Python's own classes are for the others."""

    def __call__(self, name: str, value: object) -> BaseHeader:
        if name.lower() == "list-unsubscribe":
            return Whole(name, value)
        return super().__call__(name, value)


def _registry() -> _Registry:
    made = _Registry()
    for name in ("from", "to", "cc", "reply-to"):
        made.map_to_type(name, Named)  # type: ignore[arg-type]
    return made


#: How our mails are written.
POLICY = default.clone(header_factory=_registry())
