"""The starter content, as YAML in English and German."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from rmhr.core.i18n import Words


@cache
def read(name: str) -> dict[str, Any]:
    """The content of `<name>.yaml`, for example read("courses")."""
    text = (files("rmhr.content") / f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return data


def words(given: dict[str, Any]) -> Words:
    """{en: …, de: …} of the content as words; other keys beside them are left out."""
    return Words(en=str(given["en"]), de=str(given["de"]))
