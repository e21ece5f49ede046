"""Passwords and the secrets of links: hashed, never stored (argon2id; OWASP Password Storage Cheat Sheet)."""

from __future__ import annotations

import itertools
import secrets
import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from rmhr.core.i18n import gettext
from rmhr.core.letters import normal
from rmhr.core.patterns import Pattern

SHORTEST = 10  # characters
LONGEST = 200
#: Figures and signs around the word.
_EDGES = Pattern(r"^[^\p{L}]+|[^\p{L}]+$")

#: Each check takes 64 MiB; more than these at once wait.
_at_once = BoundedSemaphore(4)


def _hasher() -> PasswordHasher:
    made = current_app.extensions.get("passwords")
    if made is None:
        made = PasswordHasher.from_parameters(current_app.config["PASSWORD_PARAMETERS"])
        current_app.extensions["passwords"] = made
    hasher: PasswordHasher = made
    return hasher


def hashed(password: str) -> str:
    """The argon2id hash of a password, whichever keyboard or system typed it (see `_even`)."""
    with _at_once:
        return _hasher().hash(_even(password))


def fits(password: str, stored: str) -> bool:
    """Whether the password is the one that was hashed. Takes as long where nothing is stored."""
    spellings = dict.fromkeys((_even(password), password))  # as typed: how it was hashed before 0.3
    with _at_once:
        return any(_verified(stored, spelling) for spelling in spellings) and bool(stored)


def _verified(stored: str, password: str) -> bool:
    try:
        return bool(_hasher().verify(stored or _nobody(_hasher()), password))
    except (VerificationError, InvalidHashError):
        return False


def _even(password: str) -> str:
    """A password in one spelling, as RFC 8265 asks (OpaqueString): other spaces are spaces, "ü" is one code point.

    The RFC names NFC; NFKC holds as well where a keyboard types full-width letters.
    """
    spaced = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in password)
    return normal(spaced, "NFKC")


def outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(stored)


@cache
def _nobody(hasher: PasswordHasher) -> str:
    """A hash to check against where there is none, so that unknown addresses take as long as known ones."""
    return hasher.hash(secrets.token_urlsafe(16))


def token() -> str:
    """A new secret for a link: 256 bits."""
    return secrets.token_urlsafe(32)


# What a password must not be.

#: What lists of stolen passwords begin with, without what people put around it (figures, "!", capitals).
_TRIED_FIRST = """
    password passwort passwd kennwort geheim geheimnis secret topsecret letmein letmeinnow welcome willkommen
    qwerty qwertz qwertyuiop qwertzuiop qwertyuiopasdf qwertzuiopasdf asdfghjkl yxcvbnm zxcvbnm qazwsx
    qazwsxedc admin administrator root user benutzer test tester testtest changeme changemenow default initial
    start iloveyou ichliebedich ichliebe schatz schatzi sunshine sonnenschein princess prinzessin football
    fussball baseball superman batman dragon drache monkey master shadow michael thomas andreas daniel hallo
    hallohallo hello helloworld abc abcd abcde abcdef abcdefg abcdefgh abcdefghij summer sommer winter spring
    herbst autumn bank bankbank sparkasse berlin hamburg deutschland germany computer internet server login
    whatever trustno
"""
COMMON = frozenset(_TRIED_FIRST.split())
_SAID_AS = str.maketrans("01345$@7!", "oleassati")
#: With so many characters besides a known word, the word does no harm.
ENOUGH_BESIDES = 6


def objection(password: str, *, name: str = "", email: str = "") -> str | None:
    """Why this password will not do and what would, in the reader's language; None if it is good enough."""
    password = _even(password)
    if len(password) < SHORTEST:
        return gettext(
            "Use at least %(n)s characters. Several words in a row are long and easy to remember.", n=SHORTEST
        )
    if len(password) > LONGEST:
        return gettext("Use at most %(n)s characters.", n=LONGEST)
    if len(set(password.casefold())) < 5:
        return gettext("This repeats the same few characters. Use at least 5 different ones.")
    if _is_run(password):
        return gettext(
            "This is a row of the keyboard or of the alphabet. Use words that do not belong together."
        )
    plain = _plain(password)
    for own in _pieces(name, email):
        if own in plain and len(plain) - len(own) < ENOUGH_BESIDES:
            return gettext(
                "This is nearly your name or your e-mail address. Others know these: use other words."
            )
    core = _EDGES.sub("", password.casefold())
    if {core, core.translate(_SAID_AS), plain.translate(_SAID_AS)} & COMMON:
        return gettext(
            "This is one of the passwords that are tried first. Use several words in a row instead."
        )
    return None


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _pieces(name: str, email: str) -> set[str]:
    """The whole name, its words in either order, the address and what stands before its @."""
    words = [_plain(word) for word in name.split()]
    found = {"".join(words), "".join(reversed(words)), _plain(email), _plain(email.partition("@")[0]), *words}
    return {piece for piece in found if len(piece) >= 4}


def _is_run(password: str) -> bool:
    """Whether it only goes up or down by one: 1234567890, abcdefghij; or is one row of keys."""
    text = password.casefold()
    steps = {ord(b) - ord(a) for a, b in itertools.pairwise(text)}
    rows = (
        "1234567890",
        "01234567890",
        "0987654321",
        "qwertyuiop",
        "qwertzuiopü",
        "poiuytrewq",
        "poiuztrewq",
    )
    return steps <= {1, -1, 9, -9} or any(text in row * 2 for row in rows)
