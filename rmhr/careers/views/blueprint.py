"""The blueprints of this stage."""

from __future__ import annotations

from rmhr.web.blueprint import Blueprint

#: The public site, what machines read of it, open jobs for colleagues, and how an administrator sets the site up.
public = Blueprint("careers", __name__, url_prefix="/careers")
feeds = Blueprint("feeds", __name__)
jobs = Blueprint("jobs", __name__, url_prefix="/jobs")
settings = Blueprint("site", __name__, url_prefix="/admin")
