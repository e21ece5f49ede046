"""Who the bank is before the law, its texts version by version, and which of them somebody was told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ANSWERS = ("open", "yes", "no")
FORMS = ("open", "stock", "shares", "european", "limited", "cooperative", "public", "other")
TRAVEL = ("open", "paid", "limited", "not_paid")
KINDS = (
    "privacy_notice",
    "supervisor_consent",
    "confirmation",
    "invitation",
    "rejection",
    "offer",
    "training_notice",
)
STATUSES = ("draft", "in_approval", "approved", "withdrawn")
#: Columns that are empty until somebody fills them in.
FACTS = (
    "name",
    "street",
    "postcode",
    "town",
    "email",
    "phone",
    "officer",
    "officer_address",
    "officer_email",
    "officer_phone",
    "authority",
    "authority_address",
    "authority_url",
    "seat",
    "register_court",
    "register_number",
    "management",
    "board_chair",
    "vat_id",
    "supervision",
    "complaints",
    "works_council_contact",
    "representative_contact",
)
WORDS = ("processors", "third_countries_words", "travel_limits", "employment_terms")
#: Which rows say by which text somebody was told: table, column.
TOLD = (
    ("application", "supervisor_text_id"),
    ("offer", "text_id"),
    ("assignment", "notice_text_id"),
    ("message", "text_id"),
)
ON_ITS_WAY = sa.text("status IN ('draft', 'in_approval')")
#: The privacy notice as it stood in the product, in version 1, until texts were the bank's own.
SINCE = date(2026, 11, 1)
REASON = "The notice of the product, as it read before the bank had texts of its own."
NOTICE = {
    "en": """## Who is responsible

{bank}, which advertises the position, is responsible. Questions are answered by the contact person named in
the posting and in our mails; you can also write to our data protection officer at the bank's postal
address.

## Which data, and what for

We use what you give us: name, e-mail address, phone number if you enter one, your motivation, your answers,
your CV and the files that you add to an answer, with their text. We use it only to decide about this
application and to write to you about it.

We also store what happens with it: who judged which criterion and with what evidence, interviews, our
decision and its reason, and that you confirmed this notice.

Please leave out photo, date of birth, marital status and anything else that has nothing to do with the
position. We do not ask for it and do not look for it elsewhere.

## On what legal basis

Article 6(1)(b) GDPR: steps at your request before entering into a contract; in Germany together with
section 26 of the Federal Data Protection Act. To be able to answer for our decision we rely on Article
6(1)(f) GDPR.

## Who decides

People decide. A program may point to passages of your CV that share words with a criterion of the posting;
it gives no marks, makes no order and rejects nobody.

## Who sees it

The HR staff who look after the position, its hiring manager and the people who interview you. Your data
stays on the bank's own systems; there is no transfer to other countries and no advertising.

## How long

After a rejection or a withdrawal we delete your application {months} months after the day on which we wrote
to you or you withdrew it: your name, what you sent, our notes, and our mails to you. Until then we keep it,
because claims about the decision can be made in that time. What stays is that there was an application,
without anything about you.

An application whose place you gave to a later one is deleted {months} months after that.

If we hire you, your application becomes part of your personnel file. A file from a form that was never sent
is deleted after one day.

## Your rights

You can ask what we have stored about you, have it corrected, deleted or restricted, get it in a form that
machines can read, and object to its use. You can withdraw your application at any time on your own page.

You can complain to a data protection authority, for example the one for the place where you live.

You are not obliged to give us data. Without the fields that are not marked as optional we cannot look at
your application.
""",
    "de": """## Wer verantwortlich ist

Verantwortlich ist {bank} als ausschreibende Bank. Fragen beantwortet die Kontaktperson, die in der
Ausschreibung und in unseren E-Mails steht; Sie können auch unter der Postadresse der Bank an die Stelle für
Datenschutz schreiben.

## Welche Daten und wofür

Wir verwenden, was Sie uns geben: Name, E-Mail-Adresse, Telefonnummer (wenn Sie eine angeben), Ihre
Motivation, Ihre Antworten, Ihren Lebenslauf und die Dateien, die Sie einer Antwort beifügen, mit ihrem
Text. Wir verwenden es nur, um über diese Bewerbung zu entscheiden und Ihnen dazu zu schreiben.

Wir speichern auch, was damit geschieht: wer welches Kriterium mit welchem Beleg beurteilt hat, Interviews,
unsere Entscheidung und ihren Grund, und dass Sie diese Hinweise bestätigt haben.

Bitte lassen Sie Foto, Geburtsdatum, Familienstand und alles andere weg, was mit der Stelle nichts zu tun
hat. Wir fragen nicht danach und suchen auch nicht anderswo danach.

## Auf welcher Rechtsgrundlage

Art. 6 Abs. 1 Buchst. b DSGVO: Maßnahmen auf Ihre Anfrage vor einem Vertrag; in Deutschland zusammen mit §
26 BDSG. Damit wir für unsere Entscheidung einstehen können, stützen wir uns auf Art. 6 Abs. 1 Buchst. f
DSGVO.

## Wer entscheidet

Menschen entscheiden. Ein Programm kann auf Stellen Ihres Lebenslaufs zeigen, die Wörter mit einem Kriterium
der Ausschreibung teilen; es vergibt keine Noten, bildet keine Reihenfolge und sagt niemandem ab.

## Wer sie sieht

Die Beschäftigten des Personalbereichs, die die Stelle betreuen, die einstellende Führungskraft und die
Personen, die Sie interviewen. Ihre Daten bleiben auf den Systemen der Bank; es gibt keine Übermittlung in
andere Länder und keine Werbung.

## Wie lange

Nach einer Absage oder einem Rückzug löschen wir Ihre Bewerbung {months} Monate nach dem Tag, an dem wir
Ihnen geschrieben haben oder Sie sie zurückgezogen haben: Ihren Namen, was Sie geschickt haben, unsere
Notizen und unsere E-Mails an Sie. Bis dahin bewahren wir sie auf, weil in dieser Zeit Ansprüche wegen der
Entscheidung erhoben werden können. Es bleibt, dass es eine Bewerbung gab, ohne etwas über Sie.

Eine Bewerbung, an deren Stelle Sie eine spätere geschickt haben, löschen wir {months} Monate danach.

Stellen wir Sie ein, wird Ihre Bewerbung Teil Ihrer Personalakte. Eine Datei aus einem Formular, das nie
abgeschickt wurde, löschen wir nach einem Tag.

## Ihre Rechte

Sie können Auskunft verlangen, was wir über Sie gespeichert haben, es berichtigen, löschen oder einschränken
lassen, es in maschinenlesbarer Form erhalten und der Verwendung widersprechen. Ihre Bewerbung können Sie
jederzeit auf Ihrer eigenen Seite zurückziehen.

Sie können sich bei einer Datenschutzaufsicht beschweren, zum Beispiel bei der für Ihren Wohnort.

Sie sind nicht verpflichtet, uns Daten zu geben. Ohne die Felder, die nicht als freiwillig gekennzeichnet
sind, können wir Ihre Bewerbung nicht prüfen.
""",
}


def _enum(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Existing applications keep the notice that they were told: the product's own, as version 1 of the bank's."""
    op.create_table(
        "bank_duties",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in FACTS),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in WORDS),
        *(
            sa.Column(name, _enum(name, ANSWERS), nullable=False)
            for name in ("third_countries", "works_council", "representative", "public_employer")
        ),
        sa.Column("legal_form", _enum("legalform", FORMS), nullable=False),
        sa.Column("travel_costs", _enum("travelcosts", TRAVEL), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_bank_duties_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_duties")),
    )
    people = ("edited_by_id", "submitted_by_id", "approved_by_id")
    texts = op.create_table(
        "bank_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _enum("textkind", KINDS), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", _enum("textstatus", STATUSES), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in people),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status != 'approved' OR valid_from IS NOT NULL", name=op.f("ck_bank_text_approved_has_day")
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id != submitted_by_id",
            name=op.f("ck_bank_text_approved_by_a_second_person"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], ["user.id"], name=op.f(f"fk_bank_text_{name}"), ondelete="RESTRICT"
            )
            for name in people
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_text")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_bank_text_kind_number")),
    )
    for name in people:
        op.create_index(op.f(f"ix_bank_text_{name}"), "bank_text", [name])
    op.create_index(
        op.f("ix_bank_text_kind_status_valid_from"), "bank_text", ["kind", "status", "valid_from"]
    )
    op.create_index(
        "uq_bank_text_on_its_way",
        "bank_text",
        ["kind"],
        unique=True,
        sqlite_where=ON_ITS_WAY,
        postgresql_where=ON_ITS_WAY,
    )
    for table, column in TOLD:
        _add(table, column)
    _add("application", "privacy_text_id")
    _carry(texts)
    with op.batch_alter_table("application") as batch:
        batch.alter_column("privacy_text_id", existing_type=sa.Integer(), nullable=False)
        batch.drop_column("privacy_version")


def _add(table: str, column: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.add_column(sa.Column(column, sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f(f"fk_{table}_{column}"), "bank_text", [column], ["id"], ondelete="RESTRICT"
        )
        batch.create_index(op.f(f"ix_{table}_{column}"), [column])


def _carry(texts: sa.Table) -> None:
    """A bank that has advertised has told the notice of the product: that is its version 1, approved by nobody."""
    connection = op.get_bind()
    if not connection.scalar(sa.text("SELECT count(*) FROM posting")):
        return
    now = datetime.now(UTC).replace(tzinfo=None)
    op.bulk_insert(
        texts,
        [
            {
                "kind": "privacy_notice",
                "number": 1,
                "status": "approved",
                "text": NOTICE,
                "reason": REASON,
                "valid_from": SINCE,
                "created_at": now,
                "updated_at": now,
                "version": 1,
            }
        ],
    )
    first = sa.select(texts.c.id).where(texts.c.kind == "privacy_notice").scalar_subquery()
    op.execute(sa.update(sa.table("application", sa.column("privacy_text_id"))).values(privacy_text_id=first))


def downgrade() -> None:
    op.add_column("application", sa.Column("privacy_version", sa.Text(), nullable=False, server_default="1"))
    with op.batch_alter_table("application") as batch:
        batch.alter_column("privacy_version", existing_type=sa.Text(), server_default=None)
    for table, column in (*TOLD, ("application", "privacy_text_id")):
        with op.batch_alter_table(table) as batch:
            batch.drop_index(op.f(f"ix_{table}_{column}"))
            batch.drop_constraint(op.f(f"fk_{table}_{column}"), type_="foreignkey")
            batch.drop_column(column)
    op.drop_table("bank_text")
    op.drop_table("bank_duties")
