"""Where a CV may speak to a criterion: passages that share words with it. It points; only a person judges.

The way is plain on purpose, so that everybody can see why a passage is shown: both texts are cut into word
stems (English and German); words that are rare in this CV count more; the passage with the highest count is
shown. Nothing is learnt, nothing is kept, and no number ever reaches the verdict.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rmhr.core.files.outline import is_heading

SHORTEST, LONGEST = 12, 180  # characters of a passage
#: What a passage must amount to: one rare long word, or two ordinary ones.
ENOUGH = 1.6

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_BREAK = re.compile(r"\n+|(?<=[.!?;])\s+")
_LEVEL = re.compile(r"[abc][12]")


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_ENDINGS = _listed(
    """
    ungen ischen ische lichen liche keiten heiten keit heit ung innen in ations ation ments ment ings ing
    ies ied ern ers er en em es ed e n s y
    """
)
#: Words that stand in every posting and every CV and say nothing.
_COMMON = frozenset(
    _listed(
        """
        a an and any are as at be by can for from have i in is it its my of on or our such than that the their
        them they this to up was were what when which who will with within you your other similar
        comparable level years year months month several well good very also more least ready readiness
        acquire including aber als am an auch auf aus bei bis das dem den der des die diese dieser durch
        ein eine einem einen einer eines er es fuer für gute guter hat ich ihn ihr im in ist mehr mein
        meine mit nach oder sehr sich sie sind so sowie ueber über um und uns unser unsere von vor war
        wie wir wird zu zum zur innerhalb monate monaten jahre jahren vergleichbar vergleichbare
        bereitschaft erwerben einschließlich
        """
    )
)
#: Words that count little by themselves: nearly every line of a banker's CV has one.
_WEAK = frozenset(_listed("experienc erfahr knowledg kenntniss bank work arbeit client kund"))


@dataclass(frozen=True)
class Passage:
    """Some words of the CV that may show the criterion with this number."""

    number: int
    words: str
    shared: tuple[str, ...]  # why: the words that both have, as the CV writes them


def find(text: str, criteria: Sequence[Iterable[str]]) -> dict[int, Passage]:
    """The best passage for each criterion (given as its texts in all languages), by its number from 1.

    No passage is given twice: where two criteria want the same, the closer one gets it.
    """
    pieces = _pieces(text)
    stems = [_stems(piece) for piece in pieces]
    frequency = Counter(stem for piece in stems for stem in piece)
    offers = []
    for number, texts in enumerate(criteria, 1):
        wanted = {stem for each in texts for stem in _stems(each)}
        for place, piece in enumerate(stems):
            shared = {stem: word for stem, word in piece.items() if any(_same(stem, one) for one in wanted)}
            score = sum(_weight(stem, frequency[stem], len(pieces)) for stem in shared)
            if score >= ENOUGH:
                offers.append((-score, number, place, tuple(shared.values())))
    found: dict[int, Passage] = {}
    taken: set[int] = set()
    for _score, number, place, words in sorted(offers):
        if number not in found and place not in taken:
            found[number] = Passage(number, pieces[place], words)
            taken.add(place)
    return dict(sorted(found.items()))


def _pieces(text: str) -> list[str]:
    """Sentences and lines, cut to a readable length; only such as stand there once, none inside another.

    A heading is no evidence.
    """
    pieces = []
    for raw in _BREAK.split(text):
        if is_heading(raw):
            continue
        piece = raw.strip(" \t•·–-*|,;:")
        if len(piece) > LONGEST:
            piece = piece[:LONGEST].rsplit(" ", 1)[0]
        if len(piece) >= SHORTEST and text.count(piece) == 1:
            pieces.append(piece)
    return [piece for piece in pieces if not any(piece != other and piece in other for other in pieces)]


def _stems(text: str) -> dict[str, str]:
    """{stem: the word as it is written} of everything in a text that says something."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        low = word.casefold()
        plain = "".join(c for c in unicodedata.normalize("NFD", low) if not unicodedata.combining(c))
        if low in _COMMON or plain in _COMMON or (len(plain) < 3 and not _LEVEL.fullmatch(plain)):
            continue
        found.setdefault(_stem(plain), word)
    return found


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _same(one: str, other: str) -> bool:
    """The same stem; or, as German builds its words, one inside the other."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= 6 and (long.startswith(short) or (len(short) >= 8 and short in long))


def _weight(stem: str, times: int, pieces: int) -> float:
    rare = math.log(1 + pieces / times) / math.log(1 + pieces)
    if stem in _WEAK:
        return 0.4 * rare
    return rare * (1.3 if _LEVEL.fullmatch(stem) else 1.0 + min(len(stem), 12) / 20)
