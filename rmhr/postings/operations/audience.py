"""Who reads an open posting: everybody, or colleagues only."""

from __future__ import annotations

from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.models.accounts import User
from rmhr.models.postings import Audience, Posting
from rmhr.postings import policies
from rmhr.postings.operations import agreed


@operation(allow=policies.PUBLISH, done=_("Posting shown to other readers"))
def switch_audience(actor: User, posting: Posting, *, audience: Audience) -> Posting:
    """Show an open or paused posting to others than so far; its status stays what it is.

    Raises NotPossible where it is not open (the editor says then who will read it) or they read it already.
    """
    if posting.status not in agreed.STANDS:
        raise NotPossible(gettext("Only an open or paused posting is switched; before that, edit it."))
    if posting.audience is audience:
        raise NotPossible(gettext("They can read it already."))
    posting.audience = audience
    return posting
