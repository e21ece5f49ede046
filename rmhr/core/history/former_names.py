"""What actions were called when they were done, and what they are called now: the history is never rewritten."""

from __future__ import annotations

from typing import Any

from rmhr.core import registry
from rmhr.core.i18n import _

#: {action as it was recorded: action as it is called since}. An action that is renamed gets a line here.
RENAMED: dict[str, str] = {
    # Since the fourth version: the demo bank does nothing that the product does not do.
    "accounts.demo": "accounts.invite",
    "offers.demo": "accounts.change",
    # Since the second version: one course is given in no other way than all that are mandatory.
    "training.assign": "training.assign_required",
    # Since the second version: requisitions, careers, sourcing, today and system became stages of their own.
    "postings.add_plan": "requisitions.add_plan",
    "postings.change_plan": "requisitions.change_plan",
    "postings.delete_plan": "requisitions.delete_plan",
    "postings.draw_as_before": "careers.draw_as_before",
    "postings.forget": "sourcing.forget",
    "postings.pay_bonus": "sourcing.pay_bonus",
    "postings.recommend": "sourcing.recommend",
    "postings.rename": "sourcing.rename",
    "postings.request": "requisitions.request",
    "postings.set_up": "careers.set_up",
    "postings.share": "sourcing.share",
    "postings.take_back_payment": "sourcing.take_back_payment",
    "postings.unshare": "sourcing.unshare",
    "reminders.add_webhook": "system.add_webhook",
    "reminders.address_works": "system.address_works",
    "reminders.ask": "today.ask",
    "reminders.change_webhook": "system.change_webhook",
    "reminders.delete_webhook": "system.delete_webhook",
    "reminders.end_feed": "today.end_feed",
    "reminders.go_on": "system.go_on",
    "reminders.gone": "system.gone",
    "reminders.make_feed": "today.make_feed",
    "reminders.pause": "system.pause",
    "reminders.put_aside": "system.put_aside",
    "reminders.put_off": "today.put_off",
    "reminders.resend": "system.resend",
    "reminders.resend_all": "system.resend_all",
    "reminders.rotate_secret": "system.rotate_secret",
    "reminders.send_again": "system.send_again",
    "reminders.send_test": "system.send_test",
    "reminders.switch_off": "system.switch_off",
    "reminders.switch_on": "system.switch_on",
    "reminders.take_back": "today.take_back",
}

#: Of an action that nobody knows any more.
UNKNOWN = _("Changed, as an earlier version did it")


def sentence(action: str) -> Any:
    """The past-tense sentence of an action, also of one that has another name by now; never the name itself."""
    return registry.SENTENCES.get(RENAMED.get(action, action), UNKNOWN)
