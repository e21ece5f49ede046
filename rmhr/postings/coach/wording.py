"""The word lists of the coach (rmhr/content/coach.yaml): whole words with their endings, never parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rmhr.content import read
from rmhr.content import words as spoken
from rmhr.core.i18n import LANGUAGES, Words
from rmhr.postings.coach.reading import TEXTS, sentences

#: What "*" stands for.
ENDINGS = {
    "en": r"(?:s|es|ly|er|est|ed|ing)?",
    "de": r"(?:e|en|er|es|em|s|n|ns|in|innen|ste|sten|ster|ere|eren|erer|eres)?",
}


@dataclass(frozen=True)
class Hit:
    """A word of a list in a text: the entry, how it stands there (each spelling once), and what to write instead."""

    entry: str
    quoted: tuple[str, ...]
    instead: str


@dataclass(frozen=True)
class _List:
    pattern: re.Pattern[str]
    entries: tuple[tuple[str, str], ...]
    unless: re.Pattern[str] | None


def checks() -> Mapping[str, Any]:
    """The checks that look for words, in their order."""
    found: Mapping[str, Any] = read("coach")["words"]
    return found


def read_all() -> None:
    """Read the whole file of the coach. Raises ContentError where a check says less, or more, than the coach uses."""
    data = read("coach")
    for each in data["blocking"].values():
        _said(each.only("why", "suggestion"))
    for each in data["others"].values():
        _said(each.only("title", "what", "why", "suggestion"))
    for each in data["words"].values():
        each.only("title", "what", "why", *LANGUAGES, perhaps=("unless",))
        _said(each[name] for name in ("title", "what", "why"))
        for code in LANGUAGES:
            each[code].only("words", "but")["words"].items()
        each.get("unless", Words()).items()


def _said(texts: Any) -> None:
    for each in texts.values() if isinstance(texts, dict) else texts:
        spoken(each)


@lru_cache(maxsize=TEXTS * 20)
def hits(check: str, text: str, code: str) -> tuple[Hit, ...]:
    """The words of one check in a text of one language, each entry once."""
    return tuple(_hits(check, text, code))


def _hits(check: str, text: str, code: str) -> Iterator[Hit]:
    wanted = _compiled(check, code)
    found: dict[int, dict[str, None]] = {}
    for sentence in sentences(text):
        if wanted.unless and wanted.unless.search(sentence):
            continue
        for match in wanted.pattern.finditer(sentence):
            if match.lastgroup and match.lastgroup.startswith("w"):
                found.setdefault(int(match.lastgroup[1:]), {})[match[0]] = None
    for number, quoted in sorted(found.items()):
        entry, instead = wanted.entries[number]
        yield Hit(entry.translate({ord("*"): None, ord("~"): None}), tuple(quoted), instead)


@cache
def _compiled(check: str, code: str) -> _List:
    given = checks()[check]
    entries = tuple(given[code]["words"].items())
    named = [(entry, f"w{number}") for number, (entry, _instead) in enumerate(entries)]
    named += [(phrase, f"b{number}") for number, phrase in enumerate(given[code]["but"])]
    # The longest first: "young people" is found before "young", and then it is passed over.
    parts = [
        f"(?P<{name}>{_expression(entry, code)})"
        for entry, name in sorted(named, key=lambda each: -len(each[0]))
    ]
    unless = given.get("unless", {}).get(code)
    return _List(
        _whole("|".join(parts)),
        entries,
        _whole("|".join(map(re.escape, unless))) if unless else None,
    )


def _whole(expression: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{expression})(?!\w)", re.IGNORECASE)


def _expression(entry: str, code: str) -> str:
    """ "jung* Team*" as an expression: endings, any white space, "~" for the rest of a word."""
    escaped = r"\s+".join(re.escape(word) for word in entry.split())
    return escaped.replace(r"\*", ENDINGS[code]).replace(r"\~", r"\w*").replace("~", r"\w*")
