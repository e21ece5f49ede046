"""What the interviewers of the demo bank saw and wrote, each in their own words and language."""

from __future__ import annotations

from rmhr.models.interviews import Recommendation

R = Recommendation

#: By who writes: what was seen, by competency and level.
SEEN: dict[str, dict[str, dict[str, str]]] = {
    "tomas": {
        "relationship_building": {
            "2": "Knew the portfolio by its figures; had to look up who the clients are.",
            "3": "Calls every household twice a year and writes down what was agreed; gave two examples.",
            "4": "Rang before the client complained, admitted the wrong fee, repaid it with figures.",
            "5": "Advised against the bank's own fund; the client stayed and sent a brother.",
        },
        "sales": {
            "2": "Described campaigns, no case in which the need came first.",
            "3": "Asked about goals first, then offered; one of two examples ended with a sale.",
            "4": "31 of 58 new clients came by recommendation, and could say why.",
            "5": "Turned down business that did not fit, and showed how that brought more.",
        },
        "financial_analysis": {
            "2": "Read the balance sheet from top to bottom without a question in mind.",
            "3": "Found the short maturity, missed what it does to liquidity.",
            "4": "Named the two figures that decide the case, and what would change the answer.",
            "5": "Worked out both scenarios aloud and knew what to ask the back office.",
        },
        "integrity": {
            "2": "Followed the rule, but could not say what it is for.",
            "3": "Stopped a payment until the papers were there, although the client was cross.",
            "4": "Reported an own mistake before anybody had noticed.",
            "5": "Refused a sale to an elderly client and told the team leader why.",
        },
        "communication": {
            "3": "Explained the loan in plain words and asked whether it was clear.",
            "4": "Said at the start that the answer is no, why, and what can be done instead.",
        },
    },
    "mara": {
        "relationship_building": {
            "2": "Spoke of contacts made, not of what the clients wanted; no case that went on for a year.",
            "3": "Keeps the yearly meeting and what was promised in it; is not yet asked before decisions.",
            "4": "Knew of the succession before the client raised it, and brought the tax adviser in.",
            "5": "The client rings first when something changes, even when it costs the bank business.",
        },
        "sales": {
            "2": "Began with the product in both cases.",
            "3": "Puts the need first, but could not say how many offers led to a contract.",
            "4": "Lost the first meeting, asked why, and won the second with one page of figures.",
            "5": "Sent a client elsewhere for a loan we do not make; he came back with his sister's firm.",
        },
        "financial_analysis": {
            "2": "Gave the turnover, no view of the cash flow.",
            "3": "Judged the instalment against income, left out what happens when interest rises.",
            "4": "Saw that the debtors pay later every quarter, and had asked the owner about it.",
            "5": "Explained where the own analysis could be wrong before I asked.",
        },
        "integrity": {
            "2": "Would have asked a colleague; could not name the rule.",
            "3": "Asked for the origin of the money and waited for the answer.",
            "4": "Told the client that the answer takes two days longer, and why.",
            "5": "Gave a case to compliance that would have made the year's target.",
        },
        "communication": {
            "3": "Summed up what was agreed; explained “grace period” only when I asked.",
            "4": "Drew the three costs on a sheet and had me repeat them.",
        },
    },
    "greta": {
        "relationship_building": {
            "3": "Besucht jeden Betrieb zweimal im Jahr und hält fest, was vereinbart ist; zwei Beispiele.",
            "4": "Hat den Fehler selbst angesprochen, bevor der Kunde ihn sah, und mit Zahlen bereinigt.",
        },
        "sales": {
            "4": "Hat das erste Gespräch verloren, nach dem Grund gefragt und das zweite mit einer Seite gewonnen.",
        },
        "financial_analysis": {
            "4": "Nennt die zwei Zahlen, an denen der Fall hängt, und was die Antwort ändern würde.",
        },
        "integrity": {
            "4": "Hat einen eigenen Fehler gemeldet, bevor ihn jemand bemerkt hatte.",
        },
        "communication": {
            "3": "Erklärt die Zinsbindung in einfachen Worten und fragt nach, ob es klar ist.",
        },
    },
}
#: The same of what was seen in the scenario of the structured interview.
PLAYED: dict[str, dict[str, dict[str, str]]] = {
    "tomas": {
        "integrity": {
            "3": "Sold nothing and said so to the team leader.",
            "4": "Stayed with it both times: “I would have to explain it to him, and I cannot.”",
        },
    },
    "mara": {
        "integrity": {
            "3": "No sale without a need; said it openly, a little late.",
            "4": "Called it pressure by its name, without blaming anybody.",
            "5": "Named the reporting channel and what is due to somebody who signs without reading.",
        },
    },
    "greta": {
        "integrity": {
            "4": "Bleibt bei beiden Einwänden dabei und nennt den Druck beim Namen.",
        },
    },
}
NOTES = {
    "tomas": "Gave one case, with the year and who was involved. Answered the follow-up at once.",
    "mara": "One case from last year. Asked what exactly I wanted to know, then answered it.",
    "greta": "Ein Fall aus dem Vorjahr, mit Namen der Beteiligten. Die Nachfrage sofort beantwortet.",
}
SUMMARIES = {
    "tomas": {
        R.CLEAR_YES: "Speaks calmly, asks back, and gives examples that can be checked. I would hand over clients.",
        R.RATHER_YES: "Speaks calmly, asks back, and gives examples that can be checked.",
        R.RATHER_NO: "Friendly and quick, but most of the answers stayed general.",
    },
    "mara": {
        R.CLEAR_YES: "Thinks in cases, not in phrases, and says where the limits are. A gain for credit, too.",
        R.RATHER_YES: "Sound judgement. In analysis there is something to learn, and the will to.",
        R.RATHER_NO: "Good in conversation; with figures too careless for the size of these loans.",
    },
    "greta": {
        R.CLEAR_YES: "Klar in der Sache, ruhig im Ton, und fragt nach, bevor er urteilt. Ich würde ihn sofort nehmen.",
        R.RATHER_YES: "Klar in der Sache und ruhig im Ton. Bei der Kundenpflege noch nicht ganz am Ziel.",
    },
}
