"""`flask i18n …`: the German catalogue, one file per stage, made into one.

Sentences lie where they are spoken: rmhr/translations/de/<stage>.po holds those of the stage's code, tables and
templates; common.po those of everything that several stages use. The compiled catalogue is not committed.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from flask.cli import AppGroup

from rmhr import STAGES

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "rmhr" / "translations" / "de"
COMPILED = FOLDER / "LC_MESSAGES" / "messages.mo"
PARTS = ("common", *STAGES)
#: Nobody reads these in German: commands, the demo bank's own texts, the style guide.
NOT_SPOKEN = ("commands", "demo", "styleguide")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "_p": ((1, "c"), 2),
}
#: Between the context of a sentence and the sentence, as compiled catalogues write it.
IN = "\x04"
OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false", "newstyle_gettext": "true"}
#: A named value in a sentence.
VALUE = re.compile(r"%\((\w+)\)[sd]")

cli = AppGroup("i18n", help="The German catalogue.")

Message = str | tuple[str, str]


def sources(part: str) -> Iterator[Path]:
    """The files whose sentences belong to a part of the catalogue."""
    if part in STAGES:
        yield from sorted((ROOT / "rmhr" / part).rglob("*.py"))
        yield from filter(Path.exists, [ROOT / "rmhr" / "models" / f"{part}.py"])
        yield from sorted((ROOT / "templates" / part).rglob("*.html"))
        return
    for path in sorted((ROOT / "rmhr").rglob("*.py")):
        inside = path.relative_to(ROOT / "rmhr").parts
        if inside[0] not in (*STAGES, *NOT_SPOKEN) and not (inside[0] == "models" and path.stem in STAGES):
            yield path
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if path.relative_to(ROOT / "templates").parts[0] not in (*STAGES, *NOT_SPOKEN):
            yield path


def said(paths: Iterable[Path]) -> dict[Message, set[str]]:
    """Every sentence of these files, and where it stands."""
    found: dict[Message, set[str]] = {}
    for path in paths:
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        for _line, message, _comments, context in extract_from_file(
            method, str(path), keywords=KEYWORDS, options=OPTIONS
        ):
            if isinstance(message, tuple) and context is not None:
                message = message[-1]  # what stands behind its context
            key = (message[0], message[1]) if isinstance(message, tuple) else message
            if key and context is not None:
                key = f"{context}{IN}{key}"
            if key and (not isinstance(key, tuple) or all(key)):
                found.setdefault(key, set()).add(str(path.relative_to(ROOT)))
    return found


def read(part: str) -> Catalog:
    """The catalogue of one part; empty where there is none yet."""
    path = FOLDER / f"{part}.po"
    if not path.exists():
        return Catalog(locale="de", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="de", charset="utf-8")


def wanted(part: str) -> dict[Message, set[str]]:
    """What must stand in a part: what it says, less what everybody says. WTForms' own sentences are common."""
    found = said(sources(part))
    if part == "common":
        return {**{message: {"WTForms"} for message in _wtforms()}, **found}
    common = {_key(message) for message in read("common") if message.id} | _said_by_all()
    return {message: places for message, places in found.items() if message not in common}


@cache
def _said_by_all() -> frozenset[Message]:
    """What the common code says: read once, asked for each stage."""
    return frozenset(said(sources("common")))


def _wtforms() -> list[Message]:
    """The messages of the validators that our forms use."""
    return [
        "This field is required.",
        "Not a valid choice.",
        "Not a valid date value.",
        "Not a valid time value.",
        "Not a valid integer value.",
    ]


def _key(message: Any) -> Message:
    """A message of a catalogue as `said` calls it: both numbers, or the sentence with its context before it."""
    if isinstance(message.id, (tuple, list)):
        return message.id[0], message.id[1]
    return f"{message.context}{IN}{message.id}" if message.context else str(message.id)


def _parts(message: Message) -> tuple[Message, str | None]:
    """(sentence, its context or None)."""
    if isinstance(message, str) and IN in message:
        context, _in, sentence = message.partition(IN)
        return sentence, context
    return message, None


def known() -> dict[Message, Any]:
    """Every translation that there is, by its message: what moves to another part takes its German along."""
    return {_key(message): message.string for part in PARTS for message in read(part) if message.id}


def update(part: str, translated: Mapping[Message, Any]) -> tuple[int, int]:
    """Bring a part in step with what is said: (added, dropped). Translations that are there stay."""
    before = {_key(message) for message in read(part) if message.id}
    after = Catalog(locale="de", project="rmhr", charset="utf-8", fuzzy=False)
    now = wanted(part)
    for message, places in sorted(now.items(), key=lambda pair: str(pair[0])):
        sentence, context = _parts(message)
        after.add(
            sentence,
            translated.get(message) or ("" if isinstance(message, str) else ("", "")),
            locations=[(place, 1) for place in sorted(places)],
            context=context,
        )
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{part}.po").open("wb") as file:
        write_po(file, after, width=110, no_location=True, omit_header=False, sort_output=True)
    _steady_header(FOLDER / f"{part}.po")
    return len(now.keys() - before), len(before - now.keys())


def _steady_header(path: Path) -> None:
    """A catalogue is the same file as long as it says the same: no dates in it."""
    text = path.read_text(encoding="utf-8")
    head, _blank, rest = text.partition("\n\n")
    kept = [
        line
        for line in head.splitlines()
        if line.startswith(("msgid", "msgstr", '"Language:', '"Plural', '"Content', '"MIME'))
    ]
    path.write_text("\n".join(kept) + "\n\n" + rest, encoding="utf-8")


def problems() -> list[str]:
    """What is wrong with the catalogue, a line each; nothing where it is complete."""
    found: list[str] = []
    meaning: dict[Message, tuple[str, object]] = {}
    for part in PARTS:
        catalogue = {_key(message): message for message in read(part) if message.id}
        for message in wanted(part):
            entry = catalogue.get(message)
            strings = _strings(entry.string) if entry else []
            if not strings or not all(strings):
                found.append(f"{part}: no German for {message!r}")
                continue
            names = set(VALUE.findall(message if isinstance(message, str) else message[1]))
            for string in strings:
                if set(VALUE.findall(string)) - names - {"num"} or names - set(VALUE.findall(string)) - {
                    "num"
                }:
                    found.append(f"{part}: other values in the German of {message!r}")
        for key, entry in catalogue.items():
            known = meaning.setdefault(key, (part, entry.string))
            if known[1] != entry.string:
                found.append(f"{part}: {key!r} is said otherwise in {known[0]}")
    return found


def _strings(given: object) -> list[str]:
    return [str(each) for each in given] if isinstance(given, (tuple, list)) else [str(given)]


def compile_all() -> int:
    """Make one compiled catalogue of all parts; say how many sentences it has."""
    whole = Catalog(locale="de", charset="utf-8")
    for part in PARTS:
        for message in read(part):
            if message.id and all(_strings(message.string)):
                whole.add(message.id, message.string, context=message.context)
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=COMPILED.parent, delete=False) as file:
        write_mo(file, whole)
    os.chmod(file.name, 0o644)
    os.replace(file.name, COMPILED)
    return len(whole)


@cli.command("update")
@click.argument("parts", nargs=-1, type=click.Choice(PARTS))
def update_command(parts: tuple[str, ...]) -> None:
    """Bring the catalogue (or some PARTS of it) in step with what the product says."""
    translated = known()
    for part in parts or PARTS:
        added, dropped = update(part, translated)
        click.echo(f"{part}: {added} added, {dropped} dropped")


@cli.command("check")
def check_command() -> None:
    """Exit with 1 where a sentence has no German, or another one than elsewhere."""
    found = problems()
    for line in found:
        click.echo(line)
    if found:
        raise SystemExit(1)


@cli.command("compile")
def compile_command() -> None:
    """Make what the product reads while it runs."""
    click.echo(f"{compile_all()} sentences compiled")
