"""The papers to introduce the product: which there are, one to read and print, one as a file."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from rmhr.core.i18n import language
from rmhr.duties import policies, queries
from rmhr.duties.papers import kinds, reading
from rmhr.duties.papers.kinds import Paper
from rmhr.duties.views.blueprint import papers as bp
from rmhr.web.auth import me
from rmhr.web.downloads import send_made


def _paper(name: str) -> Paper:
    try:
        return Paper(name)
    except ValueError:
        abort(404)


@bp.get("", access=policies.SEE)
def index() -> ResponseReturnValue:
    """All papers, what each is for, and how much of it only the bank can add."""
    bank = queries.bank.row()
    papers = [(paper, kinds.ABOUT[paper], len(kinds.missing(paper, bank))) for paper in Paper]
    return render_template("duties/papers/index.html", papers=papers)


@bp.get("/<name>", access=policies.SEE)
def show(name: str) -> ResponseReturnValue:
    """One paper in the reader's language, with what the bank has said of itself."""
    paper = _paper(name)
    text = kinds.written(paper, queries.bank.row())
    return render_template(
        "duties/papers/show.html",
        paper=paper,
        sections=kinds.sections(text),
        html=reading.html,
        blanks=kinds.blanks(text),
        may_fill_in=policies.FILL_IN(me()),
    )


@bp.get("/<name>.<any(md, html):kind>", access=policies.SEE)
def download(name: str, kind: str) -> ResponseReturnValue:
    """The same as a file: Markdown to work on, HTML to open and print anywhere."""
    paper = _paper(name)
    text = kinds.written(paper, queries.bank.row())
    file = f"{paper.value}.{language()}.{kind}"
    if kind == "md":
        return send_made(kinds.marked(text).encode(), file, "text/markdown")
    page = render_template(
        "duties/papers/file.html", paper=paper, sections=kinds.sections(text), html=reading.html
    )
    return send_made(page.encode(), file, "text/html")
