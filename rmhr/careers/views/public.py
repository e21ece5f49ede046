"""The public career site: open jobs, one job, and what a bank must say of itself. No sign-in."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.careers import lists
from rmhr.careers import queries as site
from rmhr.careers.views.blueprint import public as bp
from rmhr.core.files import store
from rmhr.core.i18n import LANGUAGES
from rmhr.core.mail.outbox import public_url
from rmhr.core.patterns import Pattern
from rmhr.core.policy import anyone
from rmhr.duties.queries import bank as duties
from rmhr.postings import queries
from rmhr.postings.queries import jobposting, public
from rmhr.web import caching
from rmhr.web.brand import brand, stylesheet
from rmhr.web.lists import read

bp.before_request(caching.as_made_before)
bp.after_request(caching.for_visitors)

#: What a link that somebody shared may carry; it is credited when the application comes.
VIA = Pattern("[A-Za-z0-9_-]{4,40}")


def addresses(endpoint: str, **values: str) -> dict[str, object]:
    """The page's own address for search engines, and the same page in each language and in whichever fits."""
    asked = request.args.get("lang", "")
    own = {**values, "lang": asked} if asked in LANGUAGES else values
    logo = brand().logo
    return {
        "canonical": public_url(endpoint, **own),
        "alternates": [
            *((code, public_url(endpoint, **values, lang=code)) for code in LANGUAGES),
            ("x-default", public_url(endpoint, **values)),
        ],
        "picture": public_url("careers.logo") if logo else "",
    }


@bp.get("/", access=anyone)
def index() -> ResponseReturnValue:
    """Everything that one can apply to today."""
    return render_template(
        "careers/index.html", listing=read(lists.PUBLIC), public=public, **addresses("careers.index")
    )


@bp.get("/<slug>", access=anyone)
def show(slug: str) -> ResponseReturnValue:
    """One job. Paused, the others; taken, the others (410); where it never was public, nothing (404)."""
    posting = queries.postings.by_slug(slug)
    if not posting.is_open:
        paused = posting.is_paused
        page = render_template(
            "careers/gone.html",
            posting=posting,
            paused=paused,
            others=queries.postings.others(posting),
            public=public,
        )
        return page, 200 if paused else 410
    own = addresses("careers.show", slug=slug)
    bank = brand()
    via = request.args.get("via", "")
    return render_template(
        "careers/show.html",
        posting=posting,
        public=public,
        apply_url=url_for("apply.new", slug=slug, via=via if VIA.fullmatch(via) else None),
        applied=site.have_applied(posting) if bank.shows_count else None,
        data=jobposting.jsonld(posting, bank.name, str(own["picture"])),
        **public.page(posting),
        **own,
    )


@bp.get("/imprint", access=anyone)
def imprint() -> ResponseReturnValue:
    """Who is behind this site."""
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname
    said = duties.said()
    return render_template("careers/imprint.html", host=host, said=said, **addresses("careers.imprint"))


@bp.get("/accessibility", access=anyone)
def accessibility() -> ResponseReturnValue:
    """How far everybody can use this site, and whom to tell where not."""
    return render_template("careers/accessibility.html", **addresses("careers.accessibility"))


@bp.get("/brand.css", access=anyone)
def colours() -> ResponseReturnValue:
    """The bank's colours; nothing where they are as drawn."""
    bank = brand()
    response = Response(stylesheet(bank.accent, bank.accent_dark), mimetype="text/css")
    response.cache_control.max_age = caching.PICTURE
    return response


@bp.get("/logo", access=anyone)
def logo() -> ResponseReturnValue:
    """The bank's picture, as it was drawn anew when it was uploaded."""
    document = site.logo()
    try:
        picture = store.path_of(document).read_bytes()
    except FileNotFoundError:
        abort(404)
    response = Response(picture, mimetype=document.content_type)
    response.cache_control.max_age = caching.PICTURE
    return response
