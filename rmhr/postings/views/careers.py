"""The public career site: open jobs, one job, and what a bank must say of itself. No sign-in."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.core.i18n import LANGUAGES, _
from rmhr.core.outbox import public_url
from rmhr.core.policy import anyone
from rmhr.models.accounts import RmType
from rmhr.models.postings import Posting, SectionKind
from rmhr.postings import public, queries
from rmhr.web.blueprint import Blueprint
from rmhr.web.tables import Filter, Listing

bp = Blueprint("careers", __name__, url_prefix="/careers")
#: Jobs on a page.
SIZE = 20


def addresses(endpoint: str, **values: str) -> dict[str, object]:
    """The page's own address for search engines, and the same page in each language."""
    return {
        "canonical": public_url(endpoint, **values),
        "alternates": [(code, public_url(endpoint, **values, lang=code)) for code in LANGUAGES],
    }


@bp.get("/", access=anyone)
def index() -> ResponseReturnValue:
    """Everything that one can apply to today."""
    listing = Listing(
        queries.public_list(),
        key=Posting.id,
        sorts={
            "closes": queries.deadline_column(),
            "new": Posting.published_at,
            "title": queries.title_column(),
        },
        default="closes",
        search=queries.search_columns(),
        filters=[
            Filter("type", _("All kinds"), Posting.rm_type, RmType),
            Filter("place", _("All places"), Posting.place, [(place, place) for place in queries.places()]),
        ],
        size=SIZE,
    )
    return render_template("careers/index.html", listing=listing, public=public, **addresses("careers.index"))


@bp.get("/<slug>", access=anyone)
def show(slug: str) -> ResponseReturnValue:
    """One job. Where it is taken, the others (410); where it never was public, nothing (404)."""
    posting = queries.by_slug(slug)
    if not posting.is_open:
        page = render_template(
            "careers/gone.html", posting=posting, others=queries.others(posting), public=public
        )
        return page, 410
    return render_template(
        "careers/show.html",
        posting=posting,
        public=public,
        summary=posting.section(SectionKind.SUMMARY),
        ourselves=public.parts(posting, public.OURSELVES),
        middle=public.parts(posting, public.MIDDLE),
        last=public.parts(posting, public.LAST),
        apply_url=url_for("apply.new", slug=slug),
        **addresses("careers.show", slug=slug),
    )


@bp.get("/imprint", access=anyone)
def imprint() -> ResponseReturnValue:
    """Who is behind this site."""
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname
    return render_template("careers/imprint.html", host=host, mail=_mail(), **addresses("careers.imprint"))


@bp.get("/accessibility", access=anyone)
def accessibility() -> ResponseReturnValue:
    """How far everybody can use this site, and whom to tell where not."""
    return render_template("careers/accessibility.html", mail=_mail(), **addresses("careers.accessibility"))


def _mail() -> str:
    """Where to write: the career mailbox at the address that our mail comes from."""
    return f"careers@{current_app.config['MAIL_FROM'].rpartition('@')[2]}"
