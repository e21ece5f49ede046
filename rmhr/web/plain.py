"""Free text that the product mails to strangers in its own name: it brings no addresses and no links.

Whoever may type a name or a note that a stranger is sent could otherwise have the bank mail their own link.
"""

from __future__ import annotations

from typing import Any

from wtforms import Field, ValidationError

from rmhr.core.i18n import gettext

#: Ends of words that make a name of a host out of them, where nothing else says that it is one.
ENDS = frozenset(
    [
        "com",
        "net",
        "org",
        "info",
        "biz",
        "io",
        "co",
        "me",
        "ai",
        "app",
        "dev",
        "xyz",
        "top",
        "shop",
        "site",
        "online",
        "live",
        "link",
        "click",
        "page",
        "icu",
        "vip",
        "club",
        "store",
        "pro",
        "ru",
        "cn",
        "tk",
        "ml",
        "ga",
        "cf",
        "gq",
        "pw",
        "cc",
        "ws",
        "tv",
        "to",
        "ly",
        "gl",
        "gd",
        "de",
        "at",
        "ch",
        "eu",
        "uk",
        "fr",
        "it",
        "es",
        "nl",
        "be",
        "pl",
        "cz",
        "dk",
        "se",
        "no",
        "fi",
        "us",
        "ca",
        "example",
    ]
)
#: What stands around a word and is not of it.
AROUND = "()[]{}<>,;:!?\"'„“”‚‘’«»…*_|"
#: What looks like the dot or the sign of an address, and is read as one by programs or people.
ALIKE = str.maketrans({"。": ".", "．": ".", "｡": ".", "․": ".", "＠": "@", "﹫": "@", "／": "/", "：": ":"})


def link_in(text: str) -> str:
    """The first word that is a web or mail address, or would be made a link by a mail program; "" without one."""
    for word in text.translate(ALIKE).split():
        bare = word.strip(AROUND + ".").casefold()
        if "://" in bare or bare.startswith(("www.", "mailto:", "http:", "https:")) or _is_mail(bare):
            return word
        host = bare.split("/")[0].split("?")[0].split(":")[0].split("#")[0]
        if any(_is_host(each.strip(AROUND)) for each in {host, *bare.replace("/", ",").split(",")}):
            return word
    return ""


def _is_mail(word: str) -> bool:
    before, at, after = word.partition("@")
    return bool(at and before and "." in after)


def _is_host(word: str) -> bool:
    labels = word.split(".")
    if len(labels) == 4 and all(label.isdecimal() and len(label) <= 3 for label in labels):
        return all(int(label) <= 255 for label in labels)
    before = labels[-2] if len(labels) > 1 else ""
    return bool(
        len(before) > 1
        and labels[-1] in ENDS
        and all(label and label.replace("-", "").isalnum() for label in labels)
    )


class NoLinks:
    """A validator of WTForms: the text goes to strangers, so it brings no link."""

    def __call__(self, _form: Any, field: Field) -> None:
        found = link_in(str(field.data or ""))
        if found:
            raise ValidationError(
                gettext(
                    "This is mailed to people outside, so it must have no web or e-mail address: “%(what)s”.",
                    what=found[:60],
                )
            )


NO_LINKS = NoLinks()
