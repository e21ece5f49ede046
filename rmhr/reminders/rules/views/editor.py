"""The form of a rule as one page: what holds now or was proposed of before, what was typed, what is wrong with it."""

from __future__ import annotations

from flask import render_template, request, url_for

from rmhr.core import clock
from rmhr.core.due import sources
from rmhr.core.due.calendar import NATIONWIDE, add_working_days
from rmhr.core.due.reminder_steps import occurrences
from rmhr.core.i18n import gettext
from rmhr.reminders.rules import current, queries
from rmhr.reminders.rules.forms import RuleForm
from rmhr.reminders.rules.proposal import Proposal
from rmhr.reminders.rules.views.figures import stored_words


class RuleEditor:
    """One request to the form."""

    def __init__(self, source: sources.Source) -> None:
        self.source = source
        self.last_decision = queries.last_decision(source)
        proposed = Proposal.read(source, request.args)
        steps = proposed.steps if proposed else current.on_day(clock.today())[source.name].steps
        self.form = RuleForm.from_request(
            steps=RuleForm.rows(steps),
            seen=self.last_decision,
            valid_from=proposed.valid_from if proposed else add_working_days(clock.today(), 1, NATIONWIDE),
        )
        self.opened: int | None = None  # the line that one edits; one at a time
        if request.method == "GET" and not self.form.steps.entries:
            self._open_new()
        self.overtaken = self.form.seen.data != self.last_decision

    @property
    def turned(self) -> bool:
        """Whether only another line was asked for, or one folded again; nothing else is looked at then."""
        if request.method == "POST" and request.form.get("add"):
            self._open_new()
            return True
        return request.method == "POST" and bool(request.form.get("fold"))

    def _open_new(self) -> None:
        self.form.add_row()
        self.opened = len(self.form.steps.entries) - 1

    def ready(self) -> bool:
        """Whether it can be tried: valid, a change, and nobody was faster."""
        if not self.form.ready():
            return False
        there = current.on_day(self.form.valid_from.data)[self.source.name]
        if occurrences(self.form.made) == there.occurrences:
            self.form.form_errors.append(
                gettext("This rule applies from that day anyway. Change something, or leave it.")
            )
        return not self.form.form_errors and not self.overtaken

    @property
    def proposal(self) -> Proposal:
        """What was entered."""
        form = self.form
        return Proposal(self.source, form.made, form.valid_from.data, str(form.seen.data))

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows the form again."""
        return 409 if self.overtaken else self.form.status

    def page(self) -> str:
        """The form, with everything that was typed. Sent once more, it answers to what holds now."""
        said = stored_words(self.source) if self.overtaken else []
        wrong = [index for index, entry in enumerate(self.form.steps.entries) if entry.errors]
        self.form.seen.data = self.last_decision
        return render_template(
            "reminders/rules/change.html",
            source=self.source,
            form=self.form,
            opened=wrong[0] if wrong else self.opened,
            overtaken=self.overtaken,
            said=said,
            stops=queries.stops(),
            here=url_for("reminder_rules.change", name=self.source.name),
            back=url_for("reminder_rules.show", name=self.source.name),
        )
