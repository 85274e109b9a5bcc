"""Library, search and reader in a real browser: what scripts add, and where links lead."""

import re

from playwright.sync_api import expect


def test_order_changes_in_place(page):
    page.goto("/?collection=demo")
    page.get_by_label("Order").focus()
    page.get_by_label("Order").select_option("conflicts")
    expect(page).to_have_url(re.compile("order=conflicts"))
    expect(page.get_by_label("Order")).to_have_value("conflicts")
    expect(page.get_by_label("Order")).to_be_focused()
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?collection=demo$"))


def test_search_answers_while_one_types(page):
    page.goto("/search?collection=demo")
    page.get_by_label("Words; in double quotes").press_sequentially("summit")
    expect(page.locator("#results mark").first).to_be_visible()
    expect(page).to_have_url(re.compile("q=summit"))
    expect(page.get_by_label("Words; in double quotes")).to_be_focused()
    page.locator("#results a").first.click()
    expect(page).to_have_url(re.compile(r"/articles/\d+"))


def test_chip_leads_to_its_row(page):
    page.goto("/?collection=demo")
    page.locator(".articles__headline").first.click()
    chip = page.locator(".gutter a").first
    target = chip.get_attribute("href").partition("#")[2]
    chip.click()
    expect(page.locator(f"#{target}")).to_be_in_viewport()


def test_furniture_opens_without_scripts(browser, live):
    context = browser.new_context(base_url=live, java_script_enabled=False)
    page = context.new_page()
    page.goto("/?collection=demo")
    page.locator(".articles__headline").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for aside in page.locator("details.aside").all():
        aside.locator("summary").click()
        expect(aside.locator("del").first).to_be_visible()
    context.close()


def test_api_description_is_drawn_from_our_own_files(page):
    complaints = []
    page.on("console", lambda line: line.type == "error" and complaints.append(line.text))
    page.on(
        "request",
        lambda request: (
            request.url.startswith("http://127.0.0.1") or complaints.append(request.url)
        ),
    )
    page.goto("/api/docs")
    expect(page.locator("#api-docs").get_by_text("/api/events/{slug}").first).to_be_visible()
    assert not [said for said in complaints if not said.startswith("data:")]
