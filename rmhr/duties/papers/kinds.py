"""Which papers there are, and how one reads: its source in `rmhr/content/papers/`, with tables and the bank filled in.

A source has placeholders in braces ("{access}", "{bank}") and, in double brackets, what only the bank can add:
"[[day on which it begins to apply]]". What the bank has not said of itself is such a blank as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import LANGUAGES, OWN_NAMES, _, gettext, language, speaking
from rmhr.core.patterns import Pattern
from rmhr.duties import placeholders
from rmhr.duties.papers import tables
from rmhr.law import retention
from rmhr.models.duties import Answer, BankDuties
from rmhr.models.personal import Processing

#: What the bank has to add: "[[place, date]]".
BLANK = Pattern(r"\[\[([^\[\]]*)\]\]")


class Paper(LabelEnum):
    """What a bank needs to introduce the product; the value is the name of its file."""

    WORKS_AGREEMENT = "works-agreement", _("Draft of a works agreement"), "neutral", "people"
    IMPACT_ASSESSMENT = (
        "impact-assessment",
        _("Data protection impact assessment"),
        "neutral",
        "shield-exclamation",
    )
    RECORDS = "records-of-processing", _("Records of processing activities"), "neutral", "journal-text"


#: What each is for, in a sentence.
ABOUT: Mapping[Paper, object] = {
    Paper.WORKS_AGREEMENT: _(
        "For employer and works council: what is evaluated, who sees what, what can be switched off "
        "(sections 87(1) no. 6, 94 and 95 BetrVG)."
    ),
    Paper.IMPACT_ASSESSMENT: _(
        "For the data protection officer: description, necessity, risks, measures and what is left (Art. 35(7) GDPR)."
    ),
    Paper.RECORDS: _(
        "For the data protection officer: one entry for each processing, with all particulars of Art. 30(1) GDPR."
    ),
}

_TABLES: Mapping[str, Callable[[], str]] = {
    "access": tables.access,
    "automatic": tables.automatic,
    "competencies": tables.competencies,
    "holdings": tables.holdings,
    "kpis": tables.kpis,
    "lists": tables.lists,
    "mails": tables.mails,
    "moves": tables.moves,
    "nobodys": tables.nobodys,
    "periods": tables.periods,
    "reminders": tables.reminders,
    "roles": tables.roles,
    "special": tables.special,
    "unlimited": tables.unlimited,
}


def values() -> dict[str, Callable[[], str]]:
    """What a source may leave open besides facts of the bank: a table or a sentence of the code."""
    found = dict(_TABLES)
    for processing in Processing:
        for name in ("holdings", "subjects", "kinds", "kept"):
            found[f"{name}_{processing.value}"] = _of(getattr(tables, name), processing)
    found["months"] = lambda: str(retention.APPLICATIONS.number)
    return found


def _of(made: Callable[[Processing], str], processing: Processing) -> Callable[[], str]:
    return lambda: made(processing)


def facts(bank: BankDuties | None) -> dict[str, str]:
    """What the bank has said of itself; what it has not said is a blank."""
    said = placeholders.facts(bank)
    council = bank.works_council if bank else Answer.OPEN
    body = bank.representative if bank else Answer.OPEN
    given = {
        "bank": (said["bank"], gettext("registered name of the bank")),
        "address": (said["address"], gettext("address of the bank")),
        "email": (said["email"], gettext("e-mail address of the bank")),
        "phone": (said["phone"], gettext("phone number of the bank")),
        "management": (bank.management if bank else "", gettext("who represents the bank")),
        "officer": (
            said["officer"] if bank and bank.officer_email + bank.officer_phone else "",
            gettext("data protection officer, and how to reach them"),
        ),
        "authority": (said["authority"], gettext("supervisory authority for data protection")),
        "processors": (
            _in_a_row(said["processors"]),
            gettext("processors of the bank: hosting, mail, maintenance"),
        ),
        "transfers": (_transfers(bank), gettext("third countries, or that there are none")),
        "council": (
            _body(council, bank.works_council_contact if bank else ""),
            gettext("works council, and how to reach it"),
        ),
        "representative": (
            _body(body, bank.representative_contact if bank else ""),
            gettext("representative body for severely disabled employees, and how to reach it"),
        ),
    }
    return {name: value or f"[[{blank}]]" for name, (value, blank) in given.items()}


def _body(answer: Answer, contact: str) -> str:
    return gettext("none") if answer is Answer.NO else contact


def _transfers(bank: BankDuties | None) -> str:
    if bank is None or bank.third_countries is Answer.OPEN:
        return ""
    if bank.third_countries is Answer.NO:
        return gettext("There are none, as the bank has stated.")
    return _in_a_row(str(bank.third_countries_words))


def _in_a_row(text: str) -> str:
    """Lines that the bank has written one below the other, as they stand within a sentence."""
    return "; ".join(line.strip().removeprefix("-").strip() for line in text.splitlines() if line.strip())


def source(paper: Paper, code: str) -> str:
    """The text that a paper is made of, in one language."""
    return (files("rmhr.content") / "papers" / f"{paper.value}.{code}.md").read_text(encoding="utf-8")


def written(paper: Paper, bank: BankDuties | None) -> str:
    """A paper in the language that is spoken, blanks in double brackets. Raises KeyError for an unknown placeholder."""
    text = source(paper, language())
    known, said = values(), facts(bank)
    filled = {name: said[name] if name in said else known[name]() for name in placeholders.used(text)}
    return placeholders.filled(text, filled)


def missing(paper: Paper, bank: BankDuties | None) -> list[str]:
    """What the bank has still to add to a paper, in the language that is spoken; without making its tables."""
    return blanks(placeholders.filled(source(paper, language()), facts(bank)))


def blanks(text: str) -> list[str]:
    """What the bank has still to add, each once, in order."""
    return list(dict.fromkeys(found[1] for found in BLANK.finditer(text)))


def marked(text: str) -> str:
    """The text with its blanks as they stand in a file: bold, in brackets."""
    return BLANK.sub(lambda found: f"**[{found[1]}]**", text)


@dataclass(frozen=True)
class Section:
    """A part of a paper below a heading of its own."""

    number: int
    title: str
    text: str


def sections(text: str) -> list[Section]:
    """The parts of a paper by its headings of the second level; what stands before the first one has no title."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for line in text.splitlines():
        if line.startswith("## "):
            parts.append((line.removeprefix("## ").strip(), []))
        elif not line.startswith("# "):
            parts[-1][1].append(line)
    return [Section(number, title, "\n".join(lines).strip()) for number, (title, lines) in enumerate(parts)]


def document_name(paper: Paper, code: str) -> str:
    """The file of a paper in `docs/`: "works-agreement.md", "works-agreement.de.md"."""
    return f"{paper.value}.md" if code == LANGUAGES[0] else f"{paper.value}.{code}.md"


def document(paper: Paper, code: str) -> str:
    """A paper as it stands in `docs/`: of no bank in particular, and with a word on where it comes from."""
    with speaking(code):
        title, _newline, rest = marked(written(paper, None)).partition("\n")
        others = ", ".join(
            f"[{OWN_NAMES[other]}]({document_name(paper, other)})" for other in LANGUAGES if other != code
        )
        origin = gettext(
            "Generated by `flask docs` from `%(source)s` and the code. The product shows it with the particulars of "
            "the bank under “Papers for introduction”.",
            source=f"rmhr/content/papers/{paper.value}.{code}.md",
        )
        return f"{title}\n\n{others} · {origin}\n{rest}"


def documents() -> dict[str, Callable[[], str]]:
    """All papers in all languages, by the name of their file in `docs/`."""
    return {document_name(paper, code): _document(paper, code) for paper in Paper for code in LANGUAGES}


def _document(paper: Paper, code: str) -> Callable[[], str]:
    return lambda: document(paper, code)
