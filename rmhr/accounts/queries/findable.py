"""By which words people are found."""

from __future__ import annotations

from rmhr.core.search.index import Findable, Part
from rmhr.models import search
from rmhr.models.accounts import User

PEOPLE = Findable(search.PEOPLE, User, (Part((User.name, User.email)),))
