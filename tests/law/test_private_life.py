"""Nobody is asked for what no employer may know: which sentences ask, which do not, and where they are refused."""

from __future__ import annotations

import time

import pytest
from flask_babel import force_locale

from rmhr.content import read
from rmhr.core.i18n import LANGUAGES
from rmhr.law import past_pay
from rmhr.law.private_life import Topic, asking, objection, why
from tests.law.test_past_pay import _lines, _texts

pytestmark = pytest.mark.once

ASKS = {
    "en": """
        How old are you?
        When were you born?
        Which year were you born in?
        Date of birth:
        Please state your date of birth.
        What is your age?
        Are you over 50?
        When do you plan to retire?
        In what year did you finish school, and which year did you leave school?
        What star sign: your star sign?
        Are you married?
        Are you single or in a relationship?
        Marital status
        What does your husband do for a living?
        Does your partner agree to the move?
        What is your maiden name?
        Do you live alone?
        Do you have children?
        How many kids do you have?
        Are you planning to start a family?
        Do you want to have children in the next few years?
        Who looks after your children while you work?
        Are you pregnant?
        Could you become pregnant during the probation period?
        Do you plan to take parental leave?
        Have you arranged your child care?
        What is your religion?
        Are you a practising Muslim?
        Do you go to church?
        Which holidays do you celebrate?
        Would you take off your headscarf at work?
        Religious affiliation
        Do you have any illnesses?
        Do you suffer from a chronic disease?
        Are you disabled?
        How often were you sick last year?
        What is your state of health?
        Are you in good health?
        Do you smoke?
        Do you take any medication?
        Where are you really from?
        Where do you come from originally?
        What is your nationality?
        What is your mother tongue?
        Where were you born?
        Where is your accent from?
        Are you a member of a trade union?
        Which party do you vote for?
        What are your political views?
        What is your sexual orientation?
        Name, photo and date of birth
        Were your parents born here, or where do your parents come from?
        Your ethnic origin
        What is your year of birth?
        May we ask your age?
        Which decade do you belong to by birth?
        How many years until you draw your pension?
        Were you in school in the eighties?
        Is there a Mr or Mrs in your life?
        Do you have somebody at home who supports you?
        Have you recently got divorced?
        Any plans to tie the knot?
        Is anybody at home waiting for you in the evening?
        Do you have any dependants?
        Who picks up the kids from nursery when you work late?
        Is your family complete?
        Do you have a family to look after?
        Are you thinking about having children soon?
        Do you breastfeed?
        What faith were you brought up in?
        Do you need time off for prayers?
        Do you keep kosher or halal?
        Have you ever been treated for depression?
        Do you have any health restrictions we should know of?
        When did you last see a doctor?
        Do you have a disability card?
        Have you had Covid, and are you vaccinated?
        What country are you originally from?
        Where did you grow up?
        Which passport do you hold?
        Is English your first language?
        Are you in the works council or a union at your present bank?
        Who did you vote for at the last election?
    """,
    "de": """
        Wie alt sind Sie?
        Wann sind Sie geboren?
        Wo wurden Sie geboren?
        In welchem Jahr sind Sie geboren?
        Geburtsdatum
        Bitte nennen Sie Ihr Geburtsdatum.
        Ihr Alter?
        Sind Sie schon über 50?
        Wann gehen Sie in Rente?
        Wann haben Sie Abitur gemacht?
        Sind Sie verheiratet?
        Leben Sie in einer Partnerschaft?
        Familienstand:
        Was macht Ihr Mann beruflich?
        Würde Ihre Frau mit umziehen?
        Wollen Sie bald heiraten?
        Haben Sie einen festen Partner?
        Haben Sie Kinder?
        Wie viele Kinder haben Sie?
        Planen Sie, eine Familie zu gründen?
        Möchten Sie noch Kinder?
        Wer betreut Ihre Kinder, wenn Sie arbeiten?
        Sind Sie schwanger?
        Besteht eine Schwangerschaft?
        Planen Sie Elternzeit?
        Haben Sie einen Kinderwunsch?
        Wie organisieren Sie die Kinderbetreuung?
        Welche Religion haben Sie?
        Sind Sie katholisch?
        Gehen Sie in die Kirche?
        Zahlen Sie Kirchensteuer?
        Würden Sie Ihr Kopftuch ablegen?
        Konfession
        Haben Sie Vorerkrankungen?
        Leiden Sie an einer chronischen Krankheit?
        Sind Sie schwerbehindert?
        Wie oft waren Sie im letzten Jahr krank?
        Wie ist Ihr Gesundheitszustand?
        Wie viele Krankheitstage hatten Sie?
        Rauchen Sie?
        Nehmen Sie regelmäßig Medikamente?
        Woher kommen Sie ursprünglich?
        Wo kommen Sie wirklich her?
        Welche Staatsangehörigkeit haben Sie?
        Was ist Ihre Muttersprache?
        Haben Sie Migrationshintergrund?
        Woher kommt Ihr Nachname?
        Sind Sie Mitglied in einer Gewerkschaft?
        Welche Partei wählen Sie?
        Wie stehen Sie zu Gewerkschaften?
        Sind Sie homosexuell?
        Bitte Lebenslauf mit Geburtsdatum und Foto.
        Wo wurden Ihre Eltern geboren?
        Welchen Jahrgang haben Sie?
        Dürfen wir fragen, wie alt Sie sind?
        Wie viele Jahre haben Sie noch bis zur Rente?
        Wann werden Sie 60?
        In welchem Jahrzehnt sind Sie geboren?
        Gibt es einen Mann oder eine Frau an Ihrer Seite?
        Wartet abends jemand auf Sie?
        Sind Sie frisch geschieden?
        Steht bei Ihnen bald eine Hochzeit an?
        Mit wem leben Sie zusammen?
        Ist Ihre Familienplanung abgeschlossen?
        Wie alt sind Ihre Kinder?
        Wer holt die Kinder ab, wenn es einmal später wird?
        Haben Sie Familie?
        Könnte bei Ihnen bald ein Baby unterwegs sein?
        Stillen Sie?
        Sind Sie alleinerziehend?
        In welchem Glauben wurden Sie erzogen?
        Welcher Glaubensgemeinschaft gehören Sie an?
        Essen Sie halal oder koscher?
        Brauchen Sie Pausen zum Beten?
        Waren Sie schon einmal wegen Depressionen in Behandlung?
        Wann waren Sie zuletzt beim Arzt?
        Haben Sie einen Schwerbehindertenausweis?
        Sind Sie gegen Corona geimpft?
        Gibt es gesundheitliche Einschränkungen, von denen wir wissen sollten?
        Aus welchem Land stammen Sie?
        Wo sind Sie aufgewachsen?
        Welchen Pass haben Sie?
        Ist Deutsch Ihre Muttersprache?
        Waren Sie schon einmal im Betriebsrat oder in einer Gewerkschaft?
        Wen haben Sie bei der letzten Wahl gewählt?
    """,
}
FINE = {
    "en": """
        Which health insurance products have you sold?
        How do you explain children's savings accounts to parents?
        What would you offer a client who has just married?
        How old was the client relationship when you took it over?
        How do you advise clients of different ages?
        Tell us about a client in the health sector.
        How do you plan a client's retirement?
        Which pension products do you know?
        Have you worked with credit unions or with Union Investment?
        What does the European banking union mean for your clients?
        How do you keep a portfolio healthy?
        Are you authorised to work in Germany?
        Do you need a work permit?
        How well do you speak German and English?
        Where did you learn about us?
        Where do you see yourself in five years?
        Where are you most effective: at the desk or with clients?
        How long have you advised clients?
        Can you work on Saturdays twice a month?
        Can you travel to clients on three days a week?
        What do you need for a fair interview?
        Please do not send a photo or your date of birth.
        We do not ask for your age.
        Nobody is asked about family plans.
        Your nationality does not matter.
        Do you have experience with family businesses?
        How do you work with family offices?
        How do you treat clients who are ill?
        Which partner bank did you work with?
        How do you win a partner for a joint event?
        Do you have a driving licence?
        Are you available from January?
        Are you fit for the exam, and which licence do you hold?
        What is the age structure of your portfolio?
        How do you handle a deceased client's account?
        Tell us about a difficult conversation on inheritance among children.
        What kind of parent companies did you advise?
        How do you measure the health of a credit portfolio?
        How would you explain church tax on capital gains to a client?
        Describe a client whose origin of funds was unclear.
        What was the origin of the idea?
        Have you passed the exam under section 34f?
        Were you ever ill-prepared for a meeting?
        How do you deal with politically exposed persons?
        Which union of forces helped the project?
        How do you support colleagues who return from leave?
        When did you first lead a team?
        What year did you join your present bank?
        Do you have other jobs that could conflict with this one?
        How do you raise funds for a start-up?
        Have you got a mentor?
        What gives you energy?
        How would you advise a client who has just turned 65?
        Which retirement products would you offer a couple with two children?
        Where did you grow your portfolio fastest?
        Which passport documents do you check when a client opens an account?
        How do you talk to a client about a divorce?
        Did you ever work with a works council on new software?
        How do you explain a disability insurance to a craftsman?
        What do you do when a colleague is ill and clients wait?
        How old may an identity document be?
        What was the health check of your branch about?
        Which church or charity accounts did you look after?
        How do you advise families with children on saving?
        Which doctors did you win as clients?
        Do you have a family of funds that you prefer?
        Have you worked for a family-run bank?
        How do you keep the age of receivables low?
        What would your last manager say of you?
        How would your partner in the team describe you?
        How do you help parents who open an account for a child?
        When did you last see a client at home?
        How long have you lived the bank's values in your work?
        In which decade did your branch grow most?
        Which languages do you speak with clients?
        Do you have a clean criminal record?
    """,
    "de": """
        Welche Krankenversicherungen haben Sie verkauft?
        Wie erklären Sie Eltern ein Kinderkonto?
        Was bieten Sie einer Kundin an, die gerade geheiratet hat?
        Wie alt war die Kundenbeziehung, als Sie sie übernommen haben?
        Wie beraten Sie Kundinnen und Kunden verschiedenen Alters?
        Erzählen Sie von einem Kunden aus dem Gesundheitswesen.
        Wie planen Sie den Ruhestand einer Kundin?
        Welche Produkte der Altersvorsorge kennen Sie?
        Haben Sie mit Union Investment gearbeitet?
        Was bedeutet die Bankenunion für Ihre Kundschaft?
        Wie halten Sie ein Portfolio gesund?
        Dürfen Sie in Deutschland arbeiten?
        Brauchen Sie eine Arbeitserlaubnis?
        Wie gut sprechen Sie Deutsch und Englisch?
        Woher kennen Sie uns?
        Wo sehen Sie sich in fünf Jahren?
        Seit wann beraten Sie Kunden?
        Können Sie zweimal im Monat samstags arbeiten?
        Können Sie an drei Tagen in der Woche reisen?
        Was brauchen Sie für ein faires Gespräch?
        Bitte senden Sie kein Foto und kein Geburtsdatum.
        Wir fragen nicht nach Ihrem Alter.
        Nach der Familienplanung fragen wir niemanden.
        Ihre Staatsangehörigkeit spielt keine Rolle.
        Haben Sie Erfahrung mit Familienunternehmen?
        Wie arbeiten Sie mit Family Offices?
        Wie gehen Sie mit kranken Kundinnen um?
        Mit welcher Partnerbank haben Sie gearbeitet?
        Wie gewinnen Sie Partner für eine Veranstaltung?
        Haben Sie einen Führerschein?
        Sind Sie ab Januar verfügbar?
        Welche Lizenz haben Sie?
        Wie ist die Altersstruktur Ihres Bestands?
        Wie gehen Sie mit dem Konto einer verstorbenen Kundin um?
        Erzählen Sie von einem schwierigen Gespräch über das Erbe unter Kindern.
        Welche Muttergesellschaften haben Sie beraten?
        Wie prüfen Sie die Gesundheit eines Kreditbestands?
        Wie erklären Sie einer Kundin die Kirchensteuer auf Kapitalerträge?
        Wie prüfen Sie die Herkunft von Vermögen?
        Woher kam die Idee?
        Haben Sie die Prüfung nach § 34f abgelegt?
        Wie gehen Sie mit politisch exponierten Personen um?
        Welche Vereinigung von Kräften half dem Projekt?
        Wie helfen Sie Kolleginnen, die aus der Elternzeit zurückkommen?
        Wann haben Sie zum ersten Mal ein Team geführt?
        In welchem Jahr kamen Sie zu Ihrer jetzigen Bank?
        Haben Sie Nebentätigkeiten, die dieser Stelle im Weg stehen?
        Haben Sie eine Mentorin?
        Was gibt Ihnen Kraft?
        Trinken Sie einen Kaffee mit uns?
        Wie groß ist Ihr Kundenbestand?
        Wie alt ist das Unternehmen?
        Wie beraten Sie eine Kundin, die gerade 65 geworden ist?
        Welche Vorsorge bieten Sie einem Paar mit zwei Kindern an?
        Wo ist Ihr Bestand am schnellsten gewachsen?
        Welche Pässe prüfen Sie bei einer Kontoeröffnung?
        Wie sprechen Sie mit einem Kunden über eine Scheidung?
        Haben Sie schon einmal mit einem Betriebsrat über Software gesprochen?
        Wie erklären Sie einem Handwerker die Berufsunfähigkeitsversicherung?
        Was tun Sie, wenn eine Kollegin krank ist und Kunden warten?
        Wie alt darf ein Ausweis bei der Legitimation sein?
        Welche Kirchengemeinden haben Sie als Kunden betreut?
        Wie beraten Sie Familien mit Kindern beim Sparen?
        Welche Ärzte haben Sie als Kunden gewonnen?
        Haben Sie Familienunternehmen betreut?
        Was würde Ihre letzte Führungskraft über Sie sagen?
        Wie würde Ihr Partner im Team Sie beschreiben?
        Wann waren Sie zuletzt bei einem Kunden vor Ort?
        Welche Sprachen sprechen Sie mit Kunden?
        In welchem Jahrzehnt wuchs Ihre Filiale am meisten?
        Haben Sie ein Führungszeugnis?
        Wie lange leben Sie schon die Werte einer Genossenschaftsbank?
        Wie stillen Sie den Bedarf einer Kundin nach Sicherheit?
        Wie gehen Sie mit Beschwerden um?
        Haben Sie Beschwerden von Kunden bearbeitet?
        Welche Wahl würden Sie zwischen Fonds und Festgeld treffen?
    """,
}


@pytest.mark.parametrize("sentence", _lines(ASKS))
def test_a_sentence_that_asks_for_something_private_is_recognised(sentence):
    assert asking(sentence)
    assert asking(f"We look forward to you.\n{sentence}\nWir freuen uns auf Sie.")


@pytest.mark.parametrize("sentence", _lines(FINE))
def test_a_sentence_that_asks_for_something_else_is_left_alone(sentence):
    assert asking(sentence) is None


def test_there_are_more_than_a_hundred_in_each_language_half_of_them_innocent():
    for code in LANGUAGES:
        assert min(len(_lines({code: given[code]})) for given in (ASKS, FINE)) >= 70
    assert {asking(line).topic for line in _lines(ASKS)} == set(Topic)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_asks_reads_the_law_and_what_may_be_asked(app, language):
    with app.test_request_context(), force_locale(language):
        for line in _lines(ASKS):
            said = why(asking(line))
            assert "AGG" in said or "GG" in said
            assert str(asking(line).topic.instead) in said
        assert "2023/970" in objection("What is your current salary?")
        assert objection("Which pay would you expect?") is None


@pytest.mark.parametrize("name", ["posting_template", "competencies"])
def test_no_starter_text_asks_for_something_private(name):
    assert [text for text in _texts(read(name)) if asking(text)] == []


def test_no_question_of_the_bank_asks_for_something_private():
    guide = read("interview_questions")
    assert [text for text in _texts([guide["competencies"], guide["interview_stages"]]) if asking(text)] == []


HOSTILE = (
    "are you ",
    "do you have a ",
    "haben Sie ",
    "wann wie lange ",
    "your ",
    ", and ",
    "a",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_text_is_read_in_a_moment(piece):
    began = time.monotonic()
    asking(piece * 5000)
    past_pay.asking(piece[:3] * 300)
    assert time.monotonic() - began < 2
