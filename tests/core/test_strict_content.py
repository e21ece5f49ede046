"""A key of a content file that nobody reads stops the loading, with its line."""

from __future__ import annotations

import pytest

from rmhr.content.strict import ContentError, checked, plain, whole
from rmhr.onboarding import content as onboarding
from rmhr.shadowing import content as shadowing
from rmhr.training import content as training

HEAD = "version: 1\nlanguage_keys: [en, de]\n"


def read_all(text: str) -> list[str]:
    with checked("x.yaml", HEAD + text) as sheet:
        return [each["id"] for each in sheet["things"]]


def test_what_is_read_whole_is_fine():
    assert read_all("things:\n  - {id: a}\n  - {id: b}\n") == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("things:\n  - {id: a}\n  - id: b\n    grace_days: 3\n", "line 6: nothing reads “grace_days”"),
        ("things: []\nrequires: [a]\n", "line 4: nothing reads “requires”"),
        ("things:\n  - {name: a}\n", "line 4: “id” is missing"),
        ("things: []\nthings: []\n", "line 4: “things” stands there twice"),
    ],
)
def test_what_is_not_read_is_missing_or_stands_there_twice_is_named_with_its_line(text, says):
    with pytest.raises(ContentError, match=says):
        read_all(text)


def test_other_languages_are_refused():
    with (
        pytest.raises(ContentError, match="line 2"),
        checked("x.yaml", "version: 1\nlanguage_keys: [en]\n") as sheet,
    ):
        plain(sheet)


@pytest.mark.parametrize(
    ("files", "read"),
    [
        (["courses", "lessons", "exams"], training.catalogue),
        (["onboarding"], onboarding.tasks),
        (["shadowing"], shadowing.ladder),
    ],
)
def test_no_key_of_these_files_is_unread(files, read):
    read.cache_clear()
    assert read()
    for name in files:
        with pytest.raises(ContentError, match="nothing reads"), whole(name):
            pass
