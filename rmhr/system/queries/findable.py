"""By which words mails are found: to whom and about what, not by what they say."""

from __future__ import annotations

from rmhr.core.search.index import Findable, Part
from rmhr.models import search
from rmhr.models.system import Message

MAILS = Findable(search.MAILS, Message, (Part((Message.to_name, Message.to_address, Message.subject)),))
