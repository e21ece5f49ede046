"""The starter texts: one per RM type, from rmhr/content/posting_template.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rmhr.content import Entry, plain, read, words
from rmhr.content.loading import Loaded, finished, in_step
from rmhr.core import registry
from rmhr.core.history import audit
from rmhr.core.i18n import LANGUAGES, Words, _
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType
from rmhr.models.criteria import CriterionKind, Importance, PostingTemplate, QuestionKind
from rmhr.models.postings import SectionKind
from rmhr.postings.coach import wording

#: What a new posting begins with besides its texts.
FACTS = (
    "employment",
    "hours",
    "remote",
    "remote_work",
    "starts",
    "pay_agreement",
    "pay_criteria",
    "pay_variable",
)

registry.SENTENCES.add("postings.load_content", _("Starter text loaded"))


def load() -> Loaded:
    """Bring the starter text of each RM type in step with its file; what somebody has edited stays."""
    wording.read_all()
    finished("coach")
    data = read("posting_template")
    data["facts"].only(*FACTS)
    wanted = {RmType(given.among("rm_type", RmType)): _template(given, data) for given in data["templates"]}
    finished("posting_template")
    with audit.acting(SYSTEM, "postings.load_content"):
        return in_step(PostingTemplate, wanted, key="rm_type")


def _template(given: Entry, data: Entry) -> dict[str, Any]:
    return {
        "title": words(given["title"]),
        "facts": plain(data["facts"]),
        "sections": [
            {"kind": kind.value, "text": dict(text)}
            for kind in SectionKind
            if (text := _section(kind, given, data))
        ],
        "criteria": [
            {
                "kind": each.among("kind", CriterionKind),
                "text": dict(words(each)),
                "importance": importance.value,
            }
            for importance, list_ in ((Importance.MUST, given["must"]), (Importance.NICE, given["nice"]))
            for each in list_
        ],
        "questions": [
            {
                "kind": each.among("kind", QuestionKind),
                "text": dict(words(each)),
                "choices": [dict(words(choice)) for choice in each.get("choices", ())],
                "required": each["required"],
            }
            for each in data["questions"]
        ],
    }


def _section(kind: SectionKind, given: Entry, data: Entry) -> Words | None:
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
