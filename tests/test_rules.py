"""Each house rule catches an offence planted for it, and lets good code be."""

import pytest

from tests import rules

GOOD = '<a href="{{ url(\'/x\') }}" hx-get="{{ url(\'/x\') }}" hx-target="#x" hx-swap="outerHTML">'


def check(rule, source, **options):
    if rule in (rules.asking_faults, rules.inline_faults):
        source = rules.without_jinja(source)
    return list(rule(source, **options))


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (rules.asking_faults, '<a hx-get="{{ url("/x") }}" hx-target="#x" hx-swap="outerHTML">'),
        (rules.asking_faults, '<a href="/x" hx-get="/x" hx-swap="outerHTML">'),
        (rules.asking_faults, '<a href="/x" hx-get="/x" hx-target="this" hx-swap="outerHTML">'),
        (rules.asking_faults, '<a href="/x" hx-get="/x" hx-target="#x">'),
        (rules.asking_faults, '<a href="/x" hx-get="/x" hx-target="#x" hx-swap="innerHTML">'),
        (rules.asking_faults, '<button hx-disabled-elt="this">'),
        (rules.asking_faults, '<button hx-on:click="x()">'),
        (rules.asking_faults, '<body hx-boost="true">'),
        (rules.inline_faults, '<p style="color: red">'),
        (rules.inline_faults, "<style>p { }</style>"),
        (rules.inline_faults, "<script>1</script>"),
        (rules.inline_faults, '<a onclick="{{ x }}">'),
        (rules.inline_faults, '<a href="JavaScript:void(0)">'),
        (rules.link_faults, '<a href="/events">'),
        (rules.link_faults, '<form action="">'),
        (rules.link_faults, '<script src="https://example.org/x.js"></script>'),
        (rules.link_faults, '<a hx-get="events/{{ slug }}">'),
        (rules.safe_faults, "{{ text|safe }}"),
        (rules.safe_faults, "{% autoescape false %}"),
        (rules.network_faults, "import urllib.request"),
        (rules.network_faults, "from urllib import request"),
        (rules.network_faults, "from trafilatura import fetch_url"),
        (rules.network_faults, "trafilatura.fetch_url('x')"),
        (rules.commit_faults, "db.commit()"),
        (rules.catching_faults, "try: pass\nexcept Exception: pass"),
        (rules.catching_faults, "try: pass\nexcept: pass"),
        (rules.script_faults, "document.addEventListener('htmx:afterSwap', f)"),
        (rules.script_faults, "// @ts-check\nx.innerHTML = y"),
        (rules.script_faults, "export const a = 1"),
    ],
)
def test_rule_catches(rule, source):
    assert check(rule, source)


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (rules.asking_faults, GOOD),
        (rules.inline_faults, '<script src="{{ url("/static/x.js") }}"></script>'),
        (rules.link_faults, GOOD),
        (rules.link_faults, '<a href="#top"><a href="{{ page.next }}">'),
        (rules.safe_faults, "{{ text }}"),
        (rules.network_faults, "from urllib.parse import urlsplit"),
        (rules.catching_faults, "try: pass\nexcept ValueError: pass"),
        (rules.script_faults, "// @ts-check\nexport const a = 1"),
    ],
)
def test_rule_lets_good_code_be(rule, source):
    assert not check(rule, source)


@pytest.mark.parametrize(
    "offence", ["open('x')", "np.load('x')", "Path('x')", "np.random.default_rng(1)", "eval('1')"]
)
def test_engine_rule_catches(offence):
    assert list(rules.engine_faults(offence, reads_data=False))


def test_engine_rule_lets_data_py_read_but_never_throw_dice():
    assert not list(rules.engine_faults("np.load(f)", reads_data=True))
    assert list(rules.engine_faults("np.random.seed(1)", reads_data=True))


@pytest.mark.parametrize(
    "offence",
    [
        "a { color: #fff; }",
        "a { color: red !important; }",
        "a { background: url(https://x.org/); }",
    ],
)
def test_style_rule_catches(offence):
    assert list(rules.style_faults(offence, is_tokens=False, is_print=False))


def test_style_rule_lets_tokens_print_and_hidden_text_be():
    assert not list(rules.style_faults("a { --lch: #fff; }", is_tokens=True, is_print=False))
    assert not list(rules.style_faults("a { x: y !important; }", is_tokens=False, is_print=True))
    hidden = ".sr-only { position: absolute !important; }"
    assert not list(rules.style_faults(hidden, is_tokens=False, is_print=False))


def test_long_functions_are_found():
    source = "def f():\n" + "    x = 1\n" * 40
    assert list(rules.long_functions(source, 40))
    assert not list(rules.long_functions(source, 41))
    assert not list(rules.long_functions(source.replace(":\n", ':\n    """Told."""\n', 1), 41))


def test_root_of_a_fragment_is_read_through_its_template_language():
    source = '{# note #}\n<div id="rows">{% if a %}<br>{{ b }}{% endif %}</div>'
    assert [root["id"] for root in rules.roots(rules.without_jinja(source))] == ["rows"]
    assert len(rules.roots("<div></div><p></p>")) == 2


def test_targets_and_ids_leave_made_up_names_out():
    html = rules.without_jinja('<a hx-target="#a"><a hx-target="#row-{{ id }}"><p id="a">')
    assert rules.targets(html) == {"a"}
    assert rules.ids(html) == {"a"}
