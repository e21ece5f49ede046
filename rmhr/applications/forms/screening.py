"""The bench: a verdict on each criterion of the posting, with the evidence for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms.validators import Length, Optional

from rmhr.core.i18n import _
from rmhr.models.applications import Application, Verdict
from rmhr.web.edits import EditForm
from rmhr.web.fields import EnumChoice
from rmhr.web.forms import LongTextField

LONGEST_EVIDENCE = 2000


class VerdictsForm(EditForm):
    """What one judges of an application; `verdicts_form` adds the criteria of its posting."""

    def verdicts(self) -> Mapping[int, tuple[Verdict, str]]:
        """What was chosen, by criterion; what was left open is left out."""
        chosen = {int(name.partition("-")[2]): name for name in self._fields if name.startswith("verdict-")}
        return {
            id: (self[name].data, self[f"evidence-{id}"].data)
            for id, name in chosen.items()
            if self[name].data is not None
        }


def verdicts_form(it: Application) -> VerdictsForm:
    """The form of this application: as it was sent, else with the verdicts that it has."""
    fields: dict[str, Any] = {}
    first: dict[str, Any] = {}
    for criterion in it.posting_version.criteria:
        verdict, evidence = f"verdict-{criterion.id}", f"evidence-{criterion.id}"
        fields[verdict] = EnumChoice(_("Verdict"), Verdict, [Optional()])
        fields[evidence] = LongTextField(_("Evidence"), [Length(max=LONGEST_EVIDENCE)])
        mark = next((mark for mark in it.marks if mark.criterion_id == criterion.id), None)
        if mark is not None:
            first |= {verdict: mark.verdict, evidence: mark.evidence}
    made: type[VerdictsForm] = type("VerdictsForm", (VerdictsForm,), fields)
    return made.editing(it, **first)
