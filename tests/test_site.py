"""Every page that the demonstration leads to, judged as it is drawn: under a sub-path, and in the
pseudo-language.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import create_engine, select
from starlette.routing import Match

from app import __version__, i18n
from app.export import FORMATS
from app.main import create_app
from app.settings import Settings
from app.store.db import Table
from tests import rules
from tests.asgi import HERE
from tests.site import walk

ROOT = Path(__file__).resolve().parent.parent
SUB_PATH = "/desk"
SPOKEN = ("title", "alt", "aria-label", "placeholder", "aria-description", "aria-roledescription")
SAME_IN_ALL_LANGUAGES = {
    "Variorum",
    f"Variorum {__version__}",
    "Variorum, http",
    "Esc",
    "BibTeX",
    "CSL-JSON",
    "CSV",
    "TOML",
    *FORMATS,
    "HTML",
    "Markdown",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder into which `variorum demo` has put the demonstration."""
    data = tmp_path_factory.mktemp("site") / "data"
    own = {name: value for name, value in os.environ.items() if not name.startswith("VARIORUM_")}
    command = [sys.executable, "-m", "app.cli", "demo"]
    subprocess.run(command, env={**own, "VARIORUM_DATA": str(data)}, cwd=ROOT, check=True)
    return data


@pytest.fixture(scope="module")
def site(folder):
    """A walk over the site under a sub-path."""
    app = create_app(Settings(data=folder, base_url=HERE + SUB_PATH))
    found = walk(app, [f"{SUB_PATH}/", f"{SUB_PATH}/?collection=demo", f"{SUB_PATH}/nowhere"])
    yield app, found
    app.state.engine.dispose()


@pytest.fixture(scope="module")
def pseudo(folder):
    """A walk over the site in the pseudo-language, and all words that are data."""
    settings = Settings(data=folder, base_url="")
    app = create_app(settings)
    before = i18n.language.set(i18n.PSEUDO)
    try:
        found = walk(app, ["/", "/?collection=demo", "/nowhere"], of_each_shape=1)
    finally:
        i18n.language.reset(before)
        app.state.engine.dispose()
    return found, kept_words(settings.database)


def kept_words(database: str) -> str:
    """All text that stands in the database, white space made single."""
    engine = create_engine(database)
    found = []
    with engine.connect() as connection:
        for table in Table.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                found += [str(value) for value in row if not isinstance(value, bytes)]
    engine.dispose()
    return "\n".join(" ".join(text.replace("\\n", " ").split()) for text in found)


def faults(walked, find):
    """What `find` has against each answer, as lines to read."""
    return [f"{seen}: {fault}" for seen in walked for fault in find(seen)]


def test_walk_sees_the_site(site):
    shown = {urlsplit(seen.address).path for seen in site[1].pages}
    assert {f"{SUB_PATH}/", f"{SUB_PATH}/search", f"{SUB_PATH}/preferences"} <= shown
    assert [path for path in shown if path.startswith(f"{SUB_PATH}/events/")]
    assert [path for path in shown if path.startswith(f"{SUB_PATH}/articles/")]
    assert site[1].fragments


def test_no_link_is_dead(site):
    dead = [str(s) for s in site[1].seen if s.answer.status_code != 200]
    assert [line for line in dead if not line.startswith(f"{SUB_PATH}/nowhere")] == []


def test_every_link_keeps_to_the_sub_path(site):
    def find(seen):
        for _, has in rules.elements(seen.answer.text):
            for name in rules.LINKS:
                value = has.get(name, "")
                if value.startswith("/") and not value.startswith(SUB_PATH + "/"):
                    yield f"{name}={value}"

    assert not faults(site[1].pages + site[1].fragments, find)


def test_links_to_other_sites_say_so(site):
    def find(seen):
        for _, has in rules.elements(seen.answer.text):
            if has.get("href", "").startswith("http") and "noreferrer" not in has.get("rel", ""):
                yield has["href"]

    assert not faults(site[1].pages, find)


def test_pages_keep_the_rules(site):
    def find(seen):
        yield from rules.asking_faults(seen.answer.text)
        yield from rules.inline_faults(seen.answer.text)
        if seen.answer.text.count("hx-swap-oob") > 1:
            yield "more than one out-of-band swap"

    assert not faults(site[1].pages + site[1].fragments, find)


def test_pages_are_whole(site):
    def find(seen):
        ids = seen.tree.xpath("//@id")
        yield from (f"id {name} twice" for name in {n for n in ids if ids.count(n) > 1})
        yield from (
            f"aims at #{name}, which is not there"
            for name in rules.targets(seen.answer.text) - {*ids}
        )
        yield from (
            f"leads to #{name}, which is not there"
            for name in {h[1:] for h in seen.tree.xpath("//a/@href") if h.startswith("#")} - {*ids}
        )
        yield from (
            f"{what}={name} names nothing"
            for what in ("for", "aria-labelledby", "aria-describedby", "aria-controls")
            for names in seen.tree.xpath(f"//@{what}")
            for name in names.split()
            if name not in ids
        )
        for path, wanted in (("//h1", 1), ("//main", 1), ("//title", 1), ("/html[@lang]", 1)):
            if len(seen.tree.xpath(path)) != wanted:
                yield f"{len(seen.tree.xpath(path))} of {path}"

    assert not faults(site[1].pages, find)


def test_fragments_are_what_htmx_aims_at(site):
    def find(seen):
        roots = [root.get("id") for root in rules.roots(seen.answer.text)]
        if roots[:1] != [seen.target]:
            yield f"gives {roots}"

    assert not faults(site[1].fragments, find)


def test_forms_lead_to_routes(site):
    app, walked = site

    def answers(method, path):
        scope = {"type": "http", "method": method, "path": path, "root_path": SUB_PATH}
        return any(route.matches({**scope, "app": app})[0] is Match.FULL for route in app.routes)

    def find(seen):
        for form in seen.tree.xpath("//form"):
            method = form.get("method", "get").upper()
            for action in {form.get("action", ""), *form.xpath(".//@formaction")}:
                if method != "DIALOG" and not answers(method, urlsplit(action).path):
                    yield f"{method} {action}"

    assert not faults(walked.pages, find)


def test_answers_carry_the_policy(site):
    def find(seen):
        policy = seen.answer.headers.get("content-security-policy", "")
        if "script-src 'self'" not in policy or "unsafe" in policy:
            yield f"policy {policy!r}"
        if seen.tree is not None and "HX-Target" not in seen.answer.headers.get("vary", ""):
            yield "no Vary: HX-Request, HX-Target"

    assert not faults(site[1].seen, find)


def outside_brackets(text: str) -> list[str]:
    """The pieces of a text that stand in no ⟦brackets⟧, one inside the other or not."""
    pieces, depth = [""], 0
    for character in re.sub(r"https?://\S+", "", text):
        depth += (character == "⟦") - (character == "⟧")
        if character in "⟦⟧":
            pieces.append("")
        elif not depth:
            pieces[-1] += character
    parts = (part for piece in pieces for part in re.split('[…“”"·()/,:;→#]| – ', piece))
    bare = (" ".join(part.strip(" \n,.'").split()) for part in parts)
    return [piece for piece in bare if any(map(str.isalpha, piece))]


def is_data(piece: str, kept: str) -> bool:
    """Two values at most that stand in the database, one after the other."""
    words = piece.split()
    cuts = range(len(words), 0, -1)
    return any(" ".join(words[:n]) in kept and " ".join(words[n:]) in kept for n in cuts)


def spoken(tree):
    """Every text that a reader sees or hears; not what a field holds to be copied."""
    unspoken = "ancestor::script or ancestor::style or ancestor::textarea[@readonly]"
    yield from tree.xpath(f"//text()[not({unspoken})]")
    for name in SPOKEN:
        yield from tree.xpath(f"//@{name}")
    yield from tree.xpath("//input[@type='submit' or @type='button']/@value")


def test_no_string_of_ours_is_forgotten_by_gettext(pseudo):
    walked, kept = pseudo

    def find(seen):
        for text in spoken(seen.tree):
            for piece in outside_brackets(text):
                if not (piece in SAME_IN_ALL_LANGUAGES or is_data(piece, kept)):
                    yield repr(piece)

    assert not sorted({*faults(walked.pages, find)})


def test_brackets_are_read_with_what_stands_in_them():
    assert outside_brackets("⟦a⟧ b ⟦c ⟦d⟧ e⟧ f") == ["b", "f"]
    assert not outside_brackets("⟦3 of ⟦four⟧ rows⟧ · ⟦x⟧")
