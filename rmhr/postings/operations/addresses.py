"""The public address of a posting: readable, and no two alike."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from rmhr.core.db import db
from rmhr.core.letters import normal
from rmhr.core.patterns import Pattern
from rmhr.models.postings import Posting
from rmhr.postings import queries

#: Addresses of the career site that are no posting's.
RESERVED = frozenset({"accessibility", "imprint", "logo", "my-application", "privacy"})
_BRACKETS = Pattern(r"\([^)]*\)")
_BETWEEN = Pattern(r"[^a-z0-9]+")


def write_slug(posting: Posting) -> None:
    """Store the posting under the next free address, also where somebody takes the same one in this moment."""
    while (slug := _slug(posting)) != posting.slug:
        try:
            with db.session.begin_nested():
                posting.slug = slug
                db.session.add(posting)
        except IntegrityError:
            if queries.postings.slug_is_free(slug, posting.id):
                raise  # it was something else


def _slug(posting: Posting) -> str:
    """The public address: the English title without its mark, and the place; numbered where that is taken."""
    title = _BRACKETS.sub("", posting.title.in_("en"))
    base = _plain(f"{title} {posting.place}") or "job"
    slug, number = base, 1
    with db.session.no_autoflush:
        while slug in RESERVED or not queries.postings.slug_is_free(slug, posting.id):
            number += 1
            slug = f"{base}-{number}"
    return slug


def _plain(text: str) -> str:
    german = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})
    folded = normal(text.lower().translate(german), "NFKD").encode("ascii", "ignore").decode()
    return _BETWEEN.sub("-", folded).strip("-")[:80].strip("-")
