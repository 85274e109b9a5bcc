"""The documents name everything there is: settings, commands, routes, kinds, decisions."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import typer
from fastapi.routing import APIRoute

from app import __version__, cli
from app.collate import Kind, Matter, Operation, Relation
from app.main import create_app
from app.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAPERS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "locale").glob("*.md")])


def text(name: str) -> str:
    return (DOCS / name).read_text()


def commands() -> dict[str, list[str]]:
    """Each command with its options, as a reader types them."""

    def walk(group, path):
        for name, command in group.commands.items():
            whole = f"{path} {name}"
            if hasattr(command, "commands"):
                yield from walk(command, whole)
            else:
                options = [
                    max(p.opts, key=len) for p in command.params if p.opts[0].startswith("-")
                ]
                yield whole, [option for option in options if option != "--help"]

    return dict(walk(typer.main.get_command(cli.app), "variorum"))


@pytest.mark.parametrize("name", Settings.model_fields)
def test_setting_is_documented(name):
    assert f"| `VARIORUM_{name.upper()}` |" in text("settings.md")


def test_every_documented_setting_exists():
    named = set(re.findall(r"VARIORUM_[A-Z_]+", "".join(p.read_text() for p in PAPERS)))
    assert named <= {f"VARIORUM_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("command", commands())
def test_command_is_documented_with_its_options(command):
    section = re.search(rf"^\| `{re.escape(command)}\b.*$", text("api.md"), re.M)
    assert section, f"docs/api.md has no row for {command}"
    missing = [option for option in commands()[command] if f"`{option}" not in section[0]]
    assert not missing


def test_every_documented_command_exists():
    known = {name.split()[1] for name in commands()}
    papers = "".join(path.read_text() for path in PAPERS)
    named = set(re.findall(r"(?:^|[`/ ])variorum ([a-z]+)(?=[ `\n])", papers, re.M))
    assert {name for name in named if name in known} == named & known
    rows = re.findall(r"^\| `variorum ([a-z]+)", text("api.md"), re.M)
    assert {*rows} == known


def routes_of(router):
    """Every route of ours; a router that was included keeps its own list."""
    for route in router.routes:
        if hasattr(route, "original_router"):
            yield from routes_of(route.original_router)
        elif isinstance(route, APIRoute):
            yield from (f"{method} {route.path}" for method in route.methods - {"HEAD"})


def test_routes_are_documented(settings):
    app = create_app(settings)
    app.state.engine.dispose()
    routes = {*routes_of(app)}
    assert routes
    rows = re.findall(r"^\| `((?:GET|POST|PUT|DELETE) [^`]+)` \|", text("api.md"), re.M)
    assert len(rows) == len({*rows})
    assert {*rows} == routes


@pytest.mark.parametrize("value", [*Operation, *Matter, *Relation])
def test_how_and_what_differs_is_explained(value):
    assert f"`{value}`" in text("glossary.md")


@pytest.mark.parametrize("kind", Kind)
def test_kind_is_documented(kind):
    assert re.search(rf"^\| {kind}\b", text("glossary.md"), re.M)


@pytest.mark.parametrize("matter", Matter)
def test_method_explains_what_differs(matter):
    assert f"- **{matter}**" in text("method.md")


@pytest.mark.parametrize("path", sorted((DOCS / "adr").glob("0*.md")), ids=lambda path: path.stem)
def test_decision_has_its_parts_and_its_place(path):
    lines = path.read_text().splitlines()
    heads = [line for line in lines if line.startswith("## ")]
    assert heads == ["## Context", "## Decision", "## Status", "## Consequences"]
    assert lines[0].startswith(f"# {int(path.name[:4])}. ")
    assert f"]({path.name})" in text("adr/README.md")


def test_decisions_are_numbered_without_gap():
    numbers = [int(path.name[:4]) for path in sorted((DOCS / "adr").glob("0*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_of_documents_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text()):
        if not target.startswith(("http://", "https://", "#")):
            assert (path.parent / unquote(target.partition("#")[0])).exists(), target


def test_top_of_the_changelog_is_this_version():
    found = re.search(r"^## \[(\d[^\]]*)\]", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert found
    assert found[1] == __version__
