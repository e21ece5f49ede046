"""Every table says whose personal data it holds, every column what kind, and what is said of deletion is so."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from rmhr.core import registry
from rmhr.core.db import Base
from rmhr.models import personal
from rmhr.models.personal import BOOKKEEPING, HOLDINGS, PEOPLE, Data, Holding, Kept, Processing, Whose

TABLES = Base.metadata.tables
pytestmark = pytest.mark.once


def unsaid(table: sa.Table, holding: Holding | None) -> list[str]:
    """What is missing of a table's entry, or too much of it."""
    if holding is None:
        return [f"rmhr/models/personal.py does not say what {table.name} holds"]
    needed = {it.name for it in table.columns if it.name not in BOOKKEEPING and not it.foreign_keys}
    named = holding.named
    found = [f"{table.name}.{name} is in no kind of data" for name in sorted(needed - set(named))]
    found += [f"{table.name} has no column {name} to name" for name in sorted(set(named) - needed)]
    found += [f"{table.name}.{name} is named twice" for name in named if named.count(name) > 1]
    about = bool(holding.kinds) or bool(holding.whose)
    if about and not holding.whose and holding.kinds != (Data.TECHNICAL,):
        found.append(f"{table.name} holds data of people, and does not say whose")
    points = {key.column.table.name for it in table.columns for key in it.foreign_keys}
    if points & PEOPLE and not holding.whose:
        found.append(f"{table.name} points to people, and does not say to whom")
    return found


def test_every_table_and_column_says_whose_data_it_holds(app):
    found = [line for name, table in sorted(TABLES.items()) for line in unsaid(table, HOLDINGS.get(name))]
    assert not found, "\n".join(found)
    assert not HOLDINGS.keys() - TABLES.keys()


def test_a_new_table_and_a_new_column_are_noticed():
    table = sa.Table(
        "wish",
        sa.MetaData(),
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("words", sa.Text),
        sa.Column("day", sa.Date),
    )
    assert unsaid(table, None) == ["rmhr/models/personal.py does not say what wish holds"]
    said = Holding(
        "wish", "Wishes", Processing.ACCOUNTS, (Whose.STAFF,), personal.UNLIMITED, {Data.WORDS: ("words",)}
    )
    assert unsaid(table, said) == ["wish.day is in no kind of data"]
    nobody = Holding(
        "wish",
        "Wishes",
        Processing.ACCOUNTS,
        (),
        personal.NOTHING,
        {Data.WORDS: ("words",), Data.PLAIN: ("day", "sum")},
    )
    assert unsaid(table, nobody) == [
        "wish has no column sum to name",
        "wish holds data of people, and does not say whose",
    ]


def test_a_table_is_said_once_and_in_known_words():
    assert len(personal._ALL) == len(HOLDINGS)
    with pytest.raises(ValueError, match="shoe_size"):
        personal.holds("wish", "Wishes", Processing.ACCOUNTS, kept=personal.UNLIMITED, shoe_size="words")


def test_each_period_of_deletion_is_some_tables():
    said = {holding.kept.rule.name for holding in HOLDINGS.values() if holding.kept.rule}
    assert said == set(registry.PERIODS)


def _goes_along(of: str, found: set[str]) -> set[str]:
    """The tables whose rows cannot be without a row of that one: what `rmhr/applications/erasing.py` deletes."""
    for table in TABLES.values():
        for column in table.columns:
            points = any(key.column.table.name == of for key in column.foreign_keys)
            if points and not column.nullable and table.name not in found:
                found.add(table.name)
                _goes_along(table.name, found)
    return found


def test_what_is_said_to_go_with_an_application_does(app):
    gone = _goes_along("application", {"application"}) | {"applicant", "document"}
    said = {name for name, it in HOLDINGS.items() if it.kept is personal.WITH_APPLICATION}
    assert said == gone


def test_every_processing_and_everybody_is_used(app):
    assert {it.processing for it in HOLDINGS.values()} == set(Processing)
    assert {whose for it in HOLDINGS.values() for whose in it.whose} == set(Whose)
    assert all(isinstance(it.kept, Kept) for it in HOLDINGS.values())


def test_what_is_hidden_from_the_history_is_about_a_person_or_a_secret(app):
    """A column that is private to the history is none that says nothing about a person."""
    secrets = {("webhook", "url"), ("webhook", "secret")}
    for name, table in TABLES.items():
        for column in table.columns:
            if column.info.get("private") and (name, column.name) not in secrets:
                assert column.name not in HOLDINGS[name].columns.get(Data.PLAIN, ()), f"{name}.{column.name}"
