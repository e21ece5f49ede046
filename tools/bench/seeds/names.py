"""What people, places and streets are called, and what stands in their CVs."""

from __future__ import annotations

from tools.bench.seeds.rows import mixed

FIRST_NAMES = (
    "Anna", "Ben", "Clara", "David", "Elif", "Finn", "Greta", "Henrik", "Ines", "Jan", "Katarzyna", "Leon",
    "Mia", "Noah", "Oya", "Paul", "Renate", "Samuel", "Theresa", "Uwe", "Viktor", "Wiebke", "Xenia", "Yusuf",
    "Zoë", "Björn", "Jürgen", "Łukasz", "Özlem", "Søren", "André", "Beate", "Chiara", "Dilek", "Emil",
    "Frauke", "Goran", "Hanna", "Igor", "Johanna", "Kai", "Lea", "Mehmet", "Nadja", "Olaf", "Petra", "Quentin",
    "Rosa", "Stefan", "Tuğba",
)  # fmt: skip
LAST_NAMES = (
    "Ahrens", "Becker", "Clausen", "Demir", "Ehlers", "Fuchs", "Groß", "Hansen", "Içöz", "Jansen", "Kowalski",
    "Lorenz", "Müller", "Nowak", "Öztürk", "Petersen", "Quast", "Reimers", "Schäfer", "Thomsen", "Ulrich",
    "Voß", "Wójcik", "Yıldız", "Ziegler", "Albers", "Böhm", "Carstens", "Dietrich", "Engel", "Friedrich",
    "Gärtner", "Heinrich", "Iversen", "Jürgens", "Köhler", "Lange", "Matthiesen", "Nielsen", "Otto", "Pohl",
    "Richter", "Sørensen", "Tamm", "Unger", "Vogel", "Wagner", "Weiß", "Zander", "Łoś",
)  # fmt: skip
#: (place, postcode, region of its holidays)
PLACES = (
    ("Hamburg", "20095", "DE-HH"), ("Kiel", "24103", "DE-SH"), ("Lübeck", "23552", "DE-SH"),
    ("Bremen", "28195", "DE-HB"), ("Hannover", "30159", "DE-NI"), ("Oldenburg", "26121", "DE-NI"),
    ("Rostock", "18055", "DE-MV"), ("Schwerin", "19053", "DE-MV"), ("Berlin", "10115", "DE-BE"),
    ("Potsdam", "14467", "DE-BB"), ("München", "80331", "DE-BY"), ("Nürnberg", "90402", "DE-BY"),
)  # fmt: skip
STREETS = ("Bahnhofstraße", "Markt", "Lange Straße", "Hafenweg", "Am Wall", "Schulstraße", "Ringstraße")
HOUSES = ("Sparbank Nord", "Hansekredit", "Volksbank Elbe", "Kreditbank Ems", "Bankhaus Wieck")
TASKS = (
    "Private clients advised on accounts, savings and home loans",
    "Firmenkunden bei Betriebsmitteln und Investitionen begleitet",
    "Portfolio of 320 clients, yearly meetings planned and held",
    "Finanzierungen vom Antrag bis zur Auszahlung begleitet",
    "New clients won by recommendation and local events",
    "Risiken geprüft, Kreditvorlagen geschrieben und vertreten",
    "Trainees guided through their first meetings with clients",
    "Beschwerden angenommen und mit den Fachbereichen gelöst",
    "Online appointments introduced for the branch",
    "Geldwäscheprüfung und Legitimation neuer Kunden",
)
SCHOOLING = (
    "Bankkaufmann/-frau (IHK)",
    "Bachelor of Science, Banking and Finance",
    "Bankfachwirt (IHK)",
    "Master of Business Administration",
    "Betriebswirt der Sparkassen",
)
REASONS = (
    "I like to explain difficult things simply, and people come back to me for it.",
    "Ihre Filiale liegt in der Stadt, in der ich aufgewachsen bin und die Menschen kenne.",
    "After six years in credit I want to sit on the client's side of the table again.",
    "Mich überzeugt, dass Ziele bei Ihnen vereinbart und nicht verteilt werden.",
)


def person(number: int, salt: str = "") -> str:
    """What somebody is called."""
    first = FIRST_NAMES[mixed(number, f"first{salt}", len(FIRST_NAMES))]
    return f"{first} {LAST_NAMES[mixed(number, f'last{salt}', len(LAST_NAMES))]}"


def curriculum(number: int, name: str) -> str:
    """The text of a CV: no two are the same."""
    lines = [name, f"{STREETS[number % len(STREETS)]} {number % 90 + 1}, {PLACES[number % len(PLACES)][0]}"]
    lines += [f"bewerbung{number}@example.org", "", "Berufserfahrung / Experience"]
    year = 2026 - mixed(number, "age", 4)
    for station in range(2 + number % 3):
        years = 1 + mixed(number + station, "years", 6)
        house = HOUSES[mixed(number + station, "house", len(HOUSES))]
        lines.append(f"{year - years}–{year} {house}, {PLACES[(number + station) % len(PLACES)][0]}")
        lines += [
            f"– {TASKS[mixed(number * 7 + station * 3 + each, 'task', len(TASKS))]}" for each in range(3)
        ]
        year -= years
    lines += ["", "Ausbildung / Education"]
    lines += [f"{year - each * 3} {SCHOOLING[(number + each) % len(SCHOOLING)]}" for each in range(2)]
    lines += ["", "Sprachen: Deutsch, Englisch" + (", Türkisch" if number % 4 == 0 else "")]
    return "\n".join(lines)
