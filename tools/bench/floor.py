"""The floor: a bare page of Flask, 25 rows found by one indexed query, 17 KB. No page can cost less.

`gunicorn --config python:tools.bench.floor tools.bench.floor:app` serves it as `gunicorn.conf.py` says for the product.
"""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, render_template_string

ROWS, SHOWN = 5_000, 25
STATUSES = ("received", "screening", "shortlisted", "rejected")
metadata = sa.MetaData()
things = sa.Table(
    "floor",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("said", sa.Text, nullable=False),
    sa.Index("ix_floor_status_id", "status", "id"),
)
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Floor</title></head><body><table>
<thead><tr><th>Number</th><th>Name</th><th>Status</th><th>Said</th></tr></thead><tbody>
{% for row in rows %}<tr class="table__row table__row--link" data-id="{{ row.id }}">
<td class="table__cell table__cell--number">{{ row.id }}</td>
<td class="table__cell table__name"><a class="table__link" href="/things/{{ row.id }}">{{ row.name }}</a></td>
<td class="table__cell"><span class="pill pill--info" title="{{ row.status }}">{{ row.status }}</span></td>
<td class="table__cell table__cell--text">{{ row.said }}</td>
</tr>
{% endfor %}</tbody></table></body></html>"""
SAID = (
    "What somebody has said of it, long enough that it looks like the text of a page & needs escaping. " * 3
)


def fill(url: str) -> None:
    """Make its table in an empty database."""
    engine = sa.create_engine(url)
    metadata.create_all(engine)
    rows = [
        {"name": f"Thing {number}", "status": STATUSES[number % len(STATUSES)], "said": SAID}
        for number in range(ROWS)
    ]
    with engine.begin() as connection:
        connection.execute(sa.insert(things), rows)
    engine.dispose()


def create_app(url: str) -> Flask:
    """The bare application on this database."""
    bare = Flask(__name__)
    engine = sa.create_engine(url)
    query = sa.select(things).where(things.c.status == "screening").order_by(things.c.id.desc()).limit(SHOWN)

    @bare.get("/")
    def index() -> str:
        with engine.connect() as connection:
            return render_template_string(PAGE, rows=connection.execute(query).all())

    return bare


def __getattr__(name: str) -> object:
    """`app` for gunicorn, made when it is asked for; its settings are those of the product."""
    if name == "app":
        return create_app(os.environ["RMHR_DATABASE_URL"])
    raise AttributeError(name)


settings = runpy.run_path(str(Path(__file__).resolve().parent.parent.parent / "gunicorn.conf.py"))
globals().update(
    {name: settings[name] for name in settings if not name.startswith(("_", "post_", "on_", "when_"))}
)
