"""From an empty library to stored reports, in a real browser, with scripts and without."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.factories import FIRST, SECOND

FURNITURE = f"Home | News | Sport\n\n{FIRST}\nSubscribe to our newsletter\n"


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def reader(request, browser, own_live) -> Page:
    """A page on the empty server; what one parameter stores the other one finds stored."""
    context = browser.new_context(base_url=own_live, java_script_enabled=request.param)
    page = context.new_page()
    page.set_default_timeout(15_000)
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: line.type == "error" and complaints.append(line.text))
    yield page
    context.close()
    assert not [said for said in complaints if "422" not in said]  # a refusal is one


def store(page: Page, text: str, outlet: str) -> None:
    page.goto("/")
    page.get_by_label("Article text").fill(text)
    page.get_by_label("Outlet, if you know it").fill(outlet)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Store the article").first.click()
    expect(page).to_have_url(re.compile(r"/articles/\d+(\?known=1)?$"))


def test_two_pasted_reports_become_readable_articles(reader):
    store(reader, FIRST, "Morning Gazette")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Harbour bridge closes for repairs")
    store(reader, SECOND, "Evening Post")
    expect(reader.locator(".eyebrow")).to_contain_text("Evening Post")
    store(reader, SECOND, "Evening Post")
    expect(reader.locator("main [role=status]")).to_contain_text("stored already")


def test_preview_strikes_through_what_is_unticked(reader):
    reader.goto("/")
    reader.get_by_label("Article text").fill(FURNITURE)
    reader.get_by_role("button", name="Preview").click()
    piece = reader.locator(".pieces li", has_text="Subscribe to our newsletter")
    expect(piece.get_by_role("checkbox")).not_to_be_checked()
    expect(piece.locator(".pieces__text")).to_have_css("text-decoration-line", "line-through")
    piece.get_by_role("checkbox").check()
    expect(piece.locator(".pieces__text")).to_have_css("text-decoration-line", "none")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_preview_and_progress(browser, own_live, tmp_path, scheme):
    context = browser.new_context(base_url=own_live, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Article text").fill(FURNITURE)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview")).to_be_visible()
    found = Axe().run(page).response["violations"]
    page.goto("/")
    page.locator("#import .tabs label", has_text="Files").click()
    files = [tmp_path / f"{number}.txt" for number in range(2)]
    for file in files:
        file.write_text(f"{file.name}\n\n{FIRST}")
    page.locator("#import-files").set_input_files(files)
    page.get_by_role("button", name="Preview").click()
    expect(page).to_have_url(re.compile(r"/progress/\d+$"))
    found += Axe().run(page).response["violations"]
    assert not [f"{one['id']}: {node['html'][:150]}" for one in found for node in one["nodes"]]
    context.close()


@pytest.mark.parametrize("width", [360, 1440])
def test_preview_has_a_reading_measure_and_its_button_in_sight(browser, own_live, width):
    page = browser.new_page(base_url=own_live, viewport={"width": width, "height": 800})
    page.goto("/")
    page.get_by_label("Article text").fill(FURNITURE)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Preview")
    text, facts = page.locator(".pieces").bounding_box(), page.locator(".fields").bounding_box()
    assert min(width - 80, 600) < text["width"] < 800
    assert (facts["x"] + facts["width"] < text["x"]) == (width == 1440)
    expect(page.get_by_role("button", name="Store the article").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_refusal_says_what_to_do(reader):
    reader.goto("/")
    reader.get_by_label("Article text").fill("one two three")
    reader.get_by_role("button", name="Preview").click()
    expect(reader.locator("#import [role=alert]")).to_contain_text("Not stored.")


def wait_for_end(page: Page, *, scripts: bool) -> None:
    """With scripts the page asks again by itself; without, the reader does."""
    title = page.locator("#progress-title")
    for _ in range(0 if scripts else 60):
        if title.inner_text() == "3 files are done":
            break
        page.wait_for_timeout(500)
        page.get_by_role("link", name="Look again").click()
        page.wait_for_load_state()
    expect(title).to_have_text("3 files are done", timeout=30_000)


def test_several_files_show_what_became_of_each(reader, tmp_path, request):
    for name, text in {"one.txt": f"One. {FIRST}", "two.txt": "", "three.md": SECOND}.items():
        (tmp_path / name).write_text(text)
    reader.goto("/")
    reader.locator("#import .tabs label", has_text="Files").click()
    reader.locator("#import-files").set_input_files(sorted(tmp_path.iterdir()))
    reader.get_by_role("button", name="Preview").click()
    expect(reader).to_have_url(re.compile(r"/progress/\d+$"))
    wait_for_end(reader, scripts="no scripts" not in request.node.name)
    rows = reader.locator(".outcomes tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="two.txt")).to_contain_text("not stored")
    expect(rows.filter(has_text="one.txt")).to_contain_text("stored")
