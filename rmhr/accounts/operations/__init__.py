"""Every write about people: who they are and where they work, how they get in, what they have read, their units."""

from rmhr.accounts.operations.access import (
    Refused,
    change_password,
    choose_password,
    forget,
    rehash,
    send_invitation,
    sign_in,
    use_link,
)
from rmhr.accounts.operations.form_drafts import drop_form_draft, forget_form_drafts, keep_form_draft
from rmhr.accounts.operations.inbox import mark_all_read, mark_read, mark_unread
from rmhr.accounts.operations.people import (
    add_administrator,
    change,
    employ,
    grant,
    invite,
    leave,
    prefer,
    revoke,
    stay,
)
from rmhr.accounts.operations.saved import delete_view, save_view
from rmhr.accounts.operations.units import add_unit, change_unit

__all__ = [
    "Refused",
    "add_administrator",
    "add_unit",
    "change",
    "change_password",
    "change_unit",
    "choose_password",
    "delete_view",
    "drop_form_draft",
    "employ",
    "forget",
    "forget_form_drafts",
    "grant",
    "invite",
    "keep_form_draft",
    "leave",
    "mark_all_read",
    "mark_read",
    "mark_unread",
    "prefer",
    "rehash",
    "revoke",
    "save_view",
    "send_invitation",
    "sign_in",
    "stay",
    "use_link",
]
