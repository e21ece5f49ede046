"""Pictures that staff upload: checked and encoded anew as PNG; the uploaded file itself is not kept."""

from __future__ import annotations

import io
import warnings
from contextlib import suppress

from werkzeug.datastructures import FileStorage

from rmhr.core.files.store import EMPTY, NOTHING, TOO_LARGE, NotAcceptable, Upload
from rmhr.core.files.types import MB, Allowed, Kind, clean_name, size_words
from rmhr.core.i18n import _, gettext
from rmhr.models.documents import TextState

PNG = Kind("PNG", ("png",), "image/png", b"\x89PNG", "picture")
JPEG = Kind("JPEG", ("jpg", "jpeg"), "image/jpeg", b"\xff\xd8\xff", "picture")
WEBP = Kind("WebP", ("webp",), "image/webp", b"RIFF", "picture")
LOGO = Allowed(kinds=(PNG, JPEG, WEBP), max_bytes=2 * MB)
#: A picture of a lesson.
DRAWING = Allowed(kinds=(PNG, JPEG, WEBP), max_bytes=10 * MB)
#: Width and height as large as it is kept, in pixels: a logo has three times what a page shows, for fine screens.
OF_A_LOGO, OF_A_LESSON = (480, 144), (1600, 1600)
#: Larger ones are not even opened: a file of a few bytes may unfold into gigabytes.
MOST_PIXELS = 16_000_000

NO_PICTURE = _("“%(name)s” is no picture that we can show. Choose a file of the type %(kinds)s.")
DAMAGED = _("“%(name)s” cannot be opened: it is damaged or not complete. Save it again as a PNG.")
TOO_MANY_PIXELS = _("The picture “%(name)s” is too large. Choose one of at most 4,000 by 4,000 pixels.")


def accept(file: FileStorage, allowed: Allowed = LOGO, largest: tuple[int, int] = OF_A_LOGO) -> Upload:
    """The picture of an uploaded file as a PNG, no larger than it is shown. What its name says does not matter.

    Raises NotAcceptable with a sentence for the form.
    """
    name = clean_name(file.filename or "")
    data = file.stream.read(allowed.max_bytes + 1)
    if not name and not data:
        raise NotAcceptable(NOTHING)
    name = name or gettext("picture")
    if not data:
        raise NotAcceptable(EMPTY, name=name)
    if len(data) > allowed.max_bytes:
        size = len(data) + len(file.stream.read())
        raise NotAcceptable(TOO_LARGE, name=name, size=size_words(size), limit=size_words(allowed.max_bytes))
    return Upload(
        f"{name.rpartition('.')[0] or name}.png",
        PNG,
        _drawn(name, data, allowed, largest),
        "",
        TextState.NONE,
    )


def _drawn(name: str, data: bytes, allowed: Allowed, largest: tuple[int, int]) -> bytes:
    """The picture alone: no comments, no place where it was taken, nothing behind its end."""
    from PIL import Image, UnidentifiedImageError  # pictures are seldom uploaded

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Pillow about large pictures: we measure ourselves
            picture = Image.open(io.BytesIO(data), formats=[kind.name.upper() for kind in allowed.kinds])
            fits = picture.width * picture.height <= MOST_PIXELS
            drawn = picture.convert("RGBA") if fits else None
    except UnidentifiedImageError:
        raise NotAcceptable(NO_PICTURE, name=name, kinds=allowed.kind_words) from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise NotAcceptable(DAMAGED, name=name) from None
    if drawn is None:
        raise NotAcceptable(TOO_MANY_PIXELS, name=name)
    with suppress(ValueError):
        drawn = drawn.crop(drawn.getbbox())  # what is wholly transparent around it would only make it small
    drawn.thumbnail(largest)
    made = io.BytesIO()
    drawn.save(made, "PNG", optimize=True)
    return made.getvalue()
