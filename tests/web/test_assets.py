"""What pages load: one style sheet and one script, called by what is in them."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from flask import Flask

from config import Testing
from rmhr import create_app
from rmhr.web.assets import bootstrap, folder, script, sheet
from rmhr.web.assets.folder import Assets
from rmhr.web.assets.sheet import NotOne

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("rmhr.css", "rmhr.js", "mark.svg")
HASHED = re.compile(r"/static/(rmhr|mark)\.[0-9a-f]{16}\.(css|js|svg)")
#: Jinja's own quotes would end the attribute that they stand in.
IN_JINJA = re.compile(r"\{[{%].*?[%}]\}")
GIVEN = re.compile(r'(?:class|className)\s*=\s*"([^"]*)"|classList\.\w+\("([^"]*)"')


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of rmhr/static that a test may change."""
    copy = tmp_path / "static"
    shutil.copytree(folder.SOURCES, copy)
    monkeypatch.setattr(folder, "SOURCES", copy)
    return copy


@pytest.fixture
def production(tmp_path: Path) -> Flask:
    """The application as a bank runs it."""
    return create_app(Testing(f"sqlite:///{tmp_path}/none.db", tmp_path / "files", ENV_NAME="production"))


def addresses(app: Flask) -> dict[str, str]:
    with app.test_request_context():
        return {name: app.jinja_env.globals["asset"](name) for name in NAMES}


def content(assets: Assets, name: str) -> str:
    return (assets.folder / assets.names[name]).read_text(encoding="utf-8")


# The style sheet.


def class_names() -> Iterator[str]:
    """Every word that templates, code and scripts give as a class."""
    paths = [path for kind in ("*.html", "*.py", "*.js") for path in ROOT.joinpath("rmhr").rglob(kind)]
    for path in [*paths, *ROOT.joinpath("templates").rglob("*.html")]:
        text = IN_JINJA.sub(lambda found: found[0].replace('"', "'"), path.read_text(encoding="utf-8"))
        for given in GIVEN.findall(text):
            yield from re.findall(r"[\w-]+", " ".join(given))


def test_what_pages_use_of_bootstrap_is_there_and_nothing_else():
    known = bootstrap.classes(bootstrap.whole()) - {"min"}
    assert len(known) > 1000
    assert set(class_names()) & known == bootstrap.CLASSES
    left = bootstrap.classes(re.sub(r":not\([^()]*\)", "", bootstrap.used()))
    assert left == bootstrap.CLASSES


def test_bootstrap_is_a_tenth_of_itself_and_says_whose_it_is():
    used = bootstrap.used()
    assert len(used) < len(bootstrap.whole()) / 8
    assert "Licensed under MIT" in used
    assert used.count("{") == used.count("}")
    for rule in (".btn{", ".form-select{", ".visually-hidden:not(caption)", "@media (min-width:1200px){h1{"):
        assert rule in used, rule
    for part in (".navbar", ".carousel", "@keyframes"):
        assert part not in used, part


def test_the_style_sheet_has_every_file_in_order():
    home = folder.SOURCES / "css"
    css = sheet.whole(home)
    parts = re.findall(r'url\("(.+)"\)', (home / "components.css").read_text(encoding="utf-8"))
    assert set(parts) == {path.relative_to(home).as_posix() for path in home.rglob("*/*.css")}
    wholes = [sheet._alone(home / part) for part in ("tokens.css", *parts)]
    places = [css.index(each) for each in wholes]
    assert places == sorted(places)
    assert sum(map(len, wholes)) + len(wholes) + 1 + len(bootstrap.used()) == len(css)
    assert css.count("{") == css.count("}")
    assert "@import" not in css


def test_a_comment_goes_and_what_only_looks_like_one_stays(tmp_path: Path):
    file = tmp_path / "x.css"
    file.write_text(
        '/* one */\n.a::before {\n  content: "/* two */"; /* three\n four */\n}\n', encoding="utf-8"
    )
    assert sheet._alone(file) == '.a::before {\ncontent: "/* two */";\n}'


@pytest.mark.parametrize(
    "text", ['a { background: url("sea.png") }', "a { background: url(../sea.png) }", '@import "x.css";']
)
def test_a_style_sheet_that_names_another_file_is_refused(tmp_path: Path, text: str):
    file = tmp_path / "x.css"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(NotOne, match=r"x\.css"):
        sheet._alone(file)


# The script.


def one(folder: Path, **modules: str) -> str:
    for name, text in modules.items():
        folder.joinpath(f"{name}.js").write_text(text, encoding="utf-8")
    return script.whole(folder / "main.js")


def test_each_module_keeps_its_names_to_itself_and_runs_once_in_order(tmp_path: Path):
    made = one(
        tmp_path,
        main='import "./b.js";\nimport { f as g, h } from "./a-a.js";\n// said\nconst x = `${g}//`;\n',
        b='import * as all from "./a-a.js";\nconst f = all.f;\n',
        **{"a-a": "export function f() {}\nconst h = 1;\nexport { h };\n"},
    )
    assert made == (
        "const $a_a = (() => {\nfunction f() {}\nconst h = 1;\nreturn { f, h };\n})();\n"
        "const $b = (() => {\nconst all = $a_a;\nconst f = all.f;\n})();\n"
        "const $main = (() => {\nconst { f: g, h } = $a_a;\nconst x = `${g}//`;\n})();\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        'import x from "./b.js";',
        'import { x } from "https://elsewhere.example/b.js";',
        "export default function () {}",
        "export let x = 1;",
        'export * from "./b.js";',
        'await fetch("/");',
        'const x = await import("./b.js");',
        "const x = import.meta.url;",
        "const x = `two\nlines`;",
    ],
)
def test_what_would_run_differently_in_one_script_is_refused(tmp_path: Path, text: str):
    with pytest.raises(NotOne, match=r"main\.js"):
        one(tmp_path, main=text, b="")


def test_modules_that_import_each_other_are_refused(tmp_path: Path):
    with pytest.raises(NotOne, match=r"main\.js imports b\.js imports main\.js"):
        one(tmp_path, main='import "./b.js";', b='import "./main.js";')


def test_the_script_has_every_module_that_there_is():
    made = script.whole(folder.SOURCES / "js" / "main.js")
    modules = {script._name(path.name) for path in (folder.SOURCES / "js").glob("*.js")}
    assert set(re.findall(r"^const (\$\w+) = \(\(\) => \{$", made, re.MULTILINE)) == modules
    assert not re.search(r"^(import|export) ", made, re.MULTILINE)


# Where they lie.


def test_a_page_loads_one_sheet_and_one_script(app: Flask):
    page = app.test_client().get("/sign-in").text
    loaded = re.findall(r'<(?:link|script)[^>]+(?:href|src)="(/[^"]+)"', page)
    assert [address.rpartition(".")[2] for address in loaded] == ["svg", "css", "js"]
    assert all(HASHED.fullmatch(address) for address in loaded)


def test_a_change_shows_without_a_restart(sources: Path, tmp_path: Path, app: Flask):
    assets = Assets(tmp_path / "kept", watched=True)
    with app.test_request_context():
        before = assets.address("rmhr.css"), assets.address("rmhr.js")
        assert (assets.address("rmhr.css"), assets.address("rmhr.js")) == before
        with (sources / "css" / "components" / "pill.css").open("a", encoding="utf-8") as file:
            file.write(".planted { color: red }\n")
        after = assets.address("rmhr.css"), assets.address("rmhr.js")
    assert after[0] != before[0]
    assert after[1] == before[1]
    assert ".planted" in content(assets, "rmhr.css")


def test_files_that_were_cleared_away_are_made_again(sources: Path, tmp_path: Path, app: Flask):
    assets = Assets(tmp_path / "kept", watched=True)
    with app.test_request_context():
        before = assets.address("rmhr.js")
        shutil.rmtree(tmp_path / "kept")
        assert assets.address("rmhr.js") == before
    assert content(assets, "rmhr.js")


def test_a_former_version_is_served_for_a_month(tmp_path: Path):
    kept = tmp_path / "kept"
    kept.mkdir()
    for name, days in (("rmhr.0.css", 40), ("rmhr.0.css.br", 40), ("rmhr.1.css", 20)):
        kept.joinpath(name).write_text("", encoding="utf-8")
        os.utime(kept / name, times=(time.time() - days * 86_400,) * 2)
    assets = Assets(kept, watched=False)
    assets.make()
    left = {path.name for path in kept.iterdir()}
    assert left == {"rmhr.1.css"} | {
        f"{name}{end}" for name in assets.names.values() for end in ("", ".br", ".gz")
    }


@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_production_serves_them_small_and_for_a_year(production: Flask, encoding: str):
    client = production.test_client()
    plain = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding]
    for name, address in addresses(production).items():
        with client.get(address, headers={"Accept-Encoding": encoding}) as answer:
            assert answer.status_code == 200, name
            assert answer.headers.get("Content-Encoding", "") == encoding
            assert answer.headers["Cache-Control"] == "max-age=31536000, public, immutable"
            assert answer.headers["Vary"] == "Accept-Encoding"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
            assert "Access-Control-Allow-Origin" not in answer.headers
            assert plain(answer.data).decode() == folder.MAKERS[name]()


def test_what_development_has_made_is_compressed_in_production(tmp_path: Path):
    for watched in (True, False):
        assets = Assets(tmp_path, watched=watched)
        assets.make()
    assert {path.suffix for path in tmp_path.glob("rmhr.*")} == {".css", ".js", ".br", ".gz"}


def test_a_second_start_makes_nothing_anew(production: Flask, monkeypatch: pytest.MonkeyPatch):
    def compress(_content: bytes) -> bytes:
        raise AssertionError("it is there already")

    monkeypatch.setattr(brotli, "compress", compress)
    again = create_app(
        Testing(
            production.config["SQLALCHEMY_DATABASE_URI"], production.config["DATA_DIR"], ENV_NAME="production"
        )
    )
    assert addresses(again) == addresses(production)
