"""Every write about people: who they are and where they work, how they get in, what they have read, their units."""

from rmhr.accounts.operations import access, employment, form_drafts, inbox, people, saved, units

__all__ = ["access", "employment", "form_drafts", "inbox", "people", "saved", "units"]
