"""The demo bank's applications: people in every status, and Lena's, from which all else follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.applications import disclosures, operations, queries, sources
from rmhr.applications.workflow import FLOW
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.calendar import is_working_day
from rmhr.demo import cvs, posting_lives
from rmhr.demo.building import REGION, application, at_work, day, person, posting
from rmhr.demo.duties import privacy_notice
from rmhr.models.accounts import User
from rmhr.models.applications import (
    Applicant,
    Application,
    Disability,
    Opinion,
    Party,
    StepKind,
    Verdict,
)
from rmhr.models.criteria import QuestionKind
from rmhr.models.postings import Posting
from rmhr.models.sourcing import ShareLink

MET, PARTLY, NOT = Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET


@dataclass(frozen=True, kw_only=True)
class Life:
    """Somebody who applied: when, with what, and what became of it."""

    name: str
    email: str
    at: str  # the posting
    days: int  # ago
    hour: int = 18
    language: str = "en"
    cv: str = "adviser.en"
    file: str = "txt"
    place: str = "Lübeck"
    since: int = 2021
    clients: int = 180
    more: str = "Danish A2"
    verdicts: tuple[Verdict, ...] = ()
    by: str = ""  # the channel of the link by which they came
    then: str = ""  # the last move: "shortlist", "reject:code" or "withdraw"
    tells: Disability | None = None  # of a severe disability
    objects: bool = False  # the representative body is not to take part


# fmt: off
PEOPLE: dict[str, Life] = {
    # Her page is the one that the pictures show: the first link belongs to her.
    "maren": Life(
        name="Maren Oltmanns", email="maren.oltmanns@example.org", at="altona", days=3, file="pdf",
        place="Eutin", clients=240, more="Danish B1", verdicts=(MET, MET, PARTLY)),
    "lena": Life(
        name="Lena Brandt", email="lena.brandt@example.org", at="old", days=71, file="pdf", place="Flensburg",
        clients=210, verdicts=(MET, MET, MET, MET), then="shortlist"),
    "jasper": Life(
        name="Jasper Quade", email="jasper.quade@example.org", at="old", days=70, by="LinkedIn",
        cv="changer.en", clients=400, place="Bremen", verdicts=(NOT, NOT, PARTLY, MET), then="reject:requirements"),
    "ragnhild": Life(
        name="Ragnhild Öster", email="ragnhild.oester@example.org", at="old", days=68, language="de",
        cv="adviser.de", place="Husum", verdicts=(MET, PARTLY, MET, MET), then="reject:experience"),
    # Private clients, Hamburg-Altona.
    "nadia": Life(
        name="Nadia Haddad", email="nadia.haddad@example.org", at="altona", days=25, by="StepStone", file="pdf",
        place="Glückstadt", clients=230, more="Arabic C2", verdicts=(MET, MET, MET, MET), then="shortlist"),
    "jule": Life(
        name="Jule Marquardt", email="jule.marquardt@example.org", at="altona", days=22, language="de",
        cv="adviser.de", place="Uetersen", clients=205, verdicts=(MET, MET, MET, MET), then="shortlist"),
    "sofie": Life(
        name="Sofie Dahl", email="sofie.dahl@example.org", at="altona", days=20, by="LinkedIn", file="docx",
        place="Kappeln", clients=260, more="Danish C1", verdicts=(MET, MET, MET, MET), then="shortlist"),
    "thore": Life(
        name="Thore Hinrichs", email="thore.hinrichs@example.org", at="altona", days=18, by="StepStone",
        language="de", cv="adviser.de", place="Heide", clients=190, verdicts=(MET, MET, PARTLY, MET), then="shortlist"),
    "farida": Life(
        name="Farida Rahimi", email="farida.rahimi@example.org", at="altona", days=16, file="pdf",
        place="Pinneberg", clients=150, more="Dari, Farsi", verdicts=(MET, MET, PARTLY, MET),
        then="shortlist"),
    "conor": Life(
        name="Conor O’Malley", email="conor.omalley@example.org", at="altona", days=17, by="LinkedIn",
        cv="changer.en", place="Hamburg", clients=520, verdicts=(NOT, NOT, NOT, PARTLY), then="reject:requirements",
        tells=Disability.EQUAL),
    "wiebke": Life(
        name="Wiebke Thomsen", email="wiebke.thomsen@example.org", at="altona", days=14, language="de",
        cv="adviser.de", place="Itzehoe", clients=170, verdicts=(MET, MET, MET, MET), then="withdraw"),
    "deniz": Life(
        name="Deniz Aydın", email="deniz.aydin@example.org", at="altona", days=10, by="University",
        file="docx", place="Neumünster", clients=130, more="Turkish C2", verdicts=(MET, PARTLY)),
    "inken": Life(
        name="Inken Petersen-Vogt", email="inken.vogt@example.org", at="altona", days=6, language="de",
        cv="adviser.de", file="docx", place="Rendsburg", clients=220, verdicts=(MET,)),
    "piotr": Life(
        name="Piotr Zieliński", email="piotr.zielinski@example.org", at="altona", days=5, file="scan"),
    "jonas": Life(
        name="Jonas Wiegand", email="jonas.wiegand@example.org", at="altona", days=2, by="LinkedIn",
        language="de", cv="adviser.de", place="Stade", clients=110, hour=21),
    "clara": Life(
        name="Clara Nyström", email="clara.nystroem@example.org", at="altona", days=1, by="Newsletter",
        place="Malmö", clients=200, more="Swedish C2", hour=20, tells=Disability.SEVERE, objects=True),
    "bastian": Life(
        name="Bastian Kröger", email="bastian.kroeger@example.org", at="altona", days=1, cv="changer.en",
        place="Buxtehude", clients=610, hour=8),
    # Business clients, Kiel.
    "henning": Life(
        name="Henning Claußen", email="henning.claussen@example.org", at="kiel", days=11, by="XING",
        language="de", cv="lender.de", file="pdf", place="Schleswig", clients=64, verdicts=(MET, MET, MET),
        then="shortlist", tells=Disability.SEVERE),
    "malte": Life(
        name="Malte Ehlers", email="malte.ehlers@example.org", at="kiel", days=11, language="de",
        cv="lender.de", file="pdf", place="Plön", clients=58, verdicts=(MET, MET, MET), then="shortlist"),
    "ebru": Life(
        name="Ebru Karadağ", email="ebru.karadag@example.org", at="kiel", days=9, language="de",
        cv="lender.de", place="Kiel", clients=48, more="Türkisch C2", verdicts=(MET, PARTLY, MET)),
    "oluwaseun": Life(
        name="Oluwaseun Adébáyọ̀", email="seun.adebayo@example.org", at="kiel", days=8, cv="lender.en",
        place="Eckernförde", clients=35, more="Yoruba C2", verdicts=(MET, PARTLY, NOT),
        then="reject:requirements"),
    "svea": Life(
        name="Svea Lorenzen", email="svea.lorenzen@example.org", at="kiel", days=4,
        by="Poster with QR code", language="de", cv="lender.de", place="Preetz", clients=52),
    "matteo": Life(
        name="Matteo Ricci", email="matteo.ricci@example.org", at="kiel", days=1, cv="lender.en",
        place="Hamburg", clients=40, more="Italian C2", hour=7),
}
# fmt: on
MOTIVATION = {
    "en": "I would like to look after people for many years instead of one conversation at a time. What your "
    "posting says about small portfolios and prepared meetings is how I want to work.\n\n"
    "I live close by and could start soon.",
    "de": "Ich möchte Menschen über viele Jahre begleiten und nicht nur ein Gespräch lang. Was in Ihrer "
    "Ausschreibung über kleine Bestände und vorbereitete Gespräche steht, entspricht meiner Arbeitsweise.\n\n"
    "Ich wohne in der Nähe und könnte bald anfangen.",
}
EVIDENCE = {
    MET: "Stands in the CV, with years and numbers.",
    PARTLY: "Part of it; ask in the interview.",
    NOT: "Nothing in the documents.",
}


HEARD = (
    (
        Party.REPRESENTATIVE,
        Opinion.DISAGREES,
        "On the phone: a course could make up for the missing training.",
    ),
    (Party.WORKS_COUNCIL, Opinion.AGREES, "On the phone, with nothing to add."),
)
REASONS = (
    "The posting asks for a completed banking training and for experience in advising private clients. Neither stands "
    "in the documents. We talked about a course that could make up for the training; it takes longer than the position "
    "can stay open."
)
#: Sent the wrong file first, and the right one an hour later.
SENT_TWICE = "matteo"
#: From this person on, the posting in Kiel says something else.
SECOND_VERSION_BEFORE = "svea"


def build() -> None:
    """Each sent, screened and decided in its time."""
    anna = person("anna")
    for key, life in PEOPLE.items():
        if key == SECOND_VERSION_BEFORE:
            with clock.at(_moment(6, 11)):
                posting_lives.second_version(anna)
        if key == SENT_TWICE:
            with clock.at(_moment(life.days, life.hour - 1)):
                _send(replace(life, cv="changer.en", clients=300))
        with clock.at(_moment(life.days, life.hour)):
            it = _send(life)
        left = life.days
        if life.verdicts:
            left = _next_working_day(left)
            with clock.at(_moment(left, 10)):
                criteria = it.posting_version.criteria
                operations.judge(
                    anna,
                    it,
                    verdicts={c.id: (v, EVIDENCE[v]) for c, v in zip(criteria, life.verdicts, strict=False)},
                )
        verb, _colon, reason = life.then.partition(":")
        if not verb:
            continue
        with clock.at(_moment(left, 15)):
            if verb == "withdraw":
                FLOW.perform(it.applicant, it, verb, note="I am staying where I am.")
            elif verb == "reject":
                if life.tells:
                    _hear(anna, it)
                FLOW.perform(anna, it, verb, reason=reason)
            else:
                _judge_the_rest(anna, it)
                FLOW.perform(anna, it, verb)
        if verb == "reject" and life.tells:
            with clock.at(_moment(left, 16)):
                parties = queries.disclosures.still_to_know(it.disclosure) if it.disclosure else []
                disclosures.tell_decision(anna, it, reasons=REASONS, parties=parties)
    _from_inside()
    _read_in_the_documents(anna)


def _hear(anna: User, it: Application) -> None:
    """What both bodies say of the intended rejection: one of them does not agree."""
    for party, opinion, said in HEARD:
        disclosures.write_down(
            anna, it, kind=StepKind.HEARD, party=party, day=clock.today(), how=said, opinion=opinion
        )


def _send(life: Life) -> Application:
    """The application as the form would have sent it; the old posting is closed by now and not asked."""
    where, answers = posting(life.at), _answers(life.clients)
    text = cvs.text(
        life.name, life.cv, place=life.place, since=life.since, clients=life.clients, more=life.more
    )
    # Whoever sends a proper document as a CV sends the certificate, too.
    certificate = cvs.certificate(life.name, life.language) if life.file == "pdf" else None
    given: dict[str, Any] = {
        "name": life.name,
        "phone": "",
        "language": life.language,
        "motivation": MOTIVATION[life.language],
        "answers": {q.id: answers[q.kind] for q in where.questions if q.kind in answers},
        "attached": {
            q.id: certificate for q in where.questions if certificate and q.kind is QuestionKind.FILE
        },
        "cv": cvs.made(life.name, life.file, text),
        "privacy_text": privacy_notice(),
        "disclosure": {"kind": life.tells, "objects": life.objects} if life.tells else None,
    }
    if where.further_places:
        named = [where.unit_id, *(each.unit_id for each in where.further_places)]
        given["places"] = named if life.language == "de" else named[:1]
    applicant = queries.applicants.outside(life.email) or Applicant(email=life.email)
    came = sources.credit(where, life.email, _link_code(where, life.by))
    return operations.send(applicant, where, came=came, **given)


def _link_code(posting: Posting, channel: str) -> str:
    """The code of the link to a posting for a channel; nothing without a channel."""
    query = sa.select(ShareLink.code).where(ShareLink.posting_id == posting.id, ShareLink.channel == channel)
    return db.session.scalars(query).one() if channel else ""


def _answers(clients: int) -> dict[QuestionKind, str]:
    """What one answers to a question of each kind."""
    return {
        QuestionKind.DATE: (clock.today() + timedelta(days=75)).replace(day=1).isoformat(),
        QuestionKind.YES_NO: "yes",
        QuestionKind.NUMBER: "39" if clients % 20 else "32.5",
        QuestionKind.MULTIPLE: "0,1",
        QuestionKind.SINGLE: str(clients % 4),
        QuestionKind.PERCENTAGE: str(50 + clients % 9 * 5),
        QuestionKind.RATING: str(3 + clients % 3),
    }


def _from_inside() -> None:
    """Oskar would like to go to Kiel. Neither Tomas, who leads him, nor Greta above, who would hire him, knows."""
    oskar, where = person("oskar"), posting("kiel")
    text = cvs.text(oskar.name, "lender.de", place="Hamburg", since=2021, clients=70, more="Dänisch A2")
    said = _answers(70)
    with clock.at(_moment(2, 19)):
        operations.apply_from_inside(
            oskar,
            where,
            supervisor_may_know=False,
            phone="",
            motivation="Ich berate schon heute Betriebe. Meine Familie lebt in Kiel, dort möchte ich bleiben.",
            answers={each.id: said[each.kind] for each in where.questions if each.kind in said},
            cv=cvs.made(oskar.name, "pdf", text),
            privacy_text=privacy_notice(),
        )


def _read_in_the_documents(anna: User) -> None:
    """Piotr says in his CV what he was not asked for in the form: Anna writes down where it stands."""
    with clock.at(_moment(4, 11)):
        disclosures.disclose(
            anna,
            application("piotr"),
            kind=Disability.SEVERE,
            source="CV, page 1: “degree of disability 50, card valid without end”.",
        )


def _judge_the_rest(anna: User, it: Application) -> None:
    """Whoever is shortlisted has been judged on every criterion."""
    judged = {mark.criterion_id for mark in it.marks}
    rest = {c.id: (PARTLY, "") for c in it.posting_version.criteria if c.id not in judged}
    operations.judge(anna, it, verdicts=rest)


def _moment(days: int, hour: int) -> Any:
    """What came on a weekend would have to be read on one: people here apply on days on which others work."""
    return at_work(day(-days), hour, 20)


def _next_working_day(days: int) -> int:
    """The first working day after that many days ago, yesterday at the latest."""
    left = max(days - 1, 1)
    while left > 1 and not is_working_day(day(-left), REGION):
        left -= 1
    return left
