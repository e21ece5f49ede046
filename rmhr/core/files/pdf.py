"""Documents as PDF: a Typst template and its data become a tagged file (PDF/UA-1), the same everywhere.

The template gets its data as JSON, so nothing in a name or a title can become markup. It sees the files it is
given and no other: the root of the compiler is an empty folder.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

UA: typst.PDFStandards = "ua-1"
#: Wheels with nothing but fonts. The compiler's own have Latin, Greek, Cyrillic, Hebrew, Armenian and Georgian letters.
WHEELS = (
    "fontpkg_noto_sans_arabic",
    "fontpkg_noto_sans_devanagari",
    "fontpkg_noto_sans_khmer",
    "fontpkg_noto_sans_tamil",
    "fontpkg_noto_sans_telugu",
    "fontpkg_noto_sans_thai",
    "cvttf_NotoSansCJK_Regular",
)
#: ASCII and the letters of Latin-1 and Latin Extended-A, in which most names are written: all of them can be set.
EUROPEAN = frozenset(map(chr, (*range(0x80), *range(0xC0, 0x180))))
#: What stands in the place of a character that cannot be set. Nothing is written in other letters: whose name it is
#: decides that.
BLANK = "□"
#: A page with a text and nothing else.
PROBE = b'#set document(title: "-")\n#set text(font: "Libertinus Serif")\n#json("data.json")'
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
TEMPLATES = Path(__file__).parents[3] / "templates"


class NotRendered(RuntimeError):
    """A bug in a template or its data; the message says where."""


def render(
    template: str,
    data: Mapping[str, Any],
    *,
    language: str,
    at: datetime,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """The PDF that `templates/<template>` makes of `data`, which it reads with `json("data.json")`.

    `language` ("en", "de") is added to the data. `at` (aware) is the date in the file: the same
    input gives the same bytes. `files` are pictures by name. What no font can set is BLANK; `missing` says of a text
    whether it has any. Raises ValueError for a moment without a time zone, NotRendered when Typst refuses.
    """
    if at.tzinfo is None:
        raise ValueError("the moment of a document needs a time zone")
    import typst  # few requests write a document

    given: Any = {  # a dict of files, which the types of typst do not know
        "main.typ": (TEMPLATES / template).read_bytes(),
        **(files or {}),
    }
    # What no font of ours can set would be a box without a word, and the file none that readers aloud can use.
    last: typst.TypstError | None = None
    for say in (dict, printable):
        given["data.json"] = json.dumps({**say(data), "language": language}).encode()
        try:
            return _compiled(given, at)
        except typst.TypstError as error:
            last = error
    raise NotRendered(f"{template}: {last.diagnostic if last else ''}") from last


def missing(text: str) -> str:
    """The characters of a text that cannot be set, each once: of a script that none of the fonts has, and emoji."""
    return "" if EUROPEAN.issuperset(text) else _missing(text)


def printable(value: Any) -> Any:
    """The same text, list or mapping; in the place of each character that cannot be set stands BLANK."""
    if isinstance(value, str):
        gaps = missing(value)
        return "".join(BLANK if sign in gaps else sign for sign in value) if gaps else value
    if isinstance(value, Mapping):
        return {name: printable(each) for name, each in value.items()}
    return [printable(each) for each in value] if isinstance(value, list | tuple) else value


@lru_cache(maxsize=1024)
def _missing(text: str) -> str:
    if _sets(text):
        return ""
    return "".join(dict.fromkeys(sign for sign in text if not sign.isascii() and not _sets(sign)))


def _sets(text: str) -> bool:
    import typst

    try:
        _compiled({"main.typ": PROBE, "data.json": json.dumps(text).encode()}, EPOCH)
    except typst.TypstError:
        return False
    return True


def _compiled(given: Any, at: datetime) -> bytes:
    import typst

    with tempfile.TemporaryDirectory() as root:
        made = typst.compile(
            given, root=root, font_paths=_fonts(), format="pdf", pdf_standards=UA, timestamp=at
        )
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    """Those in the compiler, and those of the wheels; no others, so that a document is the same everywhere."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=list(map(str, _folders()))
    )


def _folders() -> Iterator[Path]:
    """Where the fonts of the wheels lie. Nothing of them is run."""
    for name in WHEELS:
        if (wheel := find_spec(name)) is not None:
            yield from map(Path, wheel.submodule_search_locations or ())
