"""The second person's answer to a role that nobody gives alone."""

from __future__ import annotations

from flask import url_for

from rmhr.accounts import policies, queries
from rmhr.accounts.views.blueprint import bp
from rmhr.accounts.workflow import ROLE_REQUESTS
from rmhr.web.transitions import add_transition_route

add_transition_route(
    bp,
    ROLE_REQUESTS,
    queries.roles.get,
    policies.SEE_ALL,
    about=lambda request: f"{request.user.name}: {request.role.label}",
    back=lambda request: url_for("accounts.person", id=request.user_id),
    endpoint="role_transition",
    url="/people/roles/<int:id>/<name>",
)
