"""A logo is looked at and drawn anew; what is no picture is refused in words."""

from __future__ import annotations

import io

import pytest
from PIL import Image, PngImagePlugin
from werkzeug.datastructures import FileStorage

from rmhr.core.files import pictures
from rmhr.core.files.store import NotAcceptable


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 120), **saved: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "#0b5cad").save(made, kind, **saved)
    return made.getvalue()


def accepted(data: bytes, name: str = "logo.png") -> bytes:
    return pictures.accept(FileStorage(io.BytesIO(data), filename=name)).data


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_pictures_become_a_png_whatever_their_name_says(kind):
    drawn = Image.open(io.BytesIO(accepted(picture(kind), "logo.anything")))

    assert drawn.format == "PNG"
    assert drawn.size == (300, 120)


def test_it_is_no_larger_than_it_is_shown():
    assert Image.open(io.BytesIO(accepted(picture(size=(3000, 1000))))).size == (432, 144)


def test_what_the_file_says_besides_is_gone():
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "somebody at 53.55 north")

    drawn = accepted(picture(pnginfo=said) + b"<script>alert(1)</script>")

    assert b"somebody" not in drawn
    assert b"script" not in drawn


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "", "Choose a file"),
        (b"", "logo.png", "is empty"),
        (b"%PDF-1.7 not a picture", "logo.png", "is no picture that we can show"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "logo.svg", "is no picture"),
        (picture("GIF"), "logo.gif", "is no picture"),
        (picture()[:60], "logo.png", "cannot be opened"),
        (b"\x89PNG" + b"0" * (2 * 1024 * 1024), "logo.png", "at most 2 MB"),
        (picture(size=(12_000, 4_000)), "logo.png", "is too large"),
    ],
    ids=["nothing", "empty", "pdf", "svg", "gif", "half", "heavy", "huge"],
)
def test_what_is_no_picture_is_refused_in_words(app, data, name, words):
    with app.test_request_context(), pytest.raises(NotAcceptable, match=words):
        accepted(data, name)
