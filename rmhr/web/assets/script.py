"""One script: main.js and what it imports, each module in a scope of its own, in the order in which browsers run them.

What modules may write of imports and exports is what stands below, at the beginning of a line; anything else is refused
with its name, so that no module runs differently here than by itself.
"""

from __future__ import annotations

from pathlib import Path

from rmhr.core.patterns import Found, Pattern
from rmhr.web.assets.sheet import NotOne

_IMPORT = Pattern(
    r"(?m)^import (?:(?:\{(?P<words>[A-Za-z0-9_ ,]+)\}|\* as (?P<all>[A-Za-z0-9_]+)) from )?"
    r'"\./(?P<file>[a-z-]+\.js)";$'
)
_EXPORTED = Pattern(r"(?m)^export ((?:async )?function|const|class) ([A-Za-z0-9_]+)")
_EXPORTS = Pattern(r"(?m)^export \{([A-Za-z0-9_ ,]+)\};$")
#: Imports and exports in other words; what waits, or asks for its own address.
_OTHER = Pattern(r"(?m)^(?:import|export|await)[ *{(].*$|import(?:\(|\.meta).*$")


def whole(main: Path) -> str:
    """Returns `main` and what it imports as one script. Raises NotOne where they import each other in a circle."""
    scopes: dict[str, str] = {}
    _add(main, scopes, ())
    return "\n".join(scopes.values()) + "\n"


def _add(path: Path, scopes: dict[str, str], above: tuple[str, ...]) -> None:
    if path.name in above:
        raise NotOne(f"{' imports '.join((*above, path.name))}: a circle")
    if path.name in scopes:
        return
    text = _without_comments(path.read_text(encoding="utf-8"))
    for found in _IMPORT.finditer(text):
        _add(path.with_name(found["file"]), scopes, (*above, path.name))
    scopes[path.name] = _scope(path, text)


def _scope(path: Path, text: str) -> str:
    names = [name for _, name in _EXPORTED.findall(text)]
    for words in _EXPORTS.findall(text):
        names += [word.strip() for word in words.split(",") if word.strip()]
    text = _EXPORTS.sub(
        "", _EXPORTED.sub(lambda found: f"{found[1]} {found[2]}", _IMPORT.sub(_imported, text))
    )
    other = _OTHER.search(text)
    # A text over several lines could hold what looks like any of these, or like a comment.
    odd = other[0] if other else next((line for line in text.splitlines() if line.count("`") % 2), None)
    if odd:
        raise NotOne(f"{path.name}: rmhr/web/assets/script.py does not know what to do with {odd.strip()!r}")
    given = f"\nreturn {{ {', '.join(names)} }};" if names else ""
    return f"const {_name(path.name)} = (() => {{\n{text.strip()}{given}\n}})();"


def _without_comments(text: str) -> str:
    """The lines that say something to a browser."""
    return "\n".join(
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("//")
    )


def _imported(found: Found) -> str:
    source = _name(found["file"])
    if found["all"]:
        return f"const {found['all']} = {source};"
    if not found["words"]:
        return ""
    return f"const {{{found['words'].replace(' as ', ': ')}}} = {source};"


def _name(file: str) -> str:
    return "$" + file.removesuffix(".js").replace("-", "_")
