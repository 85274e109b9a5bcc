"""The aligned view in a real browser: reading, choosing, keys, no scripts, narrow, accessible."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def address(browser, live) -> str:
    """The event of the demonstration that most outlets tell."""
    page = browser.new_page(base_url=live)
    page.goto("/")
    links = page.locator('a[href^="/events/"]')
    paths = links.evaluate_all("found => found.map(link => link.getAttribute('href'))")
    told = {path: 0 for path in paths if re.fullmatch(r"/events/[^/?#]+", path)}
    for path in told:
        page.goto(path)
        told[path] = page.locator(".reports__table tbody tr").count()
    best = max(told, key=lambda path: told[path])
    page.goto(best)
    expect(page.locator("th.aligned__head")).to_have_count(told[best], timeout=60_000)
    page.close()
    return best


def faults(page: Page) -> list[str]:
    """What axe finds wrong, by rule and place."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:150]}" for one in found for node in one["nodes"]]


def sideways(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


@pytest.fixture
def quiet(page):
    """The page; afterwards: no script error, nothing that the content policy refused."""
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: "Policy" in said.text and problems.append(said.text))
    yield page
    assert not problems


def test_switching_the_base_marks_anew_and_keeps_the_address(quiet, address):
    quiet.goto(address)
    base = quiet.locator("th[data-base]").get_attribute("data-outlet")
    other = next(
        outlet
        for head in quiet.locator("th.aligned__head").all()
        if (outlet := head.get_attribute("data-outlet")) != base
    )
    quiet.locator(f'input[name=base][value="{other}"]').check()
    expect(quiet.locator("th[data-base]")).to_have_attribute("data-outlet", other)
    expect(quiet).to_have_url(re.compile(rf"{address}\?base={other}$"))
    expect(quiet.locator("#live")).to_contain_text("base")
    quiet.reload()
    expect(quiet.locator("th[data-base]")).to_have_attribute("data-outlet", other)
    quiet.go_back()
    expect(quiet.locator("th[data-base]")).to_have_attribute("data-outlet", base)


def test_filtering_leaves_quotations_and_an_outlet_out(quiet, address):
    quiet.goto(address)
    heads = quiet.locator("th.aligned__head").count()
    quiet.locator("input[name=quotes]").check()
    expect(quiet.locator('tr[data-kind="fact"]')).to_have_count(0)
    quiet.locator("input[name=show]").first.uncheck()
    expect(quiet.locator("th.aligned__head")).to_have_count(heads - 1)


def test_choosing_a_mark_shows_all_wordings(quiet, address):
    quiet.goto(address)
    mark = quiet.locator('td a.mark:not([data-kind="contested"])').first
    entry = mark.get_attribute("data-entry")
    mark.click()
    expect(quiet.locator("#apparatus")).to_be_visible()
    expect(quiet).to_have_url(re.compile(f"d={entry}$"))
    expect(mark).to_have_attribute("data-chosen", "")
    quiet.locator("input[name=mode][value=agree]").check()
    expect(quiet).to_have_url(re.compile(f"mode=agree&d={entry}$"))
    quiet.keyboard.press("Escape")
    expect(quiet.locator("#apparatus")).to_be_hidden()
    expect(quiet).to_have_url(re.compile(r"[?]mode=agree$"))


def test_keys_walk_rows_and_differences(quiet, address):
    quiet.goto(address)
    quiet.keyboard.press("j")
    quiet.keyboard.press("j")
    assert quiet.evaluate("document.activeElement.tagName") == "TR"
    quiet.keyboard.press("n")
    expect(quiet.locator("#apparatus")).to_be_visible()
    focused = quiet.evaluate("document.activeElement.dataset.entry")
    expect(quiet).to_have_url(re.compile(f"d={focused}$"))
    expect(quiet.locator('td :is(a.mark, a.omission)[tabindex="0"]')).to_have_count(1)
    quiet.keyboard.press("ArrowRight")
    assert quiet.evaluate("document.activeElement.dataset.entry") == focused
    quiet.keyboard.press("Escape")
    expect(quiet.locator("#apparatus")).to_be_hidden()
    expect(quiet).to_have_url(re.compile(f"{address}$"))
    expect(quiet.locator(".htmx-request")).to_have_count(0)
    quiet.keyboard.press("d")
    expect(quiet).to_have_url(re.compile(r"diff=1$"))
    quiet.keyboard.press("d")
    quiet.keyboard.press("g")
    expect(quiet.locator("#view")).to_have_attribute("data-mode", "agree")
    quiet.keyboard.press("?")
    expect(quiet.locator("dialog#keys")).to_be_visible()
    quiet.keyboard.press("Escape")
    quiet.keyboard.press("/")
    expect(quiet.locator("#top-search")).to_be_focused()
    quiet.keyboard.type("jn")
    expect(quiet.locator("#top-search")).to_have_value("jn")


def test_focus_stays_in_the_view_when_a_key_exchanges_it(quiet, address):
    quiet.goto(address)
    for _time in range(3):
        quiet.keyboard.press("n")
    row = quiet.evaluate("document.activeElement.closest('tr').id")
    quiet.keyboard.press("b")
    quiet.wait_for_url("**base=**")
    quiet.wait_for_function("id => document.activeElement.closest('tr')?.id === id", arg=row)


def test_single_keys_can_be_turned_off(quiet, address):
    quiet.goto(address)
    quiet.goto("/preferences")
    quiet.locator("input[name=keys][value=off]").check()
    quiet.locator("main form button").first.click()
    quiet.goto(address)
    quiet.keyboard.press("n")
    expect(quiet.locator("#apparatus")).to_be_hidden()


def test_focus_is_never_under_the_head_or_the_bar(quiet, address):
    quiet.emulate_media(reduced_motion="reduce")
    quiet.goto(address)
    for key in "nnnnn":
        quiet.keyboard.press(key)
        quiet.wait_for_timeout(50)
    expect(quiet.locator("#apparatus")).to_be_visible()
    top, bottom = quiet.evaluate(
        "(({top, bottom}) => [top, bottom])(document.activeElement.getBoundingClientRect())"
    )
    bar = quiet.locator("#apparatus").bounding_box()
    assert bar is not None
    assert top >= 40
    assert bottom <= bar["y"]


def test_without_scripts_forms_and_marks_work(browser, live, address):
    context = browser.new_context(base_url=live, viewport=WIDE, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("input[name=diff]").check(force=True)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile(rf"{address}\?diff=1$"))
    page.locator('td a.mark:not([data-kind="contested"])').first.click()
    expect(page.locator("#apparatus")).to_be_visible()
    page.get_by_role("button", name="Dense").click()
    expect(page.locator("html")).to_have_attribute("data-density", "dense")
    page.locator(".why a").first.click()
    expect(page.locator("h1")).to_contain_text("one row")
    context.close()


def test_change_that_the_server_does_not_answer_is_said(quiet, address):
    quiet.goto(address)
    quiet.route(re.compile(r"/events/.*quotes=1"), lambda route: route.abort())
    rows = quiet.locator("tr.aligned__row").count()
    quiet.locator("input[name=quotes]").check()
    expect(quiet.locator(".stale")).to_be_visible()
    expect(quiet.locator("tr.aligned__row")).to_have_count(rows)
    quiet.locator("input[name=quotes]").uncheck()
    expect(quiet.locator(".stale")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1440, 1920])
def test_page_never_scrolls_sideways(quiet, address, width):
    quiet.goto(address)
    quiet.set_viewport_size({"width": width, "height": 800})
    assert sideways(quiet) <= 0


def test_paper_shows_what_is_folded(quiet, address):
    quiet.goto(address)
    quiet.emulate_media(media="print")
    folds = quiet.locator(".aligned details:not([open])")
    assert folds.count()
    shown = "fold => [...fold.querySelectorAll('p, a')].every(one => one.checkVisibility())"
    assert all(fold.evaluate(shown) for fold in folds.all())


GLYPH_ALONE = """kind => {
  const box = document.querySelector("td .text");
  box.innerHTML = `<a class="mark" data-kind="${kind}" href="#x">[Elbonia-Wonderland] ties</a>`;
  const mark = box.firstChild, word = document.createRange();
  word.setStart(mark.firstChild, 0);
  word.setEnd(mark.firstChild, 1);
  for (let width = 20; width < 240; width += 4) {
    box.style.inlineSize = `${width}px`;
    const [line] = mark.getClientRects(), [letter] = word.getClientRects();
    if (letter.top > line.bottom - 2) return width;
  }
  return 0;
}"""


@pytest.mark.parametrize("kind", ["reworded", "added", "moved", "conflict", "naming", "verb"])
def test_glyph_stays_with_its_first_word(quiet, address, kind):
    quiet.goto(address)
    assert quiet.evaluate(GLYPH_ALONE, kind) == 0


def test_speaker_of_a_row_stands_below_its_kind(quiet, address):
    quiet.set_viewport_size(WIDE)
    quiet.goto(address)
    speaker = quiet.locator(".label__speaker").first
    kind = quiet.locator(".label__kind", has=speaker)
    gist = quiet.locator(".aligned__label", has=kind).first.locator(".label__gist")
    assert speaker.bounding_box()["x"] == gist.bounding_box()["x"]


def test_phone_stacks_the_base_first_and_folds_the_controls(quiet, address):
    quiet.set_viewport_size(PHONE)
    quiet.goto(address)
    expect(quiet.locator(".tools__fold")).not_to_have_attribute("open", "")
    row = quiet.locator("tr.aligned__row:has(td[data-base]:not([data-silent]))").nth(1)
    tops = {
        cell.get_attribute("data-base") is not None: cell.bounding_box()["y"]
        for cell in row.locator("td:not([data-silent])").all()
    }
    assert tops[True] <= tops.get(False, tops[True])


@pytest.mark.parametrize(
    ("theme", "query", "size"),
    [
        ("light", "?{chosen}", WIDE),
        ("dark", "?{chosen}", PHONE),
        ("light", "?quotes=1&diff=1", PHONE),
        ("dark", "?mode=agree&sort=div", WIDE),
    ],
    ids=["light", "dark phone", "light phone", "dark"],
)
def test_axe_finds_nothing(browser, live, address, theme, query, size):
    context = browser.new_context(base_url=live, viewport=size, color_scheme=theme)
    page = context.new_page()
    page.goto(address)
    entry = page.locator("a.mark").first.get_attribute("data-entry")
    page.goto(address + query.format(chosen=f"d={entry}"))
    assert not faults(page)
    context.close()


def test_theme_changes_at_once_and_stays(quiet, address):
    quiet.goto(address)
    quiet.get_by_role("button", name=re.compile("^Theme: automatic")).click()
    expect(quiet.locator("html")).to_have_attribute("data-theme", "light")
    quiet.get_by_role("button", name=re.compile("^Theme: light")).click()
    expect(quiet.locator("html")).to_have_attribute("data-theme", "dark")
    quiet.reload()
    expect(quiet.locator("html")).to_have_attribute("data-theme", "dark")
