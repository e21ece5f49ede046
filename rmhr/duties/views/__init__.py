"""The pages of this stage: the bank and its duties, its texts, papers, and what is missing before a job goes public."""

from __future__ import annotations

from rmhr.core.i18n import _
from rmhr.duties.views import duties, panels, papers, texts
from rmhr.duties.views.blueprint import duties as duties_pages
from rmhr.duties.views.blueprint import papers as paper_pages
from rmhr.duties.views.blueprint import texts as text_pages
from rmhr.models.accounts import Role
from rmhr.web.nav import Area, add_place

__all__ = ["NAV", "blueprints", "duties", "panels", "papers", "texts"]

blueprints = [duties_pages, text_pages, paper_pages]
_READERS = (Role.ADMIN, Role.HR, Role.COMPLIANCE)

NAV = [
    Area(
        label=_("Bank and duties"),
        endpoint="duties.show",
        roles=_READERS,
        seldom=_READERS,
        icon="bank",
        order=86,
        belongs=("duties",),
    ),
    Area(
        label=_("Texts of the bank"),
        endpoint="texts.index",
        roles=_READERS,
        seldom=_READERS,
        icon="file-earmark-text",
        order=87,
        belongs=("texts",),
    ),
    Area(
        label=_("Papers for introduction"),
        endpoint="papers.index",
        roles=_READERS,
        seldom=_READERS,
        icon="journal-text",
        order=88,
        belongs=("papers",),
    ),
]

add_place(
    "duties.show",
    _("The bank and its duties"),
    _("Controller, data protection officer, imprint, business letters, travel costs, works council"),
)
add_place(
    "texts.index",
    _("Texts of the bank"),
    _("Privacy notice, consent, letters of confirmation, invitation, rejection and offer"),
)
add_place(
    "papers.index",
    _("Papers for introduction"),
    _("Works agreement, data protection impact assessment, records of processing activities"),
)
