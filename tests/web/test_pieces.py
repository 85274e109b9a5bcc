"""Cutting a passage into pieces loses nothing; shortening keeps two words beside a mark."""

from hypothesis import given
from hypothesis import strategies as st

from app.collate import Kind, Mark, Matter, Span
from app.web.pieces import Piece, cut, elide, shorten


def make_mark(start, end):
    return Mark("d1", Span(start, end), Kind.REWORDED, None, Matter.WORDING)


def shown(pieces):
    drawn = ["…" if p.elided else f"[{p.text}]" if p.mark else p.text for p in pieces]
    return "".join(drawn)


@given(st.text(max_size=40), st.lists(st.integers(0, 40), max_size=8))
def test_pieces_joined_are_the_span(text, cuts):
    edges = sorted(min(n, len(text)) for n in cuts)
    marks = [make_mark(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b]
    pieces = cut(text, Span(0, len(text)), marks)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.mark for piece in pieces if piece.mark] == marks


def test_pieces_stay_inside_their_span():
    pieces = cut("One two three.", Span(4, 7), [make_mark(0, 14)])
    assert [(piece.text, piece.mark is not None) for piece in pieces] == [("two", True)]


def test_shared_words_carry_their_level():
    pieces = cut("One two", Span(0, 7), (), [(Span(4, 7), 2)])
    assert pieces == [Piece("One "), Piece("two", level=2)]


def test_long_runs_are_elided_two_words_from_a_mark():
    text = "One two three four five MARK six seven eight nine ten."
    pieces = elide(cut(text, Span(0, len(text)), [make_mark(24, 28)]))
    assert shown(pieces) == "… four five [MARK] six seven …"


def test_short_runs_stay_whole():
    text = "One MARK two three four MARK five."
    marks = [make_mark(4, 8), make_mark(24, 28)]
    assert (
        shown(elide(cut(text, Span(0, len(text)), marks)))
        == "One [MARK] two three four [MARK] five."
    )


def test_what_has_no_mark_is_elided_whole():
    assert shown(elide(cut("One two three.", Span(0, 14)))) == "…"
    assert elide([]) == []


def test_shorten_keeps_the_first_and_the_last_words():
    assert shorten("a b c d e f", 4, 2, 1) == "a b … f"
    assert shorten("a b c d e f", 4, 3, 0) == "a b c …"
    assert shorten(" a\n b ", 4, 3, 0) == "a b"
