"""The KPIs that a goal can be measured by, from rmhr/content/kpis.yaml, and what pages take from review.yaml."""

from __future__ import annotations

from rmhr.content import read, words
from rmhr.content.loading import Loaded, finished, in_step
from rmhr.core import registry
from rmhr.core.history import audit
from rmhr.core.i18n import LANGUAGES, Words, _
from rmhr.core.policy import SYSTEM
from rmhr.models.performance import Direction, Kpi

#: Numbers of sales and income. The rest is about quality, clients and conduct: pay and goals may not rest mainly
#: on the former (Article 27(4) Delegated Regulation (EU) 2017/565; ESMA guidelines ESMA35-43-3565).
COMMERCIAL = {
    "revenue_retention",
    "new_clients",
    "new_business_value",
    "new_business_profitability",
    "revenue_growth",
    "pipeline_conversion",
}

registry.SENTENCES.add("performance.load_content", _("KPIs loaded"))


def load() -> Loaded:
    """Bring the KPIs in step with their file; what somebody has edited stays."""
    wanted = {}
    for position, kpi in enumerate(read("kpis")["kpis"], 1):
        for meaning in kpi["variables"].values():  # shown beside the formula, see measures.py
            words(meaning)
        wanted[kpi["id"]] = {
            "position": position,
            "name": words(kpi["name"]),
            "question": words(kpi["question"]),
            "unit": kpi["unit"],
            "direction": Direction(kpi.among("direction", Direction)),
            "formula": kpi["formula"],
            "caution": words(kpi["caution"]) if "caution" in kpi else Words(),
            "commercial": kpi["id"] in COMMERCIAL,
        }
    _read_review()
    finished("kpis", "review")
    with audit.acting(SYSTEM, "performance.load_content"):
        return in_step(Kpi, wanted)


def _read_review() -> None:
    """Read what smart.py, records.py and the pages of reviews show from the file itself."""
    data = read("review")
    data["smart"]["vague_words"].only(*LANGUAGES)
    for letter in data["smart"]["criteria"]:
        letter.only("letter", "name", "question", "checks")
        words(letter["name"])
        words(letter["question"])
        for check in letter["checks"]:
            words(check.only("id", "hint")["hint"])
    for section in data["review_form"]["sections"]:
        for question in section.only("id", "questions")["questions"]:
            words(question)
    for item in data["meeting_agenda"]["items"]:
        words(item.only("minutes", "text")["text"])
