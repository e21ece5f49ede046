"""How easily a text is read: its sentences, words and syllables, and the figure that comes of them.

English: Flesch reading ease, 206.835 - 1.015 x (words per sentence) - 84.6 x (syllables per word); R. Flesch,
"A new readability yardstick", Journal of Applied Psychology 32 (1948). German: the same with the constants of
T. Amstad, "Wie verständlich sind unsere Zeitungen?" (Zurich 1978), 180 - (words per sentence) - 58.5 x (syllables
per word), because German words are longer. Both run from about 0 (a statute) to 100 (a children's book).

Syllables are counted by their vowels. A library that hyphenates (pyphen) was tried: it does not part what a printer
would not part, so that "idea", "area" and "people" have one syllable each, and English came out far too easy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

#: So many texts are remembered with what was found in them: those of a posting are read at each opening of its pages.
TEXTS = 2000
#: More words than this, and a reader has lost the beginning by the end (practice: 15 to 20 on average).
LONGEST_SENTENCE = 30
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
#: Markdown that is not read: signs of lists, headings, emphasis, the address of a link.
SIGNS = re.compile(r"^[^\S\n]*(?:[-*+]|\d+[.)]|#+)\s+|\*\*|__|`|\]\([^)\]]*\)|\[", re.MULTILINE)
#: A dot that ends no sentence.
SHORT = re.compile(
    r"\b(?:z\.\s?B|d\.\s?h|u\.\s?a|i\.\s?d\.\s?R|bzw|ca|inkl|ggf|evtl|usw|etc|Abs|Art|Nr|Buchst|Dr|Prof|e\.g|i\.e|no|approx"
    r"|St)\.",
    re.IGNORECASE,
)
END = re.compile(r"(?<=[.!?])[\"”“»)]*\s+(?=[\"„“«(]?[^\W\d_a-zäöüß])|(?<=[:])\s*\n|\n+")
VOWELS = {
    "en": re.compile(r"[aeiouy]+"),
    # Two vowels that are one sound; any other two are two syllables.
    "de": re.compile(r"aa|ai|au|äu|ay|ee|ei|eu|ey|ie|oo|[aeiouyäöüé]"),
}
#: Two vowels next to each other that are two syllables in English.
APART = re.compile(
    r"i[au]|io(?!u|n)|[lr]eo|cie|qie|ua(?=[lrt])|[dr]ea(?=s?$)|reat|uou|[eyo]ing|[^aeiou]ien[ct]|[^tc]iou(?=s)|oya"
)
#: An "e" at the end, or in an ending, that is not spoken, and those that are.
SILENT = re.compile(r"[^aeiouy](?:e|es|ed|ely|ement|ements|eful)$|[aeu]ge(?:able|ment)$|eable$|gues?$")
SPOKEN = re.compile(r"(?:[^aeiouy]les?|(?:[szxgc]|[cs]h)es|[td]ed|lements?)$")


@dataclass(frozen=True)
class Reading:
    """What was measured of a text in one language."""

    words: int
    sentences: int
    syllables: int
    ease: int  # 0 to 100, higher is easier


def sentences(text: str) -> list[str]:
    """The sentences of a text in Markdown; each point of a list and each heading is one."""
    return [part for part, _words in _read(text)]


@lru_cache(maxsize=TEXTS)
def _read(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Its sentences, each with its words."""
    plain = SHORT.sub(lambda found: found[0].replace(".", "․"), SIGNS.sub("", text))
    parts = (part.strip().replace("․", ".") for part in END.split(plain))
    return tuple((part, found) for part in parts if (found := tuple(WORD.findall(part))))


def words(text: str) -> list[str]:
    """The words of a text; numbers are none."""
    return WORD.findall(SIGNS.sub("", text))


@lru_cache(maxsize=TEXTS * 10)
def syllables(word: str, code: str) -> int:
    """How many syllables a word has, at least one."""
    if "-" in word:
        return sum(syllables(part, code) for part in word.split("-") if part)
    small = re.sub(r"[’']\w*$", "", word.lower()).replace("qu", "q")
    count = len(VOWELS[code].findall(small))
    if not count:
        return len(small)  # spelt out: "GmbH"
    if code == "de":
        return count
    count += len(APART.findall(small))
    if SILENT.search(small) and not SPOKEN.search(small):
        count -= 1
    return max(1, count)


def measure(texts: list[str], code: str) -> Reading | None:
    """The reading ease of these texts together; None where there is nothing to read."""
    parts = [said for text in texts for _part, said in _read(text)]
    found = [word for said in parts for word in said]
    if not found:
        return None
    count = sum(syllables(word, code) for word in found)
    per_sentence, per_word = len(found) / len(parts), count / len(found)
    ease = (
        180 - per_sentence - 58.5 * per_word
        if code == "de"
        else 206.835 - 1.015 * per_sentence - 84.6 * per_word
    )
    return Reading(len(found), len(parts), count, max(0, min(100, round(ease))))


def too_long(text: str) -> list[tuple[str, int]]:
    """The sentences with too many words, and how many they have."""
    return [(part, len(said)) for part, said in _read(text) if len(said) > LONGEST_SENTENCE]
