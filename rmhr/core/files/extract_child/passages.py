"""Where a CV may speak to a criterion: passages that share words with it. It points; only a person judges.

The way is plain on purpose, so that everybody can see why a passage is shown: both texts are cut into word
stems (English and German); words that are rare in this CV count more; the passage with the highest count is
shown. Nothing is learnt, and no number ever reaches the verdict.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .outline import is_heading, lines

SHORTEST, LONGEST = 12, 180  # characters of a passage
#: What a passage must amount to: one rare long word, or two ordinary ones.
ENOUGH = 1.6
#: Letters from which on a word may begin with another, and hold another inside: German builds its words so.
BEGINS, HOLDS = 6, 8
#: Letters; what is longer is no word.
LONGEST_WORD = 60

_SENTENCE_ENDS = ".!?;"
_EDGES = " \t•·–-*|,;:"
_JOINTS = "-'’"
_LEVELS = frozenset(letter + number for letter in "abc" for number in "12")


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
    """Some words of the CV that may show the criterion with this number, and where they stand in it."""

    number: int
    start: int
    end: int
    shared: tuple[str, ...]  # why: the words that both have, as the CV writes them


def find(text: str, criteria: Sequence[Iterable[str]]) -> list[Passage]:
    """The best passage for each criterion (given as its texts in all languages), by its number from 1.

    No passage is given twice: where two criteria want the same, the closer one gets it.
    """
    pieces = _pieces(text)
    stems = [_stems(text[start:end]) for start, end in pieces]
    places: dict[str, list[int]] = defaultdict(list)
    for place, piece in enumerate(stems):
        for stem in piece:
            places[stem].append(place)
    known = _Known(places)
    wanted = [known.like({stem for each in texts for stem in _stems(each)}) for texts in criteria]
    offers: list[tuple[float, int, int]] = []
    for number, like in enumerate(wanted, 1):
        scores: dict[int, float] = defaultdict(float)
        for stem in like:
            weight = _weight(stem, len(places[stem]), len(pieces))
            for place in places[stem]:
                scores[place] += weight
        offers += [(-score, number, place) for place, score in scores.items() if score >= ENOUGH]
    found: dict[int, Passage] = {}
    taken: set[int] = set()
    for _score, number, place in sorted(offers):
        if number not in found and place not in taken:
            shared = tuple(word for stem, word in stems[place].items() if stem in wanted[number - 1])
            found[number] = Passage(number, *pieces[place], shared)
            taken.add(place)
    return [found[number] for number in sorted(found)]


def _pieces(text: str) -> list[tuple[int, int]]:
    """Where sentences and lines begin and end, cut to a readable length; only such as stand there once.

    A heading is no evidence.
    """
    pieces: list[tuple[int, int]] = []
    for line_start, line in lines(text):
        for start, end in _sentences(line, line_start):
            raw = text[start:end]
            if is_heading(raw):
                continue
            piece = raw.strip(_EDGES)
            start += len(raw) - len(raw.lstrip(_EDGES))
            if len(piece) > LONGEST:
                piece = piece[:LONGEST].rsplit(" ", 1)[0]
            if len(piece) >= SHORTEST:
                pieces.append((start, start + len(piece)))
    times = Counter(text[start:end] for start, end in pieces)
    return [(start, end) for start, end in pieces if times[text[start:end]] == 1]


def _sentences(line: str, begin: int) -> Iterator[tuple[int, int]]:
    """Where the sentences of a line, which begins there in the text, begin and end."""
    start = 0
    for place in range(1, len(line)):
        if line[place].isspace() and line[place - 1] in _SENTENCE_ENDS:
            yield begin + start, begin + place
            start = place + 1
    yield begin + start, begin + len(line)


def _stems(text: str) -> dict[str, str]:
    """{stem: the word as it is written} of everything in a text that says something."""
    found: dict[str, str] = {}
    for word in _words(text):
        low = word.casefold()
        plain = "".join(c for c in unicodedata.normalize("NFD", low) if not unicodedata.combining(c))
        if low in _COMMON or plain in _COMMON or (len(plain) < 3 and plain not in _LEVELS):
            continue
        found.setdefault(_stem(plain), word)
    return found


def _words(text: str) -> Iterator[str]:
    """Letters and figures, and what is joined by a hyphen or an apostrophe."""
    spaced = "".join(sign if sign.isalnum() or sign in _JOINTS else " " for sign in text)
    for token in spaced.replace("--", " ").split():
        if (word := token.strip(_JOINTS)) and len(word) <= LONGEST_WORD:
            yield word


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


class _Known:
    """The stems of a CV: which of them are the same as others or, as German builds its words, hold or are in them."""

    def __init__(self, stems: Iterable[str]) -> None:
        self.stems = frozenset(stems)
        self.joined = "\n" + "\n".join(self.stems) + "\n"

    def like(self, wanted: Iterable[str]) -> set[str]:
        """Those that are like one of these."""
        return {found for stem in wanted for found in (*self._inside(stem), *self._around(stem))}

    def _inside(self, stem: str) -> frozenset[str]:
        """Those that are this stem, begin it, or stand inside of it."""
        begins = {stem[:end] for end in range(BEGINS, len(stem))}
        holds = {stem[start:end] for start in range(len(stem)) for end in range(start + HOLDS, len(stem) + 1)}
        return self.stems & {stem, *begins, *holds}

    def _around(self, stem: str) -> Iterator[str]:
        """Those that begin with this stem, or hold it."""
        if len(stem) < BEGINS:
            return
        sought = stem if len(stem) >= HOLDS else f"\n{stem}"
        at = self.joined.find(sought)
        while at >= 0:
            end = self.joined.index("\n", at + 1)
            yield self.joined[self.joined.rindex("\n", 0, at + 1) + 1 : end]
            at = self.joined.find(sought, end)


def _weight(stem: str, times: int, pieces: int) -> float:
    rare = math.log(1 + pieces / times) / math.log(1 + pieces)
    if stem in _WEAK:
        return 0.4 * rare
    return rare * (1.3 if stem in _LEVELS else 1.0 + min(len(stem), 12) / 20)
