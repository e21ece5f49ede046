"""Where public holidays and wall clocks differ: what can be chosen for a unit."""

from __future__ import annotations

from rmhr.core.i18n import _

#: As core.calendar knows them.
REGIONS = {
    "DE": _("Germany, nationwide holidays only"),
    "DE-BW": _("Baden-Württemberg"),
    "DE-BY": _("Bavaria"),
    "DE-BE": _("Berlin"),
    "DE-BB": _("Brandenburg"),
    "DE-HB": _("Bremen"),
    "DE-HH": _("Hamburg"),
    "DE-HE": _("Hesse"),
    "DE-MV": _("Mecklenburg-Western Pomerania"),
    "DE-NI": _("Lower Saxony"),
    "DE-NW": _("North Rhine-Westphalia"),
    "DE-RP": _("Rhineland-Palatinate"),
    "DE-SL": _("Saarland"),
    "DE-SN": _("Saxony"),
    "DE-ST": _("Saxony-Anhalt"),
    "DE-SH": _("Schleswig-Holstein"),
    "DE-TH": _("Thuringia"),
    "AT": _("Austria"),
    "BE": _("Belgium"),
    "CH-BE": _("Switzerland, Bern"),
    "CH-GE": _("Switzerland, Geneva"),
    "CH-ZH": _("Switzerland, Zurich"),
    "DK": _("Denmark"),
    "LU": _("Luxembourg"),
    "NL": _("Netherlands"),
    "SE": _("Sweden"),
    "GB-ENG": _("England"),
    "US-NY": _("USA, New York"),
    "SG": _("Singapore"),
}

#: IANA names; what is not here is the bank's own time zone.
ZONES = {
    "Europe/Berlin": _("Berlin, Vienna, Zurich"),
    "Europe/London": _("London, Dublin"),
    "America/New_York": _("New York"),
    "Asia/Singapore": _("Singapore"),
}
