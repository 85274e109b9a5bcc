"""Furniture of raw scraped texts, on pages of our own in many shapes."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate.cleaning import clean
from tests.collate.pages import BODY, TITLE, kept, page, reasons


@pytest.mark.parametrize(
    "line",
    [
        "Skip to main content",
        "Share on Facebook",
        "Facebook Twitter WhatsApp",
        "Advertisement",
        "Home > News > Region",
        "3 min read",
        "[email protected]",
        "1,204 views",
        "16,985FansLike",
        "Subscribe",
        "Photo: A. Holm/AFP",
        "The bridge on Sunday (file photo)",
        "© 2024 The Lantern. All rights reserved.",
        "Sign up for our free newsletter",
        "We use cookies to make this page better for you.",
        "https://lantern.example/a",
    ],
)
def test_clean_drops_furniture_and_keeps_the_article(line):
    text = page(TITLE, body=[*BODY[:2], line, *BODY[2:]])
    cleaned = clean(text)
    assert [d.span.of(text).strip() for d in cleaned.dropped] == [line]
    assert all(sentence in kept(text, cleaned) for sentence in BODY)


def test_clean_keeps_the_first_paragraph_of_a_wire_that_signs_it():
    text = page(TITLE, f"PORTO ALTO, March 4. /TASS/. {BODY[0]}", body=BODY[1:])
    assert clean(text).dropped == ()


@pytest.mark.parametrize(
    "line",
    [
        "He said the newsletter had reached more readers than the paper ever did in a year.",
        "“Subscribe to our newsletter,” the poster on the wall said to everybody who came by.",
        "The share of voters who support the plan fell from 51 to 38 per cent within a week.",
        "Comments by the mayor caused anger among the shopkeepers along the quay that night.",
        "Facebook and Twitter were down for hours, which made it hard to warn the drivers.",
        "In 2024 the copyright for the old song runs out, to the relief of many small choirs.",
        "The photographers took the case to court last year, and they won it against Getty Images.",
        "She followed the advertisement to a small shop behind the station and went inside.",
    ],
)
def test_clean_keeps_sentences_that_speak_of_such_things(line):
    text = page(TITLE, body=[*BODY[:2], line, *BODY[2:]])
    assert clean(text).dropped == ()


def test_clean_drops_a_caption_and_its_copy():
    caption = "The harbour bridge on Sunday night"
    text = page(TITLE, f"{caption} (Photo: A. Holm)", caption)
    assert set(reasons(text).values()) == {"caption"}
    assert len(reasons(text)) == 2


def test_clean_takes_no_paragraph_with_another_number_for_a_repeated_one():
    body = [f"By noon on day {n} the water in the old harbour stood at {n} metres." for n in "3456"]
    assert clean(page(TITLE, body=body)).dropped == ()


def test_clean_drops_a_paragraph_said_twice():
    text = page(TITLE, body=[*BODY, BODY[0]])
    assert [d.reason for d in clean(text).dropped] == ["repeated"]


def test_clean_drops_a_teaser_in_the_middle_and_goes_on_after_it():
    body = [*BODY[:2], "Read also:", "Ten bridges that fell", "Why do pillars sink?", *BODY[2:]]
    text = page(TITLE, body=body)
    assert set(reasons(text)) == {"Read also:", "Ten bridges that fell", "Why do pillars sink?"}


def test_clean_drops_everything_under_comments_at_the_end():
    after = ("3 Comments", "Tom", "I drove over it on Friday and it felt quite odd to me.", "Reply")
    text = page(TITLE, after=after)
    assert kept(text, clean(text)).strip().endswith(BODY[-1])


def test_clean_drops_a_list_of_other_articles_at_the_end():
    after = (
        "Related News",
        "Council meets on Thursday",
        "The council will talk about the budget of the coming year.",
        "Fish market moves",
        "Traders have to leave the old hall by the end of summer.",
    )
    text = page(TITLE, after=after)
    assert kept(text, clean(text)).strip().endswith(BODY[-1])


def test_clean_keeps_the_article_after_a_related_link_near_its_end():
    text = page(TITLE, body=[*BODY[:3], "Related: Ten bridges that fell", *BODY[3:]])
    assert BODY[4] in kept(text, clean(text))


def test_clean_drops_a_numbered_list_that_says_the_article_again():
    listed = tuple(
        f"  {n}. {sentence[:-1]}, as has been said." for n, sentence in enumerate(BODY[:4], 1)
    )
    text = page(TITLE, after=listed)
    assert set(reasons(text).values()) == {"machine-made list"}


def test_clean_keeps_a_numbered_list_with_news_in_it():
    listed = (
        "1. Open every gate at six, before the first ferries leave for their islands.",
        "2. Train new pilots during winter, when hardly any large freighters come in.",
        "3. Buy two tugs from Norway, paid out of money left over from earlier budgets.",
    )
    text = page(TITLE, after=("The plan has three parts:", *listed))
    assert clean(text).dropped == ()


def test_clean_keeps_a_table_and_the_paragraph_after_it():
    table = [
        f"Pier {letter}: {n} centimetres" for n, letter in enumerate("abcdefghijklmnopqrstuvw")
    ]
    cleaned = clean(page(TITLE, body=[*BODY[:4], *table, BODY[4]]))
    assert cleaned.dropped == ()
    assert len(cleaned.headings) <= 2


def test_clean_finds_the_article_in_a_page_of_navigation():
    menu = [f"Menu entry {letter}" for letter in "abcdefghijklmnopqrst"]
    footer = [f"Footer link {letter}" for letter in "abcdefghijklmnopqrst"]
    text = "\n".join([*menu, "", TITLE, "By Ana Ruiz", "", *BODY, "", *footer])
    cleaned = clean(text)
    assert cleaned.title is not None
    assert cleaned.title.of(text) == TITLE
    assert kept(text, cleaned).split() == " ".join([TITLE, "By Ana Ruiz", *BODY]).split()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\n",
        "Share\n\nSubscribe\n\nComments",
        "word " * 5000,
        "No sentence here",
        "One.",
        "\ufeff",
        "\x00\x01",
        "1. 2. 3.",
    ],
)
def test_clean_never_drops_everything(text):
    cleaned = clean(text)
    assert cleaned.dropped == ()
    assert kept(text, cleaned) == text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("\n\n".join(BODY), "en"),
        ("Die Brücke wurde am Montag wegen des Regens für den Verkehr geschlossen.", "de"),
        ("Le pont a été fermé lundi par la ville après de fortes pluies dans le nord.", "fr"),
        (
            "Мост был закрыт в понедельник из-за дождей, и он не откроется до мая, как сказали.",
            "ru",
        ),
        ("大桥因暴雨关闭，市长说维修需要三个月，居民只能走海边的路。", "zh"),
        ("橋は大雨のため月曜日に閉鎖され、修理には三か月かかると市長は述べた。", "ja"),
        ("أغلق الجسر يوم الاثنين بعد أمطار غزيرة في الشمال من المدينة إلى أن تنتهي.", "ar"),
        ("Xyz qwv blorp.", None),
    ],
)
def test_clean_names_the_language_where_it_is_clear(text, language):
    assert clean(text).language == language


def test_clean_takes_other_scripts_line_ends_and_spaces():
    body = [
        "大桥因暴雨于星期一关闭，市长说维修需要三个月，居民只能走海边的路。",
        "工程师发现桥墩在两天的大雨之后移动了几厘米，所以不能再开放交通。",
    ]
    text = "\r\n\r\n".join(["大桥因暴雨关闭数周", *body, "Share on Facebook"])
    cleaned = clean(text)
    assert cleaned.title is not None
    assert cleaned.title.of(text) == "大桥因暴雨关闭数周"
    assert [d.reason for d in cleaned.dropped] == ["share"]


LINES = [
    *BODY,
    TITLE,
    "By Ana Ruiz",
    "Comments",
    "Related",
    "Share",
    "4 March 2024",
    "Photo: A. Holm",
    "1. One more item that is long enough to count as a sentence here.",
    "Kim:",
    "",
    "\t",
    "Features",
]


@settings(deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(st.sampled_from(LINES)).map("\n".join)))
def test_clean_tiles_any_text(text):
    cleaned = clean(text)
    spans = sorted([*cleaned.kept, *(d.span for d in cleaned.dropped)])
    assert all(span.start < span.end for span in spans)
    assert all(a.end == b.start for a, b in pairwise(spans))
    assert not text or (spans[0].start == 0 and spans[-1].end == len(text))
    named = [*cleaned.standfirst, *cleaned.headings, *cleaned.credits]
    named += [cleaned.title] if cleaned.title else []
    assert all(any(span.covers(part) for span in cleaned.kept) for part in named)
    assert kept(text, cleaned).strip() or not text.strip()


@pytest.mark.parametrize(
    "line", ["Related\n", "Photo: x\nfoo bar baz qux\n", TITLE + "\n", "1. a\n"]
)
def test_clean_is_linear_on_pages_of_one_line(line):
    assert clean(line * 20_000 + "\n\n".join(BODY)).kept
