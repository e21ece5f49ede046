"""The filters of all templates: words for dates, money, texts and people."""

from __future__ import annotations

from flask import Flask

from rmhr.core import words
from rmhr.core.flow.seen import name_of, seen_of


def init_app(app: Flask) -> None:
    """Give every template these filters."""
    app.jinja_env.filters.update(
        day=words.day,
        day_text=words.day_text,
        day_long=words.day_long,
        day_bare=words.day_bare,
        clock=words.time_of_day,
        moment=words.moment,
        time_in_zone=words.time_in_zone,
        moment_in_zone=words.moment_in_zone,
        in_days=words.in_days,
        days_until=words.days_until,
        ago=words.ago,
        days_since=words.days_since,
        money=words.money,
        money_range=words.money_range,
        number=words.number,
        markdown=words.markdown,
        paragraphs=words.paragraphs,
        sentence=words.sentence,
        linked=words.linked,
        initials=words.initials,
        seen=seen_of,
        named=name_of,
    )
