"""What came as JSON, as a form reads it: fields with texts. What is no such thing is answered with 400."""

from __future__ import annotations

from typing import Any

from flask import abort
from werkzeug.datastructures import MultiDict

from rmhr.web.uploads import NUL


def fields_of(body: object) -> MultiDict[str, str]:
    """The fields of a JSON body: an object of texts, numbers, yes and no, or lists of these. Otherwise 400."""
    if not isinstance(body, dict):
        abort(400)
    found: MultiDict[str, str] = MultiDict()
    for name, value in body.items():
        for each in value if isinstance(value, list) else [value]:
            if each is not None:
                found.add(_text(name), _text(each))
    return found


def _text(value: Any) -> str:
    """A value as a form would send it. A lone half of a sign is no text: nothing could be answered with it."""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str | int | float):
        abort(400)
    text = str(value).replace(NUL, "")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        abort(400)
    return text
