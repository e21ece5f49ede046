"""The blueprints of this stage."""

from __future__ import annotations

from rmhr.web.blueprint import Blueprint

share_links = Blueprint("share_links", __name__, url_prefix="/postings")
referrals = Blueprint("referrals", __name__, url_prefix="/referrals")
recommended = Blueprint("recommended", __name__, url_prefix="/careers/recommended")
