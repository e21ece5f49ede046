"""What the people of the demo bank have written about goals and in reviews."""

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
            "Retention of the portfolio",
            "By the end of the year I raise the retention rate of my portfolio from 91 to 93 percent with one annual "
            "meeting in each of the 60 most important households.",
            "91",
            "93",
            "Two households a week fit beside the day’s work; the service team prepares the papers.",
            "The branch wants to lose fewer clients, and clients hear of changes before they read about them.",
            kpi="client_retention_rate",
        ),
        _values(
            (
                -240,
                "91.6",
                ON,
                "The first 15 meetings are held. Three clients had wanted to leave because of fees.",
            ),
            (
                -150,
                "92.5",
                ON,
                "Rang all 14 households with expiring fixed rates before our letter went out.",
            ),
            (-60, "92.8", ON, "Won back the practice that had left in February."),
            (-12, "93.4", ON, "Above the target. The mortgage desk prepared its offers within a day."),
        ),
    ),
    (
        _goal(
            "Advice records without finding",
            "In the spot checks of this year at least 95 of 100 of my advice records are without a material finding.",
            "84",
            "95",
            "The new checklist catches what was missing most often.",
            "Clients can rely on the records, and the branch passes its audit.",
            kpi="review_quality",
        ),
        _values(
            (-210, "88", ON, "The checklist helps."),
            (-90, "90", RISK, "Two records without the cost sheet. I now attach it before the meeting."),
            (-12, "91", RISK, "No new finding since August; the average moves slowly."),
        ),
    ),
    (
        _goal(
            "Annual meetings, 60 households",
            "I hold an annual meeting with each of my 60 most important households and write it up within 2 days.",
            "0",
            "60",
            "That is a little more than one a week.",
            "Whoever is asked once a year stays, and tells us what has changed.",
            measure="Annual meetings held",
            unit="meetings",
        ),
        _values((-200, "19", ON, ""), (-110, "38", ON, ""), (-12, "57", ON, "The last three are arranged.")),
    ),
)

OSKAR: tuple[Given, Values] = (
    _goal(
        "Financing enquiries decided",
        "I raise the conversion of decided financing enquiries from 24 to 30 percent by calling back within 1 day.",
        "24",
        "30",
        "The credit desk gives a first answer within two days.",
        "Businesses get a clear answer early, and the branch grows where it wants to.",
        kpi="pipeline_conversion",
    ),
    _values(
        (-100, "25.5", ON, "Calling back at once works."),
        (-41, "25", BEHIND, "Two large enquiries were lost to a competitor’s faster decision."),
    ),
)
OSKAR_DRAFT = _goal(
    "Better files",
    "Improve my files.",
    "80",
    "75",
    "With the checklist.",
    "Audit.",
    kpi="review_quality",
)
AYLIN = _goal(
    "Income from existing clients",
    "By the middle of the year win two of the ten largest clients for cash management, so that revenue retention "
    "rises from 101 to 104 percent.",
    "101",
    "104",
    "Three of them have asked about it this autumn.",
    "It is the regional aim for the year.",
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

#: For each competency in its order (rmhr/content/competencies.yaml).
OWN_EVIDENCE = (
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
)
EVIDENCE = (
    "The letter to the households with expiring rates was clear enough that hardly anybody had to ask back.",
    "Rang all 14 households with expiring fixed rates before the bank’s letter went out. Won back a practice.",
    "Asks first and offers later; in the two meetings that I joined, the need was clear before any product was named.",
    "The figures for the practice held in the credit decision.",
    "Records were late twice in spring, not since; call backs within a day.",
    "Found a third way with the mortgage desk when both offers had been refused.",
    "The list of households near retirement is now used by the whole branch.",
    "Advised against a fund and wrote down why; the client said thank you for it.",
    "Two findings in spring, none since August.",
    "Led the move of the branch to the new system; it was done a week early.",
    "Is named first when colleagues are asked who helps.",
    "Followed up the unusual transfer properly; compliance confirmed it.",
)
OWN_WORDS = (
    "I am proud of two things: the practice that came back in summer, and the call that a widow made to thank us for "
    "the time we took.\n\nI would write up my meetings earlier. In spring they were late, and I paid for it.\n\n"
    "From my supervisor I need an afternoon a month without meetings."
)
SUMMARY = (
    "A good year with clients who stay. What stands out is the calm way of bringing unwelcome news early.\n\n"
    "The records were late in spring and are in order since then; that should stay so. The next step is to pass on how "
    "meetings are prepared."
)
NOTES = (
    "We went through the levels that lie apart and saw most of it the same way. The records are no longer a topic. "
    "An afternoon a month stays free of meetings from January on."
)
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
        "Say no to business that does not fit",
        "Two cases in which the reason was written down and held",
        "shadowing",
        "sales",
        120,
    ),
)
