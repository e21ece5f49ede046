"""The one page of all transitions: no copies beside it, nothing in front of it, what it shows before it is done."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import sqlalchemy as sa

from rmhr.applications.workflow import FLOW
from rmhr.core.errors import NotAllowed
from rmhr.core.mail import outbox
from rmhr.core.policy import anyone, the_system
from rmhr.core.registry import FLOWS
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus, PrivateLink
from rmhr.models.offers import OfferStatus
from rmhr.models.requisitions import RequisitionStatus
from rmhr.models.system import AuditEntry, Message
from rmhr.web.blueprint import Blueprint
from rmhr.web.transitions import Question, add_transition_route
from tests.factories import accounts, applications, offers
from tests.factories.postings import requisition
from tests.support.html import Html

S = ApplicationStatus
ROOT = Path(__file__).parent.parent.parent


def views():
    """Every module that answers requests: those that know Flask's request or ask for a template."""
    for path in sorted((ROOT / "rmhr").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        if {"render_template", "redirect"} & names:
            yield path, tree


def performed(tree: ast.AST) -> list[int]:
    """The lines on which a workflow's move is checked or performed by hand."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("perform", "check", "admit")
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id.isupper()
    ]


def people_s(flow):
    """The transitions that somebody can click; the others are the system's."""
    return {name for name, each in flow.transitions.items() if each.allow is not the_system}


#: Transitions that more than one question belongs to, and where their pages are.
SEVERAL_STEPS = {
    ("scorecards", "correct"): "interviews/views/scorecards.py",  # competency by competency
    ("onboarding", "move_first_day"): "onboarding/views.py",  # what moves is shown before it moves
}
#: What is recorded for a day that has come takes effect with it: nobody clicks that.
BY_ITSELF = {("employment", "take_effect")}


def test_only_the_generic_page_performs_a_transition():
    found = {path.relative_to(ROOT / "rmhr").as_posix() for path, tree in views() if performed(tree)}

    assert found == set(SEVERAL_STEPS.values())
    copy = 'def submit(id):\n    FLOW.perform(me(), get(id), "submit")\n    return redirect("/")'
    assert performed(ast.parse(copy)) == [2]


def test_nothing_shadows_the_address_of_a_transition(app):
    adapter = app.url_map.bind("localhost")
    routed = [(name, view) for name, view in app.view_functions.items() if hasattr(view, "flow")]

    for endpoint, view in routed:
        for name in set(view.names) & people_s(view.flow):
            address = adapter.build(endpoint, {"id": 1, "name": name}).partition("?")[0]
            for method in ("GET", "POST"):
                assert adapter.match(address, method=method)[0] == endpoint, f"{address} is another page"
    assert {view.flow.name for _endpoint, view in routed} >= {"applications", "offers", "scorecards"}


def test_a_transition_that_people_perform_has_its_page(app):
    paged = {
        (view.flow.name, name) for view in app.view_functions.values() for name in getattr(view, "names", ())
    }
    asked = {(flow.name, name) for flow in FLOWS.values() for name in people_s(flow)}

    assert asked - paged == SEVERAL_STEPS.keys() | BY_ITSELF


def test_a_page_of_a_transition_that_does_not_exist_is_refused_at_import():
    bp = Blueprint("trial", __name__)

    for wrong in ({"only": ("nonsense",)}, {"questions": {"nonsense": Question()}}):
        with pytest.raises(ValueError, match="nonsense"):
            add_transition_route(bp, FLOW, lambda *_: None, anyone, about=str, **wrong)


def test_behind_a_private_link_there_are_the_applicant_s_own_moves_alone(browser):
    it = applications.application(S.SCREENING)
    sent = offers.offer(OfferStatus.SENT)
    client = applications.holder(browser(), it.applicant)

    assert client.get(f"/careers/my-application/{it.id}/withdraw").status_code == 200
    assert client.get(f"/careers/my-application/{it.id}/reject").status_code == 404
    candidate = applications.holder(browser(), sent.application.applicant)
    assert candidate.get(f"/careers/my-application/offer/{sent.id}/accept").status_code == 200
    assert candidate.get(f"/careers/my-application/offer/{sent.id}/withdraw").status_code == 404


def test_a_rehearsal_says_what_would_be_said_and_leaves_nothing(session):
    it = applications.application(S.SCREENING, applicant=applications.applicant(language="de"))
    hr, reason = accounts.user(Role.HR), applications.rejection_reason()

    def rows():
        return [
            session.scalar(sa.select(sa.func.count(kind.id))) for kind in (Message, PrivateLink, AuditEntry)
        ]

    before = rows()
    (said,) = FLOW.rehearse(hr, it, "reject", reason=reason.code, personal="Alles Gute!")

    assert (said.outside, said.language, said.to_name) == (True, "de", it.name)
    assert reason.said["de"] in said.text
    assert "Alles Gute!" in said.text
    assert rows() == before
    assert (it.status, it.rejection_reason, it.version) == (S.SCREENING, None, 1)
    assert not outbox.rehearsing()


def test_a_rehearsal_asks_who_may_like_the_deed_itself():
    it = applications.application(S.SCREENING)

    with pytest.raises(NotAllowed):
        FLOW.rehearse(accounts.user(Role.RM), it, "reject", reason=applications.rejection_reason().code)
    assert not outbox.rehearsing()


def test_a_move_that_is_not_possible_leads_to_the_thing(browser):
    row = requisition(status=RequisitionStatus.FILLED)
    client = browser(accounts.user(Role.HR))

    opened = client.get(f"/requisitions/{row.id}/hold")
    sent = client.post(f"/requisitions/{row.id}/hold", data={"note": "Later"})

    assert (opened.status_code, sent.status_code) == (409, 409)
    assert Html(opened).texts("h1") == ["This cannot be done now"]
    assert Html(sent).texts("h1") == ["This was not done"]
    for page in (opened, sent):
        assert f'href="/requisitions/{row.id}">See its present state</a>' in page.text
