"""The house rules, put to the repository as it stands. The layers are in pyproject.toml."""

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from jinja2 import meta, nodes

from app.settings import Settings
from app.web import api, routes
from app.web.render import Page, env
from tests import rules

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES, STATIC = ROOT / "templates", ROOT / "static"
KEPT_OUT = {".git", ".venv", "__pycache__", "data", "variorum.egg-info", "test-results", "screens"}


def under(folder: str, pattern: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob(pattern) if not KEPT_OUT & {*path.parts})


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parts(paths: list[Path]):
    return pytest.mark.parametrize("path", paths, ids=named)


@cache
def pages() -> list[type[Page]]:
    """Every Page that has a template, from all route modules."""
    for room in (routes, api):
        for module in pkgutil.iter_modules(room.__path__, room.__name__ + "."):
            importlib.import_module(module.name)
    importlib.import_module("app.web.errors")
    found, seen = [], [Page]
    while seen:
        below = seen.pop().__subclasses__()
        seen += below
        found += [page for page in below if "template" in vars(page)]
    return sorted(found, key=lambda page: (page.__module__, page.__name__))


def every_page():
    return pytest.mark.parametrize("page", pages(), ids=lambda page: page.__name__)


def source_of(template: str) -> str:
    return env.loader.get_source(env, template)[0]


def family(template: str) -> set[str]:
    """A template with all that it extends, includes and imports."""
    seen, waiting = set(), [template]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            referenced = list(meta.find_referenced_templates(env.parse(source_of(name))))
            assert None not in referenced, f"{name} picks a template at run time"
            waiting += referenced
    return seen


def asked_and_made(template: str) -> tuple[set[str], set[str]]:
    """The variables that a template and its family ask for, and the names that they make
    themselves (macros, imports, loops), which included templates see.
    """
    asked, made = set(), set(env.globals)
    for tree in (env.parse(source_of(name)) for name in family(template)):
        asked |= meta.find_undeclared_variables(tree)
        made |= {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
        made |= {node.target for node in tree.find_all(nodes.Import)}
        for node in tree.find_all(nodes.FromImport):
            made |= {name if isinstance(name, str) else name[1] for name in node.names}
    return asked - {"request"}, made


ALL_TEMPLATES = under("templates", "*.html")
APP = under("app", "*.py")
PYTHON = [*APP, *under("tests", "*.py"), *under("bench", "*.py"), *under("migrations", "*.py")]
STYLES = under("static/css", "*.css")
SCRIPTS = under("static/js", "*.js")


@every_page()
def test_page_and_template_agree(page):
    has = {field.name for field in fields(page)}
    asked, made = asked_and_made(page.template)
    assert (asked - made - has, has - asked) == (set(), set()), "(missing in Page, never shown)"
    for fragment in page.fragments.values():
        asked, made = asked_and_made(fragment)
        assert asked - made <= has, fragment


@every_page()
def test_page_names_a_template_of_its_own_noun(page):
    noun = page.__module__.rpartition(".")[2]
    assert page.template.startswith(f"{noun}/")


@every_page()
def test_fragment_is_one_element_with_the_id_that_htmx_aims_at(page):
    for target, fragment in page.fragments.items():
        assert Path(fragment).name.startswith("_")
        roots = rules.roots(rules.without_jinja(source_of(fragment)))
        assert [root.get("id", "").rstrip(rules.EXPRESSION) for root in roots] == [target], fragment


@every_page()
def test_page_has_every_target_that_it_aims_at(page):
    sources = [rules.without_jinja(source_of(name)) for name in family(page.template)]
    aimed = set().union(*map(rules.targets, sources))
    assert aimed <= set().union(*map(rules.ids, sources))
    assert {*page.fragments} <= {
        name.rstrip(rules.EXPRESSION) for name in set().union(*map(rules.ids, sources))
    }


@every_page()
def test_page_swaps_one_thing_out_of_band_at_most(page):
    for template in (page.template, *page.fragments.values()):
        assert sum(source_of(name).count("hx-swap-oob") for name in family(template)) <= 1


@parts(ALL_TEMPLATES)
def test_template_keeps_the_rules(path):
    source = path.read_text()
    html = rules.without_jinja(source)
    faults = [*rules.asking_faults(html), *rules.inline_faults(html)]
    assert not [*faults, *rules.link_faults(source), *rules.safe_faults(source)]


def test_no_template_is_left_over():
    used = set().union(*(family(page.template) for page in pages()))
    assert {path.relative_to(TEMPLATES).as_posix() for path in ALL_TEMPLATES} == used


@pytest.mark.parametrize(
    ("paths", "limit"),
    [
        (PYTHON, 400),
        (ALL_TEMPLATES, 150),
        (STYLES + SCRIPTS, 250),
        ([path for path in SCRIPTS if path.name.startswith("variorum-")], 150),
        (under("docs/adr", "*.md"), 60),
    ],
    ids=["python", "templates", "css and js", "custom elements", "adr"],
)
def test_files_stay_small(paths, limit):
    sizes = {named(path): len(path.read_text().splitlines()) for path in paths}
    assert not {name: lines for name, lines in sizes.items() if lines > limit}


@parts(APP)
def test_functions_stay_short(path):
    assert not list(rules.long_functions(path.read_text(), 40))


@parts(under("app/collate", "*.py"))
def test_engine_opens_nothing_and_throws_no_dice(path):
    reads_data = path.name == "data.py"
    assert not list(rules.engine_faults(path.read_text(), reads_data=reads_data))


@parts(APP)
def test_module_keeps_the_rules(path):
    source, name = path.read_text(), named(path)
    assert path.stem not in {"utils", "helpers", "base", "common", "misc"}
    assert not list(rules.network_faults(source))
    if name != "app/store/db.py":
        assert not list(rules.commit_faults(source))
    if name not in {"app/web/errors.py", "app/worker.py"}:
        assert not list(rules.catching_faults(source))


@parts(STYLES)
def test_style_keeps_the_rules(path):
    faults = rules.style_faults(
        path.read_text(), is_tokens=path.name == "tokens.css", is_print=path.name == "print.css"
    )
    assert not list(faults)


@parts(SCRIPTS)
def test_script_keeps_the_rules(path):
    assert not list(rules.script_faults(path.read_text()))


def test_engine_is_light():
    """A fresh interpreter that imports the engine loads no web, no SQL and no network."""
    heavy = {"fastapi", "starlette", "sqlalchemy", "sqlmodel", "pydantic", "jinja2", "httpx"}
    heavy |= {"sqlite3", "structlog", "scipy", "torch", "trafilatura", "lxml"}
    code = f"import sys, app.collate; print(*sorted({heavy!r} & {{*sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


def test_routes_with_pages_have_their_template_folder():
    nouns = {page.__module__.rpartition(".")[2] for page in pages()}
    folders = {path.name for path in TEMPLATES.iterdir() if path.is_dir()} - {"shared"}
    assert nouns == folders


def test_env_sample_names_the_settings():
    lines = (ROOT / ".env.sample").read_text().splitlines()
    sampled = [found[1] for line in lines if (found := re.match(r"#?\s?(VARIORUM_\w+)=", line))]
    assert sorted(sampled) == sorted(f"VARIORUM_{name.upper()}" for name in Settings.model_fields)


@parts(under("app/store", "*.py"))
def test_store_nouns_are_in_the_glossary(path):
    glossary = (ROOT / "docs/glossary.md").read_text()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ClassDef) and any(key.arg == "table" for key in node.keywords):
            assert f"`{node.name}`" in glossary, f"{node.name} is not explained"


def test_demo_texts_say_their_rights():
    manifests = under("demo", "manifest.toml")
    assert manifests
    for manifest in manifests:
        stated = tomllib.loads(manifest.read_text())
        assert stated["article"]
        for article in stated["article"]:
            assert {**stated, **article}["rights"].strip(), named(manifest)
            assert (manifest.parent / article["file"]).is_file()


@cache
def tracked() -> list[Path]:
    """The files that git tracks; without git, all but what is made here."""
    try:
        done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    except FileNotFoundError:
        return [path for path in under(".", "*") if path.is_file()]
    if done.returncode:
        return [path for path in under(".", "*") if path.is_file()]
    return [path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_a_package_registry():
    # In parts, so that this file names none either.
    parts = ("py pi", "files.python hosted", "registry.npm js", "www.npm js", "deb.deb ian")
    names = [part.replace(" ", "") for part in (*parts, "un pkg")]
    hosts = [name + end for name in names for end in (".org", ".com")]
    hosts += ["cdn.jsdelivr" + ".net", "docker" + ".io", "ghcr" + ".io", "hugging" + "face.co"]
    found = {
        named(path): host
        for path in tracked()
        for host in hosts
        if host.encode() in path.read_bytes()
    }
    assert not found


def test_vendored_files_are_what_their_table_says():
    table = (STATIC / "vendor/VENDORED.md").read_text()
    rows = dict(re.findall(r"^\| `([^`]+)` .* `([0-9a-f]{64})` \|$", table, re.M))
    files = {path.name: path for path in (STATIC / "vendor").iterdir()}
    code = {name for name in files if name.endswith((".js", ".css"))}
    assert code == rows.keys()
    for name, digest in rows.items():
        assert sha256(files[name].read_bytes()).hexdigest() == digest, name


def test_makefile_targets_stay_short():
    recipes = re.split(r"^(?=\S)", (ROOT / "Makefile").read_text(), flags=re.M)
    assert not [recipe for recipe in recipes if recipe.count("\n\t") > 3]
