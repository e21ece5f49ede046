"""The blueprints of this stage."""

from __future__ import annotations

from rmhr.web.blueprint import Blueprint

history = Blueprint("history", __name__)
mail = Blueprint("mail", __name__)
scheduler = Blueprint("scheduler", __name__, url_prefix="/admin/scheduler")
webhooks = Blueprint("webhooks", __name__, url_prefix="/admin/webhooks")
