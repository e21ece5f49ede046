"""The part of Bootstrap's style sheet that pages use. It is read from the wheel: nothing of it is copied in here."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from rmhr.core.patterns import Pattern

#: Every class of Bootstrap that a page of ours has; tests/web/test_assets.py finds what is missing here or too much.
CLASSES = frozenset(
    {
        "btn",
        "btn-danger",
        "btn-link",
        "btn-primary",
        "disabled",
        "figure",
        "form-control",
        "form-select",
        "lead",
        "mark",
        "row",
        "small",
        "table",
        "visually-hidden",
    }
)

#: What can hide a brace from whoever counts them; the braces; the end of a rule without a block.
_MARK = Pattern(r""""[^"]*"|'[^']*'|[{};]""")
_NOT = Pattern(r":not\([^()]*\)")
_CLASS = Pattern(r"\.([A-Za-z][A-Za-z0-9_-]*)")


def whole() -> str:
    """Returns Bootstrap as the wheel brings it, without spaces."""
    path = files("flask_bootstrap") / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
    return path.read_text(encoding="utf-8").removeprefix('@charset "UTF-8";')


def classes(css: str) -> set[str]:
    """Returns every class that a selector of this style sheet names."""
    found: set[str] = set()
    for selector, block in _rules(css):
        found |= classes(block) if selector.startswith("@") else set(_CLASS.findall(selector))
    return found


def used() -> str:
    """Returns Bootstrap without the rules of parts that no page has, with its note of copyright."""
    note, _, rules = whole().partition("*/")
    return f"{note}*/\n{_kept(rules)}"


def _kept(css: str) -> str:
    kept = []
    for selector, block in _rules(css):
        if selector.startswith(("@media", "@supports")):
            block = _kept(block)
        elif selector.startswith("@"):
            continue  # animations: they belong to parts that no page has
        else:
            selector = ",".join(one for one in selector.split(",") if _is_used(one))
        if selector and block:
            kept.append(f"{selector}{{{block}}}")
    return "\n".join(kept)


def _is_used(selector: str) -> bool:
    return CLASSES.issuperset(_CLASS.findall(_NOT.sub("", selector)))


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Each rule on the outermost level: what stands before its block, and the block."""
    depth = begin = opened = 0
    for mark in _MARK.finditer(css):
        if mark[0] == "{":
            depth += 1
            opened = mark.start() if depth == 1 else opened
        elif mark[0] == "}":
            depth -= 1
            if depth == 0:
                yield css[begin:opened].rpartition("*/")[2].strip(), css[opened + 1 : mark.start()]
                begin = mark.end()
        elif mark[0] == ";" and depth == 0:
            begin = mark.end()
