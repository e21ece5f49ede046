"""The editor of a posting as one page: what was typed, who has applied, what somebody else wrote meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from werkzeug.datastructures import MultiDict

from rmhr.accounts import queries as accounts
from rmhr.core.flow.seen import is_stale, seen_of
from rmhr.core.i18n import Words, _, gettext, ngettext
from rmhr.core.lists.declaration import Endless
from rmhr.models.accounts import Role, User
from rmhr.models.postings import Posting, SectionKind
from rmhr.models.workspace import FormDraft
from rmhr.postings import checklist, queries
from rmhr.postings.forms.postings import ROWS, EditForm
from rmhr.postings.forms.rows import append
from rmhr.postings.operations import agreed
from rmhr.postings.queries import public
from rmhr.postings.workflow import POSTINGS
from rmhr.web.auth import me
from rmhr.web.choices import Choices, Pair, number_of
from rmhr.web.edits import PLUMBING, changed_between, marks_of
from rmhr.web.fields import MOST_ROWS

#: The texts in the order of the page, in groups: the name of the group, its anchor, its parts.
GROUPS = (
    ("summary", (SectionKind.SUMMARY,)),
    ("ourselves", public.OURSELVES),
    ("job", public.MIDDLE),
    ("around", public.LAST),
)
#: The parts of the page in their order: anchor, name, and the fields besides the texts.
PARTS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("facts", _("Facts"), ("title", "level", "employment", "openings", "hours", "starts")),
    ("places", _("Places"), ("unit_id", "place", "remote_work", "remote", "further_places")),
    (
        "dates",
        _("Dates and readers"),
        (
            "opens_on",
            "closes_on",
            "audience",
            "closes_when_filled",
            "answer_days",
            "offer_days",
            "agency_on",
        ),
    ),
    ("people", _("People"), ("hiring_manager_id", "recruiter_id", "contact_phone")),
    (
        "pay",
        _("Pay"),
        (
            "pay_min",
            "pay_max",
            "currency",
            "pay_period",
            "usual_min",
            "usual_max",
            "pay_shown",
            "pay_variable",
            "pay_agreement",
            "pay_criteria",
        ),
    ),
    ("summary", _("The job in brief"), ()),
    ("ourselves", _("Who we are"), ()),
    ("job", _("The job"), ()),
    ("around", _("General conditions"), ()),
    ("criteria", _("Criteria"), ("criteria",)),
    ("questions", _("Questions"), ("questions",)),
)


_TEXTS = {anchor: tuple(map(checklist.field_of, kinds)) for anchor, kinds in GROUPS}


def draft_of(posting: Posting) -> str:
    """Under which name what is typed into the editor of this posting is kept."""
    return f"postings.edit:{posting.id}"


@dataclass(frozen=True)
class Difference:
    """A field that holds something else than what is typed here: its name, its anchor, and what it holds."""

    label: Any
    field: str
    stored: list[tuple[str, str]]  # (language or "", text)


class Editor:
    """One request to the editor: a form, and what there is to say about it."""

    def __init__(self, posting: Posting, form: EditForm, draft: FormDraft | None = None) -> None:
        self.posting = posting
        self.form = form
        self.draft = draft  # typed earlier, not saved, and not decided on yet
        self.differences: list[Difference] = []
        self.overtaken = False
        self._choices = {
            "units": Choices("units", accounts.units.UNITS),
            "managers": Choices("managers", _with_role(Role.SUPERVISOR)),
            "recruiters": Choices("recruiters", _with_role(Role.HR)),
        }
        self._prepare(form)

    @classmethod
    def for_posting(cls, posting: Posting, draft: FormDraft | None = None, *, resume: bool = False) -> Editor:
        """The form as it was sent, as it was left (`resume`), or else with what the posting says."""
        if request.method == "POST":
            return cls(posting, _filled(posting, EditForm.from_request))
        form = _filled(posting, EditForm.from_request)
        marks = marks_of(form, _held)
        if draft is not None and resume:
            typed = MultiDict([(each["name"], each["value"]) for each in draft.typed])
            form, draft = _filled(posting, lambda **values: EditForm(typed, **values)), None
        form.opened_with.data = marks
        return cls(posting, form, draft)

    @property
    def added(self) -> bool:
        """Whether only more rows were asked for; they are there then, and nothing is saved."""
        wanted = request.form.get("add", "") if request.method == "POST" else ""
        if wanted == "set":
            self._insert_set()
        elif wanted in ROWS:
            self.form.add_row(wanted)
            self._prepare(self.form)
        return wanted in (*ROWS, "set")

    def ready(self) -> bool:
        """Whether it may be saved: valid, still complete if it is public, and nobody was faster."""
        ready = self.form.ready()
        self.overtaken = request.method == "POST" and (
            not self.form.seen.data or is_stale(self.posting, self.form.seen.data)
        )
        if self.overtaken:
            self._compare()
            return False
        if ready and self.posting.status in agreed.STANDS:
            self._keep_complete()
            self._keep_agreed()
        return ready and not self.form.errors

    def values(self) -> dict[str, Any]:
        """What the operation receives."""
        return {
            "facts": self.form.facts(),
            "sections": self.form.sections(),
            "criteria": self.form.rows("criteria"),
            "questions": self.form.rows("questions"),
            "further_places": self.form.places(),
        }

    @property
    def status(self) -> int:
        """409 where somebody else was faster; else as of every form."""
        return 409 if self.overtaken else self.form.status

    def page(self) -> str:
        """The editor, with everything that was typed."""
        unready = self.posting.status in POSTINGS["submit"].sources
        gaps = checklist.gaps(self.posting) if unready else []
        return render_template(
            "postings/edit.html",
            posting=self.posting,
            form=self.form,
            groups=GROUPS,
            stations=_stations(gaps, self.form),
            gaps=gaps,
            coach=queries.findings.report(self.posting),
            applied=self._applied(),
            differences=self.differences,
            draft=self.draft,
            unready=unready,
            question_sets=queries.question_sets.all(),
            required=checklist.REQUIRED,
            field_of=checklist.field_of,
            here=url_for("postings.edit", id=self.posting.id),
        )

    def _applied(self) -> int:
        """How many have applied to what stands there now: nobody to what nobody could read."""
        if not self.posting.has_been_out:
            return 0
        return queries.versions.applied_as_known_to(me(), self.posting.current)

    def _insert_set(self) -> None:
        """Copy the questions of the chosen set behind those that are typed."""
        chosen = queries.question_sets.find(number_of(request.form.get("set")))
        if chosen is None:
            self.form.questions.errors = [gettext("Choose a set.")]
        elif not append(self.form.questions, chosen.questions):
            self.form.questions.errors = [
                gettext(
                    "There is no room for this set: a posting has at most %(number)s questions.",
                    number=MOST_ROWS,
                )
            ]

    def _prepare(self, form: EditForm) -> None:
        posting, units = self.posting, self._choices["units"]
        named = {unit.id: unit for unit in (posting.unit, *(each.unit for each in posting.further_places))}
        form.unit_id.offer_found(units, _pair(posting.unit))
        for row in form.further_places.entries:
            row.form.unit_id.offer_found(units, _pair(named.get(row.form.unit_id.data)))
        form.hiring_manager_id.offer_found(self._choices["managers"], _unless_gone(posting.hiring_manager))
        form.recruiter_id.offer_found(self._choices["recruiters"], _unless_gone(posting.recruiter))
        if self.posting.status in agreed.STANDS and "audience" in form:
            del form.audience  # switched on a page of its own, with a question before it

    def _keep_complete(self) -> None:
        """What strangers read must not lose what it needed to be published."""
        for gap in checklist.gaps(_written(self.form)):
            name = gap.field.split("-")[0]
            if name == "closes_on" and self.form.closes_on.data == self.posting.closes_on:
                continue
            self.form.refuse_at(gap.field, gap.words)

    def _keep_agreed(self) -> None:
        """What two people approved is not changed by one of them."""
        for name in agreed.broken(self.posting, self.form.facts(), self.form.rows("criteria")):
            self.form.refuse(name, agreed.FIXED)

    def _compare(self) -> None:
        """Say what the posting holds now where something else is typed; saving again keeps what is typed."""
        stored = _filled(self.posting, EditForm)
        self._prepare(stored)
        now = marks_of(stored, _held)
        theirs = changed_between(self.form.opened_with.data, now)
        against = [name for name in self.form._fields if name not in PLUMBING and self._differs(stored, name)]
        self.differences = [_difference(stored, name) for name in against if name in theirs]
        self.form.overtaken, self.form.adds = True, len(against) > len(self.differences)
        self.form.seen.data, self.form.opened_with.data = seen_of(self.posting), now

    def _differs(self, stored: EditForm, name: str) -> bool:
        return bool(_even(_held(self.form, name)) != _even(_held(stored, name)))


def _difference(stored: EditForm, name: str) -> Difference:
    """What a field holds now, in words."""
    if name == "further_places":
        places = [("", place) for _unit, place in stored.places()]
        return Difference(gettext("Further places"), "places", places)
    if name in ROWS:
        rows = [("", f"{number}. {row['text']}") for number, row in enumerate(stored.rows(name), 1)]
        return Difference(_row_names()[name], name, rows)
    return Difference(stored[name].label.text, name, _said(stored[name]))


def saved(posting: Posting, before: int) -> str:
    """What saving did, where another version began: which one, and who stays with the one before."""
    if posting.current.number == before:
        return gettext("Posting saved")
    applied = queries.versions.applied_as_known_to(me(), posting.versions[-2])
    return ngettext(
        "Posting saved. Version %(new)s begins; %(num)s application stays with version %(old)s.",
        "Posting saved. Version %(new)s begins; %(num)s applications stay with version %(old)s.",
        applied,
        new=posting.current.number,
        old=before,
    )


def _stations(gaps: list[checklist.Gap], form: EditForm) -> list[dict[str, Any]]:
    """The parts of the page, each done or with how much is wrong in what was sent, else how much is open."""
    missing = [gap.field.split("-")[0] for gap in gaps]
    wrong = [anchor.split("-")[0] for anchor, _said in form.wrong()]
    stations = []
    for anchor, words, fields in PARTS:
        inside = (*fields, *_TEXTS.get(anchor, ()))
        errors, open_ = (sum(name in inside for name in names) for names in (wrong, missing))
        note = None
        if errors:
            note = ngettext("%(num)s thing is not right", "%(num)s things are not right", errors)
        elif open_:
            note = ngettext("%(num)s thing open", "%(num)s things open", open_)
        state = "wrong" if errors else "open" if open_ else "done"
        stations.append({"words": words, "url": f"#{anchor}", "state": state, "note": note})
    return stations


def _filled(posting: Posting, make: Any) -> EditForm:
    texts = {checklist.field_of(kind): posting.section(kind) for kind in SectionKind}
    form: EditForm = make(**{"obj": posting, "seen": seen_of(posting), **texts})
    return form


def _held(form: EditForm, name: str) -> Any:
    """What a field holds, for its mark: of rows those that stay."""
    if name == "further_places":
        return form.places()
    return form.rows(name) if name in ROWS else form[name].data


def _written(form: EditForm) -> checklist.Written:
    return checklist.Written(
        title=form.title.data,
        place=form.place.data,
        hours=form.hours.data,
        remote=form.remote.data,
        starts=form.starts.data,
        pay_variable=form.pay_variable.data,
        pay_agreement=form.pay_agreement.data,
        pay_criteria=form.pay_criteria.data,
        pay_min=form.pay_min.data,
        pay_max=form.pay_max.data,
        closes_on=form.closes_on.data,
        criteria=[_Row(**row) for row in form.rows("criteria")],
        questions=[_Row(**row) for row in form.rows("questions")],
        texts=form.sections(),
    )


class _Row:
    """A typed row that reads like a stored one."""

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)


def _with_role(role: Role) -> Endless:
    return accounts.choices.people(accounts.people.has_role(role))


def _pair(named: Any) -> Pair | None:
    return (named.id, named.name) if named else None


def _unless_gone(person: User) -> Pair | None:
    """Whoever is chosen now stays possible even if they may no longer be; but nobody who left."""
    return _pair(person) if person.is_active else None


def _row_names() -> dict[str, str]:
    return {"criteria": gettext("Criteria"), "questions": gettext("Questions for applicants")}


def _even(value: Any) -> Any:
    """Line ends differ between a browser and what is kept; that is no difference."""
    if isinstance(value, Words):
        return {code: text.replace("\r\n", "\n").strip() for code, text in value.items() if text.strip()}
    return value or None


def _said(field: Any) -> list[tuple[str, str]]:
    if isinstance(field.data, Words):
        return [
            (str(name), field.data.get(code, ""))
            for code, name in checklist.NAMES.items()
            if field.data.get(code)
        ]
    if isinstance(field.data, bool):
        return [("", gettext("Yes") if field.data else gettext("No"))]
    for value, label, *_rest in field.iter_choices() if hasattr(field, "iter_choices") else []:
        if field.coerce(value) == field.data:
            return [("", str(label))]
    return [("", str(field._value()))] if field.data else []
