"""The blueprints of this stage."""

from __future__ import annotations

from rmhr.web.blueprint import Blueprint

bp = Blueprint("postings", "rmhr.postings", url_prefix="/postings")
requisitions = Blueprint("requisitions", "rmhr.postings", url_prefix="/requisitions")
question_sets = Blueprint("question_sets", "rmhr.postings", url_prefix="/postings/question-sets")
headcount = Blueprint("headcount", "rmhr.postings", url_prefix="/requisitions/headcount")
jobs = Blueprint("jobs", "rmhr.postings", url_prefix="/jobs")
referrals = Blueprint("referrals", "rmhr.postings", url_prefix="/referrals")
#: The public site, what machines read of it, and how an administrator sets it up.
careers = Blueprint("careers", "rmhr.postings", url_prefix="/careers")
feed = Blueprint("feeds", "rmhr.postings")
site = Blueprint("site", "rmhr.postings", url_prefix="/admin")
