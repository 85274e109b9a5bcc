"""Sentences in many languages; passages with their kinds."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate.cleaning import clean
from app.collate.segmentation import segment, split_sentences
from app.collate.text import Cleaned, Dropped, PassageKind, Span


def sentences(text: str, language: str = "en") -> list[str]:
    return [" ".join(span.of(text).split()) for span in split_sentences(text, language)]


def whole(text: str, **found) -> Cleaned:
    return Cleaned(kept=(Span(0, len(text)),), dropped=(), **found)


ONE = [
    ("en", "Gen. Ruiz and Dr. J. R. Holm met Lt. Col. Vogt at 9.30 a.m. on Tuesday."),
    ("en", "The price rose by 3.5 per cent to $1,200.50 a tonne in the U.S. market."),
    ("en", "Mr. and Mrs. Bell of St. Mary's Rd. were not at home."),
    ("en", "He paused ... and then he went on."),
    ("en", "“Are you coming?” Ruiz asked."),
    ("en", "“Stop!” Mr. Bell shouted."),
    ("en", '"Will it hold?" he asked.'),
    ("en", "The file v1.2.3 at www.example.org/a.html is gone."),
    ("en", "It is listed as No. 7 on p. 12, fig. 3."),
    ("en", "The firm, Bell Inc., and its owner, A. Holm Jr., said nothing."),
    ("de", "Am 3. Oktober trafen sich Prof. Dr. Huber und Fr. Vogt, z. B. in Bonn."),
    ("de", "Das kostet ca. 5 Mio. Euro, d. h. mehr als im 19. Jahrhundert."),
    ("fr", "M. Martin et Mme Petit ont vu le n° 5, p. 12."),
    ("fr", "« Est-ce vrai ? » a demandé M. Martin."),
    ("es", "El Sr. Prado y la Dra. Luz viven en la Av. Norte núm. 5."),
    ("ru", "По словам г. Петрова, на ул. Мира живёт 5 тыс. человек, т. е. меньше."),
    ("it", "Il sig. Rossi e l'on. Bianchi abitano in v.le Nord n. 5."),
]

MANY = [
    ("en", ["He met Kim.", "They spoke for an hour."]),
    ("en", ["“We agreed.", "All is well,” he said."]),
    ("en", ["It was built in the U.S.", "The bridge is old."]),
    ("en", ["It opened at 9 a.m.", "He was there."]),
    ("en", ["Was it safe?", "Nobody knew!", "Then it fell."]),
    ("en", ["He left ...", "Nobody followed."]),
    ("en", ["The vote was lost (by 3 to 5).", "She resigned."]),
    ("en", ["“It is over.”", "Ruiz had left by then."]),
    ("en", ["The last one was 2019.", "5 people came."]),
    ("en", ["She called it “a farce.”", "“Never again,” she said."]),
    ("de", ["Er kam um 5 Uhr.", "Die Brücke war zu.", "„Gut“, sagte er."]),
    ("fr", ["« Nous devons agir.", "Il y a urgence », a-t-il dit."]),
    ("es", ["¿Qué pasó?", "¡Nada!", "Nos fuimos."]),
    ("ru", ["Он приехал.", "«Всё хорошо», — сказал он."]),
    ("zh", ["大桥关闭了。", "工程师说没有危险！", "真的吗？"]),
    ("ja", ["「行かない。", "もう遅い。」と述べた。"]),
    ("el", ["Πού είναι;", "Η γέφυρα έκλεισε.", "Ο κ. Νίκος έφυγε."]),
    ("sk", ["Most je zatvorený.", "Prof. Novák to vie."]),
    ("am", ["ድልድዩ ተዘግቷል።", "እሱ ነገ ይመጣል።"]),
    ("hi", ["पुल बंद है।", "वह कल आएगा।"]),
    ("hy", ["Կամուրջը փակ է:", "Նա գնաց:"]),
]


@pytest.mark.parametrize(("language", "text"), ONE)
def test_split_sentences_keeps_one_sentence_whole(language, text):
    assert sentences(text, language) == [text]


@pytest.mark.parametrize(("language", "parts"), MANY)
def test_split_sentences_parts_several(language, parts):
    joint = "" if language in {"zh", "ja"} else " "
    assert sentences(joint.join(parts), language) == parts


def test_split_sentences_ends_at_every_empty_line():
    assert sentences("A title\n\nA text that goes\non in a second line.") == [
        "A title",
        "A text that goes on in a second line.",
    ]


def test_split_sentences_parts_list_items_in_one_line():
    assert sentences("1. Open the gate 2. Close the gate") == [
        "1. Open the gate",
        "2. Close the gate",
    ]


def test_split_sentences_parts_sentences_that_a_scraper_glued():
    text = "The pillar fell.The mayor came.“We had no choice,” she said.Nobody spoke to Prof.Bell."
    assert sentences(text) == [
        "The pillar fell.",
        "The mayor came.",
        "“We had no choice,” she said.",
        "Nobody spoke to Prof.Bell.",
    ]
    assert len(sentences("See lantern.example/a.Html or write to ana@harbour.Example today.")) == 1


def test_split_sentences_takes_windows_lines_and_odd_spaces():
    assert sentences("He came.\u00a0 She left.\r\n\r\n\tThey met.") == [
        "He came.",
        "She left.",
        "They met.",
    ]


def test_split_sentences_cuts_an_endless_line():
    pieces = split_sentences("word " * 2000)
    assert len(pieces) > 5
    assert max(len(piece) for piece in pieces) <= 1200


@pytest.mark.parametrize("text", ["!" * 200_000 + "x", ". " * 100_000 + "x", "a.b" * 100_000])
def test_split_sentences_is_linear_on_pages_of_dots(text):
    assert split_sentences(text)


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab A.!?…\"”“'’«»)(1 \n\r\t。։।-•"), max_size=120))
def test_split_sentences_covers_every_character_once(text):
    spans = split_sentences(text)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    covered = {i for span in spans for i in range(span.start, span.end)}
    assert {i for i, c in enumerate(text) if not c.isspace()} <= covered


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "de", "ar", "zh", "xx", "hy"]))
def test_segment_holds_every_kept_character_in_one_passage(text, language):
    cleaned = clean(text)
    passages = segment(text, cleaned)
    seen: dict[int, int] = {}
    for passage in passages:
        assert len(passage.span)
        assert 0 <= passage.span.start < passage.span.end <= len(text)
        for i in range(passage.span.start, passage.span.end):
            seen[i] = seen.get(i, 0) + 1
    kept = {i for span in cleaned.kept for i in range(span.start, span.end)}
    ink = {i for i in kept if not text[i].isspace() and text[i] not in "\ufeff\u200b"}
    assert ink <= set(seen)
    assert set(seen.values()) <= {1}
    assert set(seen) <= kept


@st.composite
def cleanings(draw) -> tuple[str, Cleaned]:
    """A text with spans kept, dropped and named anyhow, as after corrections by hand."""
    parts = st.sampled_from(
        ["One came.", "Two?", "By Ana Ruiz", "“Three", "Kim:", " ", "\n", "\n\n"]
    )
    text = "".join(draw(st.lists(parts, max_size=14)))
    at = st.integers(0, len(text))
    cuts = sorted({0, len(text), *draw(st.lists(at, max_size=5))})
    spans = [Span(a, b) for a, b in pairwise(cuts)]
    keep = [draw(st.booleans()) for _ in spans]
    any_span = st.tuples(at, at).map(lambda pair: Span(min(pair), max(pair)))
    named = st.lists(any_span, max_size=2).map(tuple)
    return text, Cleaned(
        kept=tuple(span for span, kept in zip(spans, keep, strict=True) if kept),
        dropped=tuple(Dropped(s, "x") for s, kept in zip(spans, keep, strict=True) if not kept),
        title=draw(st.none() | any_span),
        standfirst=draw(named),
        headings=draw(named),
        credits=draw(named),
    )


@settings(deadline=None)
@given(cleanings())
def test_segment_holds_every_kept_character_once_whatever_a_person_cut(made):
    text, cleaned = made
    passages = segment(text, cleaned)
    held = [i for p in passages for i in range(p.span.start, p.span.end) if not text[i].isspace()]
    kept = [i for s in cleaned.kept for i in range(s.start, s.end) if not text[i].isspace()]
    assert held == kept


def test_segment_tells_the_kinds_apart():
    text = (
        "Bridge closed\n\nBy Ana Ruiz\n\nThe bridge was closed on Monday. It is old.\n\n"
        "What they said\n\nA Meridian report said:\n\nRuiz:\n\n“It is old.”"
    )
    at = text.index
    cleaned = whole(
        text,
        title=Span(0, 13),
        credits=(Span(at("By Ana"), at("By Ana") + 11),),
        headings=(Span(at("What"), at("What") + 14),),
    )
    kinds = [(p.kind, p.span.of(text)) for p in segment(text, cleaned)]
    assert kinds == [
        (PassageKind.TITLE, "Bridge closed"),
        (PassageKind.CREDIT, "By Ana Ruiz"),
        (PassageKind.SENTENCE, "The bridge was closed on Monday."),
        (PassageKind.SENTENCE, "It is old."),
        (PassageKind.HEADING, "What they said"),
        (PassageKind.SOURCE, "A Meridian report said:"),
        (PassageKind.LABEL, "Ruiz:"),
        (PassageKind.SENTENCE, "“It is old.”"),
    ]


def test_segment_cuts_a_dateline_off_its_sentence():
    text = "PORTO ALTO, March 4 (Meridian) - The bridge was closed."
    cleaned = whole(text, credits=(Span(0, 32),))
    assert [(p.kind, p.paragraph) for p in segment(text, cleaned)] == [
        (PassageKind.CREDIT, 0),
        (PassageKind.SENTENCE, 0),
    ]


@pytest.mark.parametrize(
    "line", ["The reason was simple:", "A statement from the opposition:", "There are two ways:"]
)
def test_segment_takes_no_lead_in_for_a_speaker(line):
    assert segment(line, whole(line))[0].kind is PassageKind.SENTENCE


def test_segment_numbers_paragraphs():
    text = "One came. Two came.\n\nThree came.\nFour came."
    assert [p.paragraph for p in segment(text, whole(text))] == [0, 0, 1, 2]
