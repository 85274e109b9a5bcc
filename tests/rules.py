"""The house rules that are read from source text: each takes a text and gives its faults.

`test_architecture.py` puts them to the repository, `test_rules.py` plants one offence for each.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

ASKS = ("hx-get", "hx-post")
LINKS = ("href", "action", "formaction", "src", *ASKS)
IN_BOTH_VERSIONS = frozenset(
    {
        *("hx-get", "hx-post", "hx-target", "hx-swap", "hx-swap-oob", "hx-select", "hx-push-url"),
        *("hx-replace-url", "hx-include", "hx-sync", "hx-trigger", "hx-indicator", "hx-confirm"),
        *("hx-vals", "hx-headers", "hx-encoding", "hx-validate", "hx-preserve"),
    }
)
VOID = frozenset(  # elements that have no end tag
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
        *("track", "wbr"),
    }
)
EXPRESSION = "\N{BULLET}"  # stands for {{ … }} once the template's own language is taken out


def without_jinja(source: str) -> str:
    """The template as HTML: statements and comments away, each expression one character."""
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.S)
    source = re.sub(r"\{%-?\s*trans\b.*?%\}|\{%-?\s*(endtrans|pluralize)\b.*?%\}", "", source)
    source = re.sub(r"\{%.*?%\}", "", source, flags=re.S)
    return re.sub(r"\{\{.*?\}\}", EXPRESSION, source, flags=re.S)


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.roots: list[dict[str, str]] = []
        self._open = 0

    def handle_starttag(self, tag, attributes):
        named = {name: value or "" for name, value in attributes}
        self.found.append((tag, named))
        if not self._open:
            self.roots.append(named)
        self._open += tag not in VOID

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self._open -= tag not in VOID

    def handle_endtag(self, tag):
        self._open -= tag not in VOID


def _read(html: str) -> _Elements:
    parser = _Elements()
    parser.feed(html)
    parser.close()
    return parser


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    """All elements of a page or template: (tag, attributes)."""
    return _read(html).found


def roots(html: str) -> list[dict[str, str]]:
    """The attributes of the elements that stand in no other."""
    return _read(html).roots


def asking_faults(html: str) -> Iterator[str]:
    """htmx stands on elements that work without it, name their own target and swap it whole."""
    for tag, has in elements(html):
        alien = sorted(n for n in has if n.startswith("hx-") and n not in IN_BOTH_VERSIONS)
        if alien:
            yield f"<{tag}>: {', '.join(alien)} is not in both htmx 2 and 4"
        if not any(name in has for name in ASKS):
            continue
        if not any(name in has for name in ("href", "action", "formaction")):
            yield f"<{tag}>: asks by htmx alone, without href or action"
        if not has.get("hx-target", "").startswith("#"):
            yield f'<{tag}>: no hx-target="#id" of its own'
        if has.get("hx-swap") != "outerHTML":
            yield f'<{tag}>: no hx-swap="outerHTML" of its own'


def inline_faults(html: str) -> Iterator[str]:
    """Nothing that a strict content policy forbids: styles, scripts and handlers in the page."""
    for tag, has in elements(html):
        if tag == "style" or "style" in has:
            yield f"<{tag}>: style in the page"
        if tag == "script" and "src" not in has:
            yield "<script> without src"
        yield from (f"<{tag}>: {name}" for name in has if name.startswith("on"))
        yield from (
            f"<{tag}>: javascript: in {name}"
            for name in LINKS
            if has.get(name, "").lower().startswith("javascript:")
        )


def link_faults(source: str) -> Iterator[str]:
    """No address is written by hand in a template: url() makes it, there or in the Page."""
    for tag, has in elements(without_jinja(source)):
        for name in LINKS:
            value = has.get(name)
            if value is not None and not value.startswith((EXPRESSION, "#", "mailto:")):
                yield f"<{tag}>: {name}={value!r} is not made by url()"


def safe_faults(source: str) -> Iterator[str]:
    """Everything is escaped."""
    if re.search(r"\|\s*safe\b|autoescape\s+false|\bMarkup\(", source):
        yield "escaping is switched off"


def targets(html: str) -> set[str]:
    """The ids that htmx aims at, without those that an expression makes."""
    found = (has.get("hx-target", "").removeprefix("#") for _, has in elements(html))
    return {name for name in found if name and EXPRESSION not in name}


def ids(html: str) -> set[str]:
    """The ids of the elements."""
    return {has["id"] for _, has in elements(html) if "id" in has}


def _called(node: ast.Call) -> str:
    return ast.unparse(node.func)


def engine_faults(source: str, *, reads_data: bool) -> Iterator[str]:
    """The engine opens nothing (but data.py, package data) and throws no dice."""
    opening = {"open", "Path", "np.load", "np.fromfile", "np.memmap", "np.loadtxt", "eval", "exec"}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"np.random", "numpy.random"}:
            yield f"line {node.lineno}: {ast.unparse(node)}"
        if isinstance(node, ast.Call) and not reads_data and _called(node) in opening:
            yield f"line {node.lineno}: {_called(node)}()"


def network_faults(source: str) -> Iterator[str]:
    """No connection but through network.py, by no library's side door."""
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Attribute):
            names = [ast.unparse(node)]
        yield from (
            f"line {node.lineno}: {name}"
            for name in names
            if name.startswith("urllib.request") or name.rpartition(".")[2] == "fetch_url"
        )


def commit_faults(source: str) -> Iterator[str]:
    """Only store/db.py ends a transaction."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _called(node).endswith(".commit"):
            yield f"line {node.lineno}: {_called(node)}()"


def catching_faults(source: str) -> Iterator[str]:
    """Nobody swallows what they do not expect."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler) and (
            node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}
        ):
            yield f"line {node.lineno}: except {ast.unparse(node.type) if node.type else ''}"


def long_functions(source: str, limit: int) -> Iterator[str]:
    """Functions longer than `limit` lines; a docstring is not held against its function."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            told = ast.get_docstring(node) is not None
            lines = (node.end_lineno or 0) - node.lineno + 1
            lines -= (first.end_lineno or 0) - first.lineno + 1 if told else 0
            if lines > limit:
                yield f"line {node.lineno}: {node.name} has {lines} lines"


def style_faults(source: str, *, is_tokens: bool, is_print: bool) -> Iterator[str]:
    """Colours stand in tokens.css; nothing shouts but print and .sr-only."""
    source = re.sub(r"/\*.*?\*/", "", source, flags=re.S)
    if not is_tokens:
        yield from (f"raw colour {found}" for found in re.findall(r"#[0-9a-fA-F]{3,8}\b", source))
    if not is_print:
        for block in re.findall(r"([^{}]*)\{[^{}]*!important[^{}]*\}", source):
            if ".sr-only" not in block:
                yield f"!important in {block.strip()}"
    yield from (f"fetches {found}" for found in re.findall(r"url\(\s*['\"]?https?:[^)]*", source))


def script_faults(source: str) -> Iterator[str]:
    """Our scripts listen to no htmx event, write no markup, and say that they are checked."""
    if "htmx:" in source:
        yield "names an htmx event"
    if re.search(r"\b(innerHTML|outerHTML|insertAdjacentHTML)\s*(=|\()", source):
        yield "writes markup from a string"
    if not source.lstrip().startswith("// @ts-check"):
        yield "does not begin with // @ts-check"
