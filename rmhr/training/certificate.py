"""The certificate as a sheet of paper: one page, with a code that anyone can check."""

from __future__ import annotations

import io
from datetime import date, datetime

from babel.dates import format_date

from rmhr.core.files import pdf
from rmhr.core.i18n import gettext, speaking

TEMPLATE = "training/certificate.typ"
INK = "#12263a"


def certificate_pdf(
    *,
    person: str,
    course: str,
    issued_on: date,
    valid_until: date | None,
    score: int,
    code: str,
    check_url: str,
    bank: str,
    language: str,
    at: datetime,
    revoked_on: date | None = None,
) -> bytes:
    """A PDF (A4 across, tagged) in `language`. `score` in per cent; `at` (aware) is the moment of issue.

    A copy of one that is revoked says so (`revoked_on`). The QR code leads to `check_url`, the public page of `code`.
    """
    with speaking(language):
        note = gettext("Issued electronically; valid without a signature.")
        if revoked_on:
            day = _day(revoked_on, language)
            note = gettext("Revoked on %(day)s. This certificate is no longer proof of anything.", day=day)
        if pdf.missing(person + course + bank):
            gaps = gettext(
                "Characters that cannot be printed are shown as %(sign)s; the page at this address shows them all.",
                sign=pdf.BLANK,
            )
            note = f"{gaps} {note}"
        facts = [
            {"label": gettext("Passed on"), "value": _day(issued_on, language)},
            {
                "label": gettext("Valid until"),
                "value": _day(valid_until, language) if valid_until else gettext("without limit"),
            },
            {"label": gettext("Result"), "value": gettext("%(score)s%% of the points", score=score)},
            {"label": gettext("Certificate number"), "value": code},
        ]
        data = {
            "bank": bank,
            "title": gettext("Certificate"),
            "person": person,
            "lead": gettext("has passed the exam for the course"),
            "course": course,
            "facts": facts,
            "check_how": gettext(
                "Scan the code or open this address. The page says whether the certificate is valid."
            ),
            "check_url": check_url,
            "qr_alt": gettext("QR code that leads to %(url)s", url=check_url),
            "note": note,
        }
    return pdf.render(TEMPLATE, data, language=language, at=at, files={"qr.svg": _qr(check_url)})


def _day(day: date, language: str) -> str:
    return str(format_date(day, "d MMMM y" if language == "en" else "d. MMMM y", locale=language))


def _qr(url: str) -> bytes:
    import segno  # of all pages, a certificate has a code

    picture = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        picture, kind="svg", dark=INK, light=None, border=0, xmldecl=False
    )
    return picture.getvalue()
