"""The starter content, as YAML in English and German."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from rmhr.core.i18n import Words

#: What stands before the number of a law's part.
CITED = re.compile(r"(?<!\w)(section|Section|Article|no\.|sentence|Art\.|Abs\.|Nr\.|Satz|§§?) (?=\d)")


@cache
def read(name: str) -> dict[str, Any]:
    """The content of `<name>.yaml`, for example read("courses")."""
    text = (files("rmhr.content") / f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return data


def words(given: dict[str, Any]) -> Words:
    """{en: …, de: …} of the content as words; other keys beside them are left out."""
    return Words(en=_kept_together(str(given["en"])), de=_kept_together(str(given["de"])))


def _kept_together(text: str) -> str:
    """No line ends between "§" or "section" and its number."""
    return CITED.sub("\\1\u00a0", text)
