"""What the people of the demo bank have written about their goals, each in the language they work in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rmhr.models.performance import Confidence

ON, RISK, BEHIND = Confidence.ON_TRACK, Confidence.AT_RISK, Confidence.BEHIND
Given = dict[str, Any]
Values = tuple[tuple[int, Decimal, Confidence, str], ...]


def _goal(title: str, specific: str, baseline: str, target: str, why: str, serves: str, **more: str) -> Given:
    return {
        "title": title,
        "specific": specific,
        "baseline": Decimal(baseline),
        "target": Decimal(target),
        "achievable": why,
        "relevance": serves,
        **more,
    }


def _values(*rows: tuple[int, str, Confidence, str]) -> Values:
    return tuple((offset, Decimal(value), confidence, words) for offset, value, confidence, words in rows)


MURAT: tuple[tuple[Given, Values], ...] = (
    (
        _goal(
            "Bindung meines Portfolios",
            "Bis zum Jahresende hebe ich die Kundenbindungsrate meines Portfolios von 91 auf 93 Prozent, mit einem "
            "Jahresgespräch in jedem der 60 wichtigsten Haushalte.",
            "91",
            "93",
            "Zwei Haushalte in der Woche passen neben das Tagesgeschäft; das Serviceteam bereitet die Unterlagen vor.",
            "Die Filiale möchte weniger Kundschaft verlieren, und Neues hören die Leute von uns, bevor sie es lesen.",
            kpi="client_retention_rate",
        ),
        _values(
            (
                -240,
                "91.6",
                ON,
                "Die ersten 15 Gespräche sind geführt. Drei Haushalte wollten wegen der Gebühren gehen.",
            ),
            (
                -150,
                "92.5",
                ON,
                "Alle 14 Haushalte mit auslaufender Zinsbindung angerufen, bevor unser Brief hinausging.",
            ),
            (-60, "92.8", ON, "Die Praxis zurückgewonnen, die im Februar gegangen war."),
            (
                -12,
                "93.4",
                ON,
                "Über dem Ziel. Die Baufinanzierung hatte ihre Angebote nach einem Tag fertig.",
            ),
        ),
    ),
    (
        _goal(
            "Beratungsakten ohne Feststellung",
            "In den Stichproben dieses Jahres sind mindestens 95 von 100 meiner Beratungsakten ohne wesentliche "
            "Feststellung.",
            "84",
            "95",
            "Die neue Checkliste fängt ab, was am häufigsten gefehlt hat.",
            "Auf die Akten ist Verlass, und die Filiale besteht ihre Prüfung.",
            kpi="review_quality",
        ),
        _values(
            (-210, "88", ON, "Die Checkliste hilft."),
            (-90, "90", RISK, "Zwei Akten ohne Kostenblatt. Ich lege es jetzt vor dem Gespräch bei."),
            (-12, "91", RISK, "Seit August keine neue Feststellung; der Durchschnitt bewegt sich langsam."),
        ),
    ),
    (
        _goal(
            "Jahresgespräche, 60 Haushalte",
            "Ich führe mit jedem meiner 60 wichtigsten Haushalte ein Jahresgespräch und halte es binnen 2 Tagen fest.",
            "0",
            "60",
            "Das ist etwas mehr als eines in der Woche.",
            "Wer einmal im Jahr gefragt wird, bleibt und erzählt, was sich geändert hat.",
            measure="Geführte Jahresgespräche",
            unit="Gespräche",
        ),
        _values(
            (-200, "19", ON, ""), (-110, "38", ON, ""), (-12, "57", ON, "Die letzten drei sind vereinbart.")
        ),
    ),
)

OSKAR: tuple[Given, Values] = (
    _goal(
        "Entschiedene Finanzierungsanfragen",
        "Ich hebe die Abschlussquote der entschiedenen Finanzierungsanfragen von 24 auf 30 Prozent, indem ich "
        "innerhalb von 1 Tag zurückrufe.",
        "24",
        "30",
        "Die Marktfolge gibt binnen zwei Tagen eine erste Antwort.",
        "Betriebe bekommen früh eine klare Antwort, und die Filiale wächst dort, wo sie wachsen will.",
        kpi="pipeline_conversion",
    ),
    _values(
        (-100, "25.5", ON, "Der Rückruf am selben Tag wirkt."),
        (-41, "25", BEHIND, "Zwei große Anfragen gingen verloren, weil andere schneller entschieden haben."),
    ),
)
OSKAR_DRAFT = _goal(
    "Bessere Akten",
    "Meine Akten verbessern.",
    "80",
    "75",
    "Mit der Checkliste.",
    "Prüfung.",
    kpi="review_quality",
)
AYLIN = _goal(
    "Ertrag mit bestehender Kundschaft",
    "Bis zur Jahresmitte zwei der zehn größten Kunden für das Cash-Management gewinnen, sodass die Ertragsbindung von "
    "101 auf 104 Prozent steigt.",
    "101",
    "104",
    "Drei von ihnen haben in diesem Herbst danach gefragt.",
    "Es ist das Ziel der Region für das Jahr.",
    kpi="revenue_retention",
)
ILSE: tuple[Given, Values] = (
    _goal(
        "Satisfied clients",
        "In the yearly survey at least 90 of 100 of my clients are satisfied or very satisfied.",
        "86",
        "90",
        "What they missed most was a call back on the same day.",
        "Satisfied clients stay and recommend us.",
        kpi="csat",
    ),
    _values((-180, "88", ON, "Calls are returned on the same day."), (-30, "91", ON, "The survey is in.")),
)
PAUL = _goal(
    "First own clients",
    "Within five months look after 25 households from the portfolio of the branch on his own.",
    "0",
    "25",
    "Each was introduced by a colleague.",
    "The branch hands over households that nobody looks after now.",
    measure="Households looked after",
    unit="households",
)
LENA = _goal(
    "First annual meetings",
    "By the end of my probation I hold 12 annual meetings on my own and write each up within 2 days.",
    "0",
    "12",
    "One meeting a week from the third month on; Ilse sits in on the first two.",
    "Clients get to know me early, and I learn to prepare and to write up.",
    measure="Annual meetings held",
    unit="meetings",
)
