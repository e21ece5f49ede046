"""Certificates: as a PDF for those whom it concerns, and the page where anyone checks one."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts.policies import STAFF
from rmhr.core import clock
from rmhr.core.i18n import gettext
from rmhr.core.mail.outbox import public_url
from rmhr.core.policy import anyone
from rmhr.training import queries, records
from rmhr.training.certificate import certificate_pdf
from rmhr.training.views.blueprint import bp, certificates
from rmhr.web.auth import me
from rmhr.web.downloads import send_made


@bp.get("/<int:id>/certificate.pdf", access=STAFF)
def certificate(id: int) -> ResponseReturnValue:
    """The certificate, in the language of the person whom it belongs to."""
    assignment = queries.assignments.get(me(), id)
    proof = assignment.certificate
    if proof is None:
        abort(404)
    says = records.CERTIFICATE.read(proof).says
    data = certificate_pdf(
        person=says.person,
        course=says.course.in_(says.language),
        issued_on=says.issued_on,
        valid_until=says.valid_until,
        score=says.score,
        code=says.code,
        check_url=public_url("certificates.show", code=says.code),
        bank=says.bank,
        language=says.language,
        at=proof.created_at.replace(microsecond=0),
        revoked_on=proof.revoked_on,
    )
    name = f"{gettext('Certificate')} {says.course_code} {says.issued_on.isoformat()}"
    return send_made(data, f"{'-'.join(name.lower().split())}.pdf", inline=True)


@certificates.get("/", access=anyone)
def index() -> ResponseReturnValue:
    """Where a code is typed in."""
    code = request.args.get("code", "").strip()
    if not code:
        return render_template("training/check_code.html", code="", unknown=False)
    found = queries.certificates.certified(code)
    if found is None:
        return render_template("training/check_code.html", code=code, unknown=True), 404
    return redirect(url_for(".show", code=found.code))


@certificates.get("/<code>", access=anyone)
def show(code: str) -> ResponseReturnValue:
    """Whether a certificate is genuine and still valid."""
    found = queries.certificates.certified(code)
    if found is None:
        return render_template("training/check_code.html", code=code[:40], unknown=True), 404
    return render_template(
        "training/proof.html",
        says=records.CERTIFICATE.read(found).says,
        revoked_on=found.revoked_on,
        valid=found.valid_until >= clock.today(),
    )
