"""Tokens: positions of the text as it stands, normal forms beside it."""

import pytest
import snowballstemmer
from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate.data import stems
from app.collate.text import Span, TokenKind
from app.collate.tokens import is_function_word, normal, stem, tokenize


@settings(deadline=None)
@given(st.text(max_size=200))
def test_tokens_are_slices_of_the_text_and_leave_only_space_between(text):
    tokens = tokenize(text)
    assert all(token.span.of(text) == token.text for token in tokens)
    covered = {at for token in tokens for at in range(token.span.start, token.span.end)}
    left = [char for at, char in enumerate(text) if at not in covered]
    assert not any(char.isalnum() for char in left)
    assert len(covered) == sum(len(token.span) for token in tokens)


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_positions_in_a_span_are_those_of_the_whole_text(before, inside):
    text = f"{before} {inside}"
    span = Span(len(before) + 1, len(text))
    assert all(span.covers(token.span) for token in tokenize(text, span))


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("Russia’s sanctions", ["russia", "'s", "sanctions"]),
        ("Kim Jong‑un", ["kim", "jong-un"]),
        ("don’t", ["don't"]),
        ("fifty-two of 50,000", ["52", "of", "50000"]),
        ("the seventieth", ["the", "70th"]),
        ("the U.S. and us, the US", ["the", "u.s.", "and", "us", ",", "the", "u.s."]),
        ("Council.''", ["council", ".", '"']),
        ("1950-53", ["1950", "-", "53"]),
        ("13.09.2023", ["13.09.2023"]),
        ("北京 said", ["北", "京", "said"]),
        ("", []),
    ],
)
def test_normal_forms(text, norms):
    assert [token.norm for token in tokenize(text)] == norms


@pytest.mark.parametrize(
    ("text", "kind"),
    [("2,000", TokenKind.NUMBER), ("twelve", TokenKind.NUMBER), ("one", TokenKind.WORD)]
    + [("“", TokenKind.PUNCTUATION), ("’s", TokenKind.WORD), ("70th", TokenKind.NUMBER)],
)
def test_kinds(text, kind):
    assert tokenize(text)[0].kind is kind or tokenize(f"x{text}")[1].kind is kind


def test_stems_join_inflected_words_and_leave_numbers_alone():
    assert stem(normal("Sanctions")) == stem("sanctioned") != stem("2006")
    assert stem("u.s.") != stem("us")


def test_function_words_are_read_from_the_lexicon():
    assert is_function_word("the")
    assert not is_function_word("sanctions")


def test_stems_that_ship_are_those_the_stemmer_makes():
    stemmer = snowballstemmer.stemmer("english")
    plain = [word for word in stems() if len(word) > 3 and word.isascii() and word.isalpha()]

    assert len(plain) > 10_000
    assert [stem(word) for word in plain[::7]] == stemmer.stemWords(plain[::7])
