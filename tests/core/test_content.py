"""Starter content: a file is read strictly, and a newer one changes what nobody has edited."""

from __future__ import annotations

import pytest

from rmhr.content import ContentError, loading, parsed, words
from rmhr.content.loading import Loaded, in_step
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.models.applications import RejectionReason
from tests.factories.accounts import user

FILE = """
version: 1
reasons:
  - {code: late, label: {en: Late, de: Spät}, grace_days: 3}
"""


@pytest.mark.once
def test_a_key_that_nobody_reads_is_named_with_its_line(monkeypatch):
    data = parsed(FILE, "reasons")
    monkeypatch.setattr(loading, "read", lambda name: data)
    for reason in data["reasons"]:
        reason["code"]
        words(reason["label"])

    with pytest.raises(ContentError, match=r"rmhr/content/reasons\.yaml, line 4: nobody reads “grace_days”"):
        loading.finished("reasons")

    data["reasons"][0]["grace_days"]
    loading.finished("reasons")


@pytest.mark.once
def test_a_key_that_is_missing_unknown_or_there_twice_is_named_with_its_line():
    data = parsed(FILE, "reasons")
    with pytest.raises(ContentError, match="line 4: “said” is missing"):
        data["reasons"][0]["said"]
    with pytest.raises(ContentError, match="line 4: “grace_days” is not known here"):
        data["reasons"][0].only("code", "label")
    with pytest.raises(ContentError, match="line 4: “code” stands here twice"):
        parsed(FILE.replace("grace_days: 3", "code: 3"), "reasons")


def reasons(**labels: str) -> Loaded:
    wanted = {
        code: {"position": 90, "label": Words(en=label, de=label), "said": Words(en="So.", de="So.")}
        for code, label in labels.items()
    }
    with audit.acting(SYSTEM, "applications.load_content"):
        return in_step(RejectionReason, wanted)


def reason(code: str) -> RejectionReason:
    return db.session.query(RejectionReason).filter_by(code=code).one()


def test_a_newer_file_changes_what_nobody_has_edited_and_lists_what_differs():
    assert reasons(one="Once", two="Twice") == Loaded(added=2)
    assert reasons(one="Once", two="Twice") == Loaded()

    with audit.acting(user(), "applications.load_content_by_hand"):
        reason("two").label = Words(en="As HR says it", de="Wie HR es sagt")

    became = reasons(one="One", two="Two")

    assert became == Loaded(updated=1, kept=("rejection reason two: label",))
    assert reason("one").label["en"] == "One"
    assert reason("two").label["en"] == "As HR says it"
