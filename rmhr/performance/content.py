"""The KPIs that a goal can be measured by, from rmhr/content/kpis.yaml."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.content import read, words
from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import Words, _
from rmhr.core.policy import SYSTEM
from rmhr.models.performance import Direction, Kpi

#: Numbers of sales and income. The rest is about quality, clients and conduct: pay and goals may not rest mainly
#: on the former (Article 27(4) Delegated Regulation (EU) 2017/565; kpis.yaml, balance).
COMMERCIAL = {
    "revenue_retention",
    "new_clients",
    "new_business_value",
    "new_business_profitability",
    "revenue_growth",
    "pipeline_conversion",
}

registry.SENTENCES.add("performance.load_content", _("KPIs loaded"))


def load() -> int:
    """Add the KPIs that are missing; say how many."""
    known = set(db.session.scalars(sa.select(Kpi.code)))
    fresh = [
        Kpi(
            code=kpi["id"],
            position=position,
            name=words(kpi["name"]),
            question=words(kpi["question"]),
            unit=kpi["unit"],
            direction=Direction(kpi["direction"]),
            formula=kpi["formula"],
            caution=words(kpi["caution"]) if "caution" in kpi else Words(),
            commercial=kpi["id"] in COMMERCIAL,
        )
        for position, kpi in enumerate(read("kpis")["kpis"], 1)
        if kpi["id"] not in known
    ]
    with audit.acting(SYSTEM, "performance.load_content"):
        db.session.add_all(fresh)
    return len(fresh)
