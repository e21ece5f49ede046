"""Where public holidays differ: what can be chosen for a unit, as core.calendar knows it."""

from __future__ import annotations

from rmhr.core.i18n import _

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
}
