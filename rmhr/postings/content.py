"""The starter texts: one per RM type, from rmhr/content/posting_template.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rmhr.content import read, words
from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import LANGUAGES, Words, _
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType
from rmhr.models.criteria import Importance, PostingTemplate
from rmhr.models.postings import SectionKind
from rmhr.postings import queries

registry.SENTENCES.add("postings.load_content", _("Starter text loaded"))


def load() -> int:
    """Add the starter text of each RM type that has none; say how many were added."""
    data = read("posting_template")
    known = {template.rm_type for template in queries.postings.templates()}
    added = 0
    with audit.acting(SYSTEM, "postings.load_content"):
        for given in data["templates"]:
            if (rm_type := RmType(given["rm_type"])) not in known:
                db.session.add(_template(rm_type, given, data))
                added += 1
    return added


def _template(rm_type: RmType, given: Mapping[str, Any], data: Mapping[str, Any]) -> PostingTemplate:
    return PostingTemplate(
        rm_type=rm_type,
        title=words(given["title"]),
        facts=data["facts"],
        sections=[
            {"kind": kind.value, "text": dict(text)}
            for kind in SectionKind
            if (text := _section(kind, given, data))
        ],
        criteria=[
            {"kind": each["kind"], "text": dict(words(each)), "importance": importance.value}
            for importance, list_ in ((Importance.MUST, given["must"]), (Importance.NICE, given["nice"]))
            for each in list_
        ],
        questions=[
            {
                "kind": each["kind"],
                "text": dict(words(each)),
                "choices": [dict(words(choice)) for choice in each.get("choices", ())],
                "required": each["required"],
            }
            for each in data["questions"]
        ],
    )


def _section(kind: SectionKind, given: Mapping[str, Any], data: Mapping[str, Any]) -> Words | None:
    """The text of one part: lists as Markdown; what is screened for is also what the page says is needed."""
    if kind is SectionKind.REQUIREMENTS:
        return _bullets(given["must"])
    if kind is SectionKind.NICE_TO_HAVE:
        return _bullets(given["nice"])
    text = given.get(kind.value) or data["common"].get(kind.value)
    if isinstance(text, list):
        return _bullets(text)
    return Words({code: said.strip() for code, said in words(text).items()}) if text else None


def _bullets(items: Iterable[Mapping[str, Any]]) -> Words:
    listed = list(items)
    return Words({code: "\n".join(f"- {each[code]}" for each in listed) for code in LANGUAGES})
