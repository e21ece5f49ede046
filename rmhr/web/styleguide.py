"""Every component in every state, with invented values: to look at while drawing. Not in production."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from flask import Flask, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import (
    BooleanField,
    DecimalField,
    EmailField,
    FileField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import InputRequired, Optional

from rmhr.core import charts, clock, timecharts
from rmhr.core.due.bounds import PLANNED
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words
from rmhr.core.policy import anyone
from rmhr.web.blueprint import Blueprint
from rmhr.web.days import DayField
from rmhr.web.forms import Form, LongTextField, TextField, Ticks, WordsField
from rmhr.web.nav import Link


class Example(LabelEnum):
    """One status of each tone."""

    SCREENING = "screening", "Screening", "info", "search"
    OPEN = "open", "Open", "good", "broadcast"
    SOON = "soon", "Due soon", "warning", "clock-fill"
    LATE = "late", "Overdue", "bad", "exclamation-circle-fill"
    DRAFT = "draft", "Draft", "neutral", "pencil"


class Mark(LabelEnum):
    """A verdict on a criterion."""

    MET = "met", "Met", "good", "check"
    PARTLY = "partly", "Partly", "warning", "circle-half"
    NOT_MET = "not_met", "Not met", "bad", "x-lg"


class Recommendation(LabelEnum):
    """Four steps, no middle."""

    CLEAR_NO = "clear_no", "Clear no", "bad", "x-lg"
    RATHER_NO = "rather_no", "Rather no", "warning", "dash-lg"
    RATHER_YES = "rather_yes", "Rather yes", "info", "check"
    CLEAR_YES = "clear_yes", "Clear yes", "good", "check2-all"


class ExampleForm(Form):
    """One field of each kind."""

    name = TextField("Full name", [InputRequired()])
    email = EmailField("E-mail", [InputRequired()], description="We send your private link to it.")
    phone = TextField("Phone", [Optional()])
    password = PasswordField("Password", [InputRequired()], description="At least 12 characters.")
    why = LongTextField("Why you", [InputRequired()], description="Three sentences are enough.")
    branch = SelectField(
        "Branch",
        [InputRequired()],
        choices=[SelectChoice("a", "Hamburg-Altona"), SelectChoice("k", "Kiel"), SelectChoice("l", "Lübeck")],
    )
    hours = RadioField(
        "Hours",
        [InputRequired()],
        choices=[SelectChoice("full", "Full time"), SelectChoice("part", "Part time")],
    )
    languages = Ticks(
        "Languages",
        [Optional()],
        choices=[SelectChoice("de", "German"), SelectChoice("en", "English")],
    )
    start = DayField("First working day", [InputRequired()], bounds=PLANNED, working=True)
    pay = DecimalField("Pay a year", [InputRequired()], description="Gross, for full-time work.")
    cv = FileField("CV", [InputRequired()], description="PDF, Word or text, 10 MB at most. Without photo.")
    title = WordsField("Title", [InputRequired()])
    duties = WordsField("Responsibilities", [InputRequired()], lines=5, description="One per line.")
    privacy = BooleanField("I have read the privacy notice (version 3, 1 September 2026).", [InputRequired()])
    pool = BooleanField("Keep my documents for other jobs, for 12 months.", description="Optional.")


@dataclass
class _Transition:
    """What the buttons need to know of a transition."""

    name: str
    label: str
    tone: str = "quiet"
    form: type | None = None
    confirm: str | None = None

    @property
    def asks(self) -> bool:
        return self.form is not None or self.confirm is not None


@dataclass
class _Move:
    transition: _Transition
    blocked: str | None = None


def _moves() -> dict[str, list[_Move]]:
    few = [
        _Move(_Transition("reject", "Reject…", "danger", Form)),
        _Move(_Transition("shortlist", "Shortlist", "primary")),
    ]
    stuck = [
        _Move(_Transition("edit", "Edit")),
        _Move(
            _Transition("publish", "Publish", "primary"),
            "Responsibilities and process are missing in German; the deadline is in the past.",
        ),
    ]
    many = [
        _Move(_Transition("offer", "Make an offer…", "primary", Form)),
        _Move(_Transition("invite", "Invite again")),
        _Move(_Transition("hold", "Put on hold", form=Form)),
        _Move(_Transition("pool", "Keep in the pool")),
        _Move(_Transition("reject", "Reject…", "danger", Form)),
    ]
    return {"few": few, "stuck": stuck, "many": many}


def _forms() -> dict[str, Form]:
    today = clock.today()
    good = ExampleForm(
        name="Maren Oltmanns",
        email="maren.oltmanns@example.org",
        why="I look after 240 households and know most of them by name.",
        branch="k",
        hours="full",
        languages=["de", "en"],
        start=today + timedelta(days=60),
        title=Words(en="Relationship Manager Private Clients", de="Relationship Manager Privatkunden"),
        duties=Words(en="Build trust\nKeep promises", de="Vertrauen aufbauen\nZusagen halten"),
        pool=True,
    )
    bad = ExampleForm(
        name="Maren Oltmanns",
        email="maren.oltmanns@",
        title=Words(en="Relationship Manager Private Clients"),
    )
    for name, message in {
        "email": "Something is missing after the @, for example name@example.org",
        "branch": "Choose a branch",
        "hours": "Choose your hours",
        "pay": "Enter a sum, for example 62,000",
        "cv": "“CV.pdf” is 14 MB. Save it smaller or choose another file.",
        "title": "The title is missing in German",
        "privacy": "Without this we may not read your application.",
    }.items():
        bad.refuse(name, message)
    return {"good": good, "bad": bad}


def _lists() -> list[Any]:
    """The menus of a list: nothing set, something to be kept, one of the saved views on."""
    home = url_for("styleguide.index")
    kept = [
        SimpleNamespace(id=number, name=name) for number, name in enumerate(("Kiel", "Waiting for me"), 1)
    ]
    names = ("Name", "Posting", "Stage", "Musts met", "Next step")
    columns = [SimpleNamespace(name=name.lower().replace(" ", "-"), label=name) for name in names]
    off = [(view, home, False) for view in kept]

    def listing(narrowed: dict[str, str], saved: list[tuple[Any, str, bool]]) -> Any:
        return SimpleNamespace(
            declared=SimpleNamespace(name="styleguide.index"),
            kept=narrowed,
            saved=saved,
            action=home,
            with_own_columns=home,
            columns=columns,
            shown=columns[:4],
        )

    narrowed = {"q": "Kiel"}
    return [listing({}, []), listing(narrowed, off), listing(narrowed, [(kept[0], home, True), off[1]])]


def _figures() -> dict[str, charts.Figure]:
    return {
        "share": charts.share(
            [("valid", 38, "ink"), ("open", 6, "muted"), ("soon", 5, "warning"), ("late", 5, "bad")],
            "54 assignments: 38 valid, 6 open, 5 soon, 5 late",
        ),
        "bar": charts.bar(
            [("Career site", 41), ("Referral", 17), ("Job board", 12), ("Talent pool", 3)],
            "Applications by source: career site 41, referral 17, job board 12, talent pool 3",
        ),
        "funnel": charts.funnel(
            [("applied", 73), ("shortlisted", 18), ("interviewed", 11), ("offered", 3), ("hired", 2)],
            "From 73 applications to 2 hires",
        ),
        "trend": charts.trend(
            [("Q1", 91.0), ("Q2", 91.6), ("Q3", 92.5), ("Q4", 93.4)],
            "Client retention by quarter: 91.0, 91.6, 92.5, 93.4 per cent; goal 93.0",
            goal=93.0,
        ),
        "ladder": charts.ladder(
            [("Observe", 4, 4), ("Assist", 1, 5), ("Lead", 0, 4), ("Sign-off", 0, 1)],
            "Shadowing: observe 4 of 4, assist 1 of 5, lead 0 of 4, then sign-off",
        ),
        "range": charts.range_(
            58000,
            74000,
            62000,
            68000,
            "From 58,000 to 74,000 euros a year, usual entry between 62,000 and 68,000",
            said=lambda value: f"€{value:,}",
            words="usual entry",
        ),
        "around": timecharts.around(
            [
                (-7, "−7", "7 days before", ["Person"]),
                (-1, "−1", "1 day before", ["Person"]),
                (7, "+7", "7 days late", ["Person", "Supervisor"]),
                (20, "+14 wd", "14 working days late", ["Supervisor", "HR"]),
            ],
            ["Person", "Supervisor", "HR"],
            "Four reminders around the day on which it is due",
            centre="due",
        ),
        "columns": timecharts.columns(
            [
                ("23 Nov" if day == 0 else "", f"day {day}", (day * 7) % 11, (day * 5) % 9)
                for day in range(14)
            ],
            "Mails per day for two weeks",
            names=("mails with the proposed rule", "mails as it is now"),
        ),
    }


def _day(offset: int) -> date:
    return clock.today() + timedelta(days=offset)


def _history() -> list[dict[str, Any]]:
    def at(days: int, hour: int, minute: int) -> datetime:
        return clock.moment(_day(days), hour, minute)

    rows = (
        ("Mara Lindqvist handed in her review", at(0, 9, 10), "Mara Lindqvist", "", True),
        ("Note added", at(0, 8, 55), "Anna Kessler", "Exam date is four months off.", False),
        ("Moved to screening", at(-1, 12, 0), "", "", True),
        ("Application received", at(-2, 18, 24), "", "", True),
    )
    return [
        {
            "sentence": sentence,
            "at": moment,
            "actor": actor,
            "actor_now": "",
            "note": note,
            "mark": mark,
            "about": (),
        }
        for sentence, moment, actor, note, mark in rows
    ]


AREAS = {
    **{"Today": "sun", "Postings": "megaphone", "Applications": "inbox", "Interviews": "chat-square-text"},
    **{"Offers": "envelope-paper", "Onboarding": "signpost-split", "Training": "mortarboard"},
    **{"People": "people", "Reports": "bar-chart", "Administration": "gear"},
}


def _frame() -> dict[str, Any]:
    """What stands around the page: ten areas, five tabs, somebody signed in. ?theme=dark shows the night."""
    home = url_for("styleguide.index")
    links = [
        Link(label=words, url=home, icon=name, current=index == 2, count=0 if index else 7, tab=index < 5)
        for index, (words, name) in enumerate(AREAS.items())
    ]
    given: dict[str, Any] = {
        "areas": links[: int(request.args.get("areas", 10))],
        "tabs": links[:5] if request.args.get("tabs") else [],
        "theme": request.args.get("theme", "system"),
        "bell": {"count": 3, "shown": "3", "words": "3"},
    }
    if "accounts.search" in current_app.view_functions:
        given["current_user"] = SimpleNamespace(
            name="Anna Kessler", email="anna.kessler@bank.example", is_authenticated=True
        )
    return given


def _cv() -> list[SimpleNamespace]:
    """A CV with two passages, as `document` takes it."""
    text: list[tuple[str, list[list[tuple[str, int | None]]]]] = [
        ("heading", [[("Work", None)]]),
        (
            "text",
            [
                [("Client adviser, Eutin, since August 2021", None)],
                [
                    ("I ", None),
                    ("look after 240 private clients", 2),
                    (" with an annual meeting each, documented on the same day.", None),
                ],
            ],
        ),
        ("heading", [[("Education", None)]]),
        (
            "text",
            [
                [("Bankkauffrau (IHK)", 1), (", 2015 to 2018, grade 1.7.", None)],
                [("Evening course <funds & certificates>, 80 hours.", None)],
            ],
        ),
    ]
    return [
        SimpleNamespace(
            kind=kind,
            lines=[[SimpleNamespace(words=words, number=number) for words, number in line] for line in lines],
        )
        for kind, lines in text
    ]


bp = Blueprint("styleguide", __name__, url_prefix="/styleguide")


@bp.get("/", access=anyone)
def index() -> ResponseReturnValue:
    """All of it on one page."""
    return render_template(
        "styleguide/index.html",
        **_frame(),
        statuses=list(Example),
        marks=list(Mark),
        recommendations=list(Recommendation),
        thing=SimpleNamespace(id=1, status=Example.SCREENING),
        moves=_moves(),
        forms=_forms(),
        figures=_figures(),
        lists=_lists(),
        history=_history(),
        cv=_cv(),
        in_=_day,
    )


@bp.route("/<int:id>/<name>", methods=["GET", "POST"], access=anyone)
def transition(id: int, name: str) -> ResponseReturnValue:
    """Where the example buttons lead: a question that a dialog can show. Answered, it does nothing."""
    return render_template("styleguide/question.html", name=name)


def register(app: Flask) -> None:
    """Add the page to a development server."""
    app.register_blueprint(bp)
