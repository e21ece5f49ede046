"""CVs of the demo bank's applicants: invented lives, made as real files of three kinds."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from werkzeug.datastructures import FileStorage

from rmhr.core import clock
from rmhr.core.files import pdf, store
from rmhr.core.files.store import Upload

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"

#: A life by kind; {place}, {since}, {clients} and {more} make it somebody's own. A line with a colon at its
#: end is a heading, one with a dash before it an item.
LIVES = {
    "adviser.en": """
Work:
Client adviser, private clients, {place}, since {since}
- I look after {clients} private clients with an annual meeting each, documented on the same day.
- 31 of my 58 new clients last year came by recommendation.
- Built the branch's checklist for first meetings; it is now used in four branches.
Service adviser, {place}, three years before that
- Opened accounts, checked identities and beneficial owners, answered about 40 enquiries a day.

Education:
Completed banking training (chamber of commerce), grade 1.7.
Evening degree in business administration.
Evidence of competence for investment advice since 2021.

Languages:
German C1, English B2 (certificate of 2023), {more}.

Besides work:
Treasurer of a rowing club with 320 members.
""",
    "adviser.de": """
Berufserfahrung:
Kundenberatung Privatkunden, {place}, seit {since}
- Betreuung von {clients} Privatkundinnen und Privatkunden mit jährlichem Gespräch und Finanzplan.
- Beratung zu Baufinanzierung und Vorsorge, Neukunden überwiegend durch Weiterempfehlung.
Service in der Filiale, {place}, zwei Jahre
- Kontoeröffnung, Legitimationsprüfung, Bearbeitung von Beschwerden innerhalb von zwei Tagen.

Ausbildung:
Abgeschlossene Bankausbildung (IHK), Note 1,9; Bankfachwirt (IHK) im Abendstudium.
Sachkundenachweis für die Anlageberatung in Vorbereitung, Prüfung im März.

Sprachen:
Deutsch C2, Englisch B2, {more}.

Ehrenamt:
Kasse eines Sportvereins, Abendkurs Haushaltsplanung an der Volkshochschule.
""",
    "lender.de": """
Berufserfahrung:
Firmenkundenbetreuung, {place}, seit {since}
- Kreditgeschäft mit {clients} kleinen und mittleren Unternehmen einschließlich Bilanzanalyse und Votum.
- Förderkredite des Landes und des Bundes, zuletzt 14 Zusagen im Jahr.
Kreditsachbearbeitung, {place}, drei Jahre
- Prüfung von Jahresabschlüssen, Sicherheiten und Planungsrechnungen.

Ausbildung:
Studium der Betriebswirtschaft, Schwerpunkt Finanzen, Abschluss Bachelor.

Sprachen:
Deutsch C2, Englisch C1, {more}.
""",
    "lender.en": """
Work:
Lending to small companies, {place}, since {since}
- Credit analysis of annual accounts for {clients} companies, from bakeries to boatyards.
- Presented proposals to the credit committee twice a month.

Education:
Degree in business, focus on finance.

Languages:
English C2, German B2 and learning, {more}.
""",
    "changer.en": """
Work:
Customer adviser in telecommunications, {place}, since {since}
- About {clients} conversations a month, best rating of the region two years in a row.
- Team lead for six colleagues during the move to a new system.

Education:
Vocational training in retail, in-house courses on conversation and complaints.

Languages:
German C1, English B1, {more}.
""",
}


def text(name: str, kind: str, **own: object) -> str:
    """One person's CV as plain text."""
    return f"{name}\n\n{LIVES[kind].strip().format(**own)}\n"


def made(name: str, ending: str, content: str) -> Upload:
    """The CV as a file of that kind, accepted the way an applicant's is. "scan" is a PDF without any text."""
    data = {"txt": content.encode, "docx": lambda: _word(content)}.get(ending)
    body = data() if data else _pdf(name, content if ending == "pdf" else "")
    stem = "_".join(name.replace("'", "").split())
    return store.accept(
        FileStorage(io.BytesIO(body), filename=f"CV_{stem}.{'pdf' if ending == 'scan' else ending}")
    )


CERTIFICATE = {
    "en": "Evidence of knowledge and competence for investment advice (section 87 WpHG)\n\nHeld by:\n{name}\n"
    "Passed before the Chamber of Commerce in Kiel, part written and part oral.",
    "de": "Sachkundenachweis für die Anlageberatung (§ 87 WpHG)\n\nInhaberin oder Inhaber:\n{name}\n"
    "Schriftlich und mündlich bestanden vor der Industrie- und Handelskammer zu Kiel.",
}
CERTIFICATE_NAME = {"en": "Certificate.pdf", "de": "Sachkundenachweis.pdf"}


def certificate(name: str, language: str) -> Upload:
    """What an adviser sends along with the CV."""
    content = CERTIFICATE[language].format(name=name)
    body = _pdf(content.splitlines()[0], content)
    return store.accept(FileStorage(io.BytesIO(body), filename=CERTIFICATE_NAME[language]))


def _pdf(name: str, content: str) -> bytes:
    lines = [
        {
            "text": line.removeprefix("- ").rstrip(":"),
            "head": line.endswith(":"),
            "item": line.startswith("- "),
        }
        for line in content.splitlines()
    ]
    data = {"title": name, "lines": lines[1:] if content else []}
    return pdf.render("applications/demo_cv.typ", data, language="en", at=clock.now())


def _word(content: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in content.splitlines())
    namespace = "http://schemas.openxmlformats.org/package/2006/content-types"
    override = f'<Override PartName="/word/document.xml" ContentType="{TYPES}.document.main+xml"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", f'<Types xmlns="{namespace}">{override}</Types>')
        file.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
    return out.getvalue()
