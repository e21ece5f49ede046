"""What the people of the demo bank have written in reviews, each in the language they work in."""

from __future__ import annotations

#: For each competency in its order (rmhr/content/competencies.yaml), by the language of who writes.
OWN_EVIDENCE = {
    "en": (
        "Explained the new fees to a couple in five sentences; they repeated them correctly.",
        "Keep a note of plans and family news for each household and begin every meeting with it.",
        "Offered three households a savings plan after asking about their plans; two took it.",
        "Found the error in the cash-flow plan of a practice before the credit desk did.",
        "Plan the week on Friday; no call back took longer than a day since May.",
        "Proposed a bridge loan where the client had asked for a longer one.",
        "Looked at which households will retire in the next five years and spoke to the first ten.",
        "Told a client that the fund did not fit, although he wanted it; he stayed.",
        "Attach the cost sheet before the meeting; no finding in the spot checks since August.",
        "Moved my households into the new system within the first week, as planned.",
        "Took over the mortgage cases of a colleague who was ill for three weeks.",
        "Asked for the origin of a transfer that looked unusual and wrote it down.",
    ),
    "de": (
        "Einem Paar die neuen Gebühren in fünf Sätzen erklärt; sie haben sie richtig wiederholt.",
        "Halte zu jedem Haushalt Pläne und Familiennachrichten fest und beginne jedes Gespräch damit.",
        "Drei Haushalten einen Sparplan angeboten, nachdem ich nach ihren Plänen gefragt hatte; zwei haben ihn.",
        "Den Fehler im Liquiditätsplan einer Praxis gefunden, bevor die Marktfolge ihn sah.",
        "Plane die Woche am Freitag; seit Mai dauerte kein Rückruf länger als einen Tag.",
        "Eine Zwischenfinanzierung vorgeschlagen, wo ein längeres Darlehen gewünscht war.",
        "Nachgesehen, welche Haushalte in den nächsten fünf Jahren in Rente gehen, und die ersten zehn angesprochen.",
        "Einem Kunden gesagt, dass der Fonds nicht passt, obwohl er ihn wollte; er ist geblieben.",
        "Lege das Kostenblatt vor dem Gespräch bei; seit August keine Feststellung in den Stichproben.",
        "Meine Haushalte wie geplant in der ersten Woche in das neue System übernommen.",
        "Drei Wochen lang die Finanzierungen eines erkrankten Kollegen betreut.",
        "Nach der Herkunft einer auffälligen Überweisung gefragt und die Antwort festgehalten.",
    ),
}
EVIDENCE = {
    "en": (
        "The letter to the households with expiring rates was clear enough that hardly anybody had to ask back.",
        "Rang all 14 households with expiring fixed rates before the bank’s letter went out. Won back a practice.",
        "Asks first and offers later; in the two meetings I joined, the need was clear before any product was named.",
        "The figures for the practice held in the credit decision.",
        "Records were late twice in spring, not since; call backs within a day.",
        "Found a third way with the mortgage desk when both offers had been refused.",
        "The list of households near retirement is now used by the whole branch.",
        "Advised against a fund and wrote down why; the client said thank you for it.",
        "Two findings in spring, none since August.",
        "Led the move of the branch to the new system; it was done a week early.",
        "Is named first when colleagues are asked who helps.",
        "Followed up the unusual transfer properly; compliance confirmed it.",
    ),
    "de": (
        "Der Brief an die Häuser mit auslaufenden Linien war so klar, dass kaum jemand nachfragen musste.",
        "Kennt die Pläne der zehn größten Kunden, ohne nachzusehen; ein Familienbetrieb kam zurück.",
        "Fragt zuerst und bietet später an; in beiden Gesprächen, bei denen ich dabei war, stand der Bedarf zuerst.",
        "Die Zahlen für den Zulieferer hielten in der Kreditentscheidung stand.",
        "Unterlagen kamen im Frühjahr zweimal spät, seither nicht mehr; Rückrufe innerhalb eines Tages.",
        "Hat mit der Marktfolge einen dritten Weg gefunden, als beide Angebote abgelehnt waren.",
        "Die Liste der Betriebe vor der Nachfolge nutzt jetzt die ganze Region.",
        "Hat von einem Geschäft abgeraten und aufgeschrieben, warum; der Kunde hat sich dafür bedankt.",
        "Zwei Feststellungen im Frühjahr, seit August keine.",
        "Hat den Umzug der Filiale auf das neue System geleitet; er war eine Woche früher fertig.",
        "Wird als Erste genannt, wenn man fragt, wer hilft.",
        "Ist der auffälligen Überweisung sauber nachgegangen; Compliance hat es bestätigt.",
    ),
}
OWN_WORDS = {
    "en": (
        "I am proud of two things: the practice that came back in summer, and the call that a widow made to thank us "
        "for the time we took.\n\nI would write up my meetings earlier. In spring they were late, and it cost me."
        "\n\nFrom my supervisor I need an afternoon a month without meetings."
    ),
    "de": (
        "Auf zweierlei bin ich stolz: auf die Praxis, die im Sommer zurückkam, und auf den Anruf einer Witwe, die "
        "sich für die Zeit bedankt hat, die wir uns genommen haben.\n\nIch würde meine Gespräche früher festhalten. "
        "Im Frühjahr war ich damit zu spät, und das hat mich Zeit gekostet.\n\nVon meiner Führungskraft brauche ich "
        "einen Nachmittag im Monat ohne Termine."
    ),
}
SUMMARY = {
    "en": (
        "A good year with clients who stay. What stands out is the calm way of bringing unwelcome news early.\n\n"
        "The records were late in spring and are in order since then; that should stay so. The next step is to pass on "
        "how meetings are prepared."
    ),
    "de": (
        "Ein gutes Jahr mit Kundschaft, die bleibt. Heraus sticht die ruhige Art, Unangenehmes früh "
        "anzusprechen.\n\nDie Unterlagen kamen im Frühjahr spät und sind seither in Ordnung; so soll es bleiben. Der "
        "nächste Schritt ist, auch einmal Nein zu sagen, wenn ein Geschäft nicht passt."
    ),
}
NOTES = {
    "en": (
        "We went through the levels that lie apart and saw most of it the same way. The records are no longer a topic. "
        "An afternoon a month stays free of meetings from January on."
    ),
    "de": (
        "Wir sind die Stufen durchgegangen, die auseinanderliegen, und haben das meiste gleich gesehen. Die "
        "Unterlagen sind kein Thema mehr. Ab Januar bleibt ein Nachmittag im Monat frei von Terminen."
    ),
}
#: aim, how both see it, by what, competency, day
STEPS_OF_ILSE = (
    (
        "Lead a mentoring conversation by the book",
        "The person mentored says what helped, in writing",
        "mentoring",
        "communication",
        -110,
    ),
    (
        "Read company accounts more deeply",
        "Two analyses hold in the credit decision",
        "course",
        "financial_analysis",
        45,
    ),
)
STEPS_OF_AYLIN = (
    (
        "Nein sagen zu Geschäft, das nicht passt",
        "Zwei Fälle, in denen der Grund festgehalten wurde und Bestand hatte",
        "shadowing",
        "sales",
        120,
    ),
)
