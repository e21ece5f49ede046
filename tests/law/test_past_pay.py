"""Nobody is asked what they earn or earned: which sentences ask, and where they are refused."""

from __future__ import annotations

import pytest

from rmhr.content import read
from rmhr.law.past_pay import asking

pytestmark = pytest.mark.once

ASKS = {
    "en": """
        What is your current salary?
        Please state your current annual gross salary.
        Salary history
        Tell us about your pay history.
        How much do you earn?
        How much do you currently make?
        What did you earn in your last job?
        What are you earning now?
        How much were you paid by your previous employer?
        Last salary
        Your most recent base salary in euros
        What was your previous remuneration?
        Previous or current compensation package
        Please attach your last three payslips.
        Upload a recent pay slip
        Proof of income
        Proof of your current salary
        Please bring a salary statement to the interview.
        What is your salary?
        What's your gross pay?
        State your salary and your notice period.
        Salary at your current employer
        Pay in your present position
        Tell us what you earn now.
        Say what you earned so far.
        How well are you paid at the moment?
        Current pay (gross, per year)
        Your salary today and your salary expectation
        Do not forget to state your current salary.
        Would you mind telling us your present income?
        Wouldn't you like to tell us your former salary?
        How much do you take home a month?
        Please name your former pay; we treat it in confidence.
    """,
    "de": """
        Wie hoch ist Ihr aktuelles Gehalt?
        Letztes Gehalt
        Bisheriges Gehalt
        Ihr derzeitiges Bruttojahresgehalt
        Bitte nennen Sie Ihr bisheriges Jahresgehalt.
        Was verdienen Sie jetzt?
        Was verdienen Sie zurzeit brutto im Jahr?
        Wie viel haben Sie zuletzt verdient?
        Wieviel verdienst du momentan?
        Was haben Sie bei Ihrem letzten Arbeitgeber verdient?
        Gehaltsnachweis
        Bitte fügen Sie Ihre letzten drei Gehaltsabrechnungen bei.
        Aktuelle Lohnabrechnung hochladen
        Verdienstbescheinigung des letzten Arbeitgebers
        Einkommensnachweis
        Gehaltshistorie
        Ihr Gehaltsverlauf der vergangenen fünf Jahre
        Gehalt in der letzten Stelle
        Gehalt bei Ihrem derzeitigen Arbeitgeber
        Wie hoch war Ihr Jahresbrutto?
        Wie hoch ist Ihr Einkommen?
        Wie werden Sie derzeit bezahlt?
        Geben Sie Ihr jetziges Gehalt und Ihre Gehaltsvorstellung an.
        Ihre derzeitige oder frühere Vergütung
        Zuletzt bezogenes Gehalt
        Vorgehalt
        Gehalt aktuell:
        Ihr früheres Entgelt
        Bitte teilen Sie uns Ihr gegenwärtiges Einkommen mit.
        Vergessen Sie nicht, Ihr bisheriges Gehalt anzugeben.
        Möchten Sie uns nicht Ihr letztes Gehalt verraten?
        Nennen Sie uns Ihr Gehalt.
        Bitte schreiben Sie, was Sie bisher verdient haben.
        Lohnsteuerbescheinigung des vergangenen Jahres
    """,
}
FINE = {
    "en": """
        What are your salary expectations?
        What is your salary expectation?
        What would you like to earn?
        How much do you want to earn?
        The pay range is 58,000 to 74,000 euros.
        State your salary expectations and your notice period.
        Please do not tell us your current or former pay; we do not ask for it.
        What you earn or earned so far is not a subject.
        Nobody is asked for their present or former pay.
        We never ask about your salary history.
        Please leave out your current salary.
        Your previous salary plays no role.
        The salary follows the current collective agreement.
        The current pay scale applies.
        Your place within the range follows what you have done with clients.
        Annual gross pay for full-time work, plus a variable part.
        What you earn: 58,000 to 74,000 euros.
        You check payslips and proof of income of clients who ask for a loan.
        You assess the current income of households.
        When could you start at the earliest?
        How much notice must you give your current employer?
        Tell us about your last job.
        What did you learn in your last position?
        How do you make clients feel at ease?
        What do you make of rising interest rates?
        Pay is reviewed every year.
        Have you been paid for advising before you qualified?
        What earned you the trust of your clients?
        In your present role, what do you enjoy most?
        Which pay would you expect?
        What is your current position?
        Compensation for overtime is agreed in the contract.
        Your former employer need not know.
    """,
    "de": """
        Was sind Ihre Gehaltsvorstellungen?
        Wie hoch ist Ihre Gehaltsvorstellung?
        Wie hoch ist Ihr Gehaltswunsch?
        Was möchten Sie verdienen?
        Wie viel würden Sie gern verdienen?
        Die Gehaltsspanne liegt zwischen 58.000 und 74.000 Euro.
        Bitte nennen Sie uns nicht Ihr derzeitiges oder früheres Gehalt; wir fragen nicht danach.
        Nach dem bisherigen Gehalt fragen wir nicht.
        Ihr bisheriges Gehalt spielt keine Rolle.
        Wir fragen niemanden nach dem aktuellen Einkommen.
        Bitte lassen Sie Ihr letztes Gehalt weg.
        Die Vergütung richtet sich nach dem aktuellen Tarifvertrag.
        Es gilt die aktuelle Entgeltordnung.
        Die aktuelle Gehaltsspanne steht auf der Seite.
        Das Gehalt liegt derzeit bei 58.000 bis 74.000 Euro.
        Jahresbruttoentgelt in Vollzeit, dazu ein variabler Teil von bis zu zwei Monatsgehältern.
        Was Sie bei uns verdienen: 58.000 bis 74.000 Euro.
        Sie prüfen Gehaltsabrechnungen und Einkommensnachweise von Kundinnen und Kunden.
        Sie beurteilen das derzeitige Einkommen von Haushalten.
        Wann könnten Sie frühestens anfangen?
        Welche Kündigungsfrist haben Sie bei Ihrem jetzigen Arbeitgeber?
        Was hat Ihnen in Ihrer letzten Stelle gefallen?
        Wie verdienen Sie sich das Vertrauen Ihrer Kundschaft?
        Womit verdient eine Werkstatt wirklich Geld?
        Das Gehalt wird jedes Jahr überprüft.
        Was hat sich an Ihrer früheren Arbeit bewährt?
        Sie haben sich früher um Kredite gekümmert?
        Belohnung für gute Arbeit
        Was ist Ihre derzeitige Position?
        Welches Gehalt erwarten Sie?
        Vergütung nach Tarif, Entgeltgruppe 9.
        Sagen Sie uns Ihre Gehaltsvorstellung.
        Wie viele Stunden pro Woche arbeiten Sie derzeit?
    """,
}


def _lines(given):
    return [line.strip() for text in given.values() for line in text.strip().splitlines()]


@pytest.mark.parametrize("sentence", _lines(ASKS))
def test_a_sentence_that_asks_for_past_pay_is_recognised(sentence):
    assert asking(sentence)
    assert asking(f"We look forward to you. {sentence} Wir freuen uns auf Sie.")


@pytest.mark.parametrize("sentence", _lines(FINE))
def test_a_sentence_that_asks_for_something_else_is_left_alone(sentence):
    assert asking(sentence) is None


def test_there_are_thirty_of_each_kind_in_each_language():
    for given in (ASKS, FINE):
        for code in ("en", "de"):
            assert len(_lines({code: given[code]})) >= 30


def _texts(node):
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for name, value in node.items():
            if name not in ("checks", "forbidden_topics", "do_not_ask"):
                yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


@pytest.mark.parametrize("name", ["posting_template", "competencies"])
def test_no_starter_text_asks_for_past_pay(name):
    assert [text for text in _texts(read(name)) if asking(text)] == []


def test_no_question_of_the_bank_asks_for_past_pay():
    guide = read("interview_questions")
    asked = [guide["competencies"], guide["interview_stages"]]

    assert [text for text in _texts(asked) if asking(text)] == []
