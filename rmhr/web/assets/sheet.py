"""One style sheet: what is used of Bootstrap, the tokens, and each component in the order of components.css."""

from __future__ import annotations

from pathlib import Path

from rmhr.core.patterns import Pattern
from rmhr.web.assets import bootstrap

_COMMENT_OR_STRING = Pattern(r"""(?s)/\*.*?\*/|"[^"\n]*"|'[^'\n]*'""")
_IMPORT = Pattern(r'(?m)^@import url\("([a-z/.-]+)"\);$')
_ADDRESS = Pattern(r"""url\(["']?([^)]*)""")
#: What an address begins with that is found wherever the style sheet lies.
WITHIN = ("data:", "#")


class NotOne(ValueError):
    """A file says something that does not survive being put into one with the others."""


def whole(folder: Path) -> str:
    """Returns the style sheet of all pages; `folder` has tokens.css and components.css."""
    own = [_alone(folder / "tokens.css"), *(_alone(part) for part in _components(folder))]
    return "\n".join((bootstrap.used(), *own)) + "\n"


def _components(folder: Path) -> list[Path]:
    text = (folder / "components.css").read_text(encoding="utf-8")
    return [folder / name for name in _IMPORT.findall(text)]


def _alone(path: Path) -> str:
    """One file without its comments and the spaces before its lines."""
    text = path.read_text(encoding="utf-8")
    text = _COMMENT_OR_STRING.sub(lambda found: "" if found[0].startswith("/*") else found[0], text)
    others = [address for address in _ADDRESS.findall(text) if not address.startswith(WITHIN)]
    if others or "@import" in text:
        raise NotOne(
            f"{path.name} names another file: it would be looked for beside the whole, and by its old name"
        )
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
