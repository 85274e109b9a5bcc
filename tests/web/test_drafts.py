"""Pieces of a draft: joined they are the text; what is kept and dropped always tiles it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate import Cleaned, Dropped, Span
from app.ingest import Draft, Facts
from app.web.drafts import BY_HAND, GIVEN, MOST_PIECES, cut, recut, settle
from tests.factories import make_draft

LINES = st.lists(st.text("ab \n\r\u2028é👩", max_size=12), min_size=1, max_size=8)


@st.composite
def drafts(draw):
    """A draft whose text is cut at random into kept and dropped stretches."""
    parts = [part for part in draw(LINES) if part]
    text, kept, dropped = "", [], []
    for part in parts:
        span = Span(len(text), len(text) + len(part))
        text += part
        if draw(st.booleans()):
            kept.append(span)
        else:
            dropped.append(Dropped(span, "share"))
    cleaned = Cleaned(tuple(kept), tuple(dropped))
    return Draft(text.encode(), "text/plain", text, cleaned, headline="h")


@settings(deadline=None)
@given(drafts())
def test_pieces_joined_are_the_text(draft):
    assert "".join(piece.text for piece in cut(draft.text, draft.cleaned)) == draft.text


@settings(deadline=None)
@given(drafts(), st.data())
def test_what_is_kept_and_dropped_tiles_the_text(draft, data):
    pieces = cut(draft.text, draft.cleaned)
    keep = data.draw(st.sets(st.sampled_from(pieces))) if pieces else set()
    made = recut(draft, {piece.span for piece in keep}).cleaned
    tiles = sorted([*made.kept, *(part.span for part in made.dropped)])
    assert "".join(span.of(draft.text) for span in tiles) == draft.text
    for piece in keep:
        assert any(span.covers(piece.span) for span in made.kept)


@settings(deadline=None)
@given(drafts())
def test_nothing_changed_changes_nothing(draft):
    kept = {piece.span for piece in cut(draft.text, draft.cleaned) if piece.reason is None}
    made = recut(draft, kept).cleaned
    joined = "".join(span.of(draft.text) for span in draft.cleaned.kept)
    assert "".join(span.of(draft.text) for span in made.kept) == joined


def test_very_many_lines_stay_few_pieces():
    text = "A line of words.\n" * 50_000
    pieces = cut(text, Cleaned((Span(0, len(text)),), ()))
    assert len(pieces) <= MOST_PIECES
    assert "".join(piece.text for piece in pieces) == text


def test_reasons_stay_and_new_ones_say_by_hand():
    text = "Title here\nMenu\nOne sentence.\n"
    cleaned = Cleaned(
        kept=(Span(0, 11), Span(16, 30)),
        dropped=(Dropped(Span(11, 16), "navigation"),),
        title=Span(0, 10),
    )
    draft = Draft(text.encode(), "text/plain", text, cleaned, headline="Title here")
    made = recut(draft, {Span(16, 30)}).cleaned
    assert made.dropped == (
        Dropped(Span(0, 11), BY_HAND),
        Dropped(Span(11, 16), "navigation"),
    )
    assert made.title is None


def test_untouched_facts_keep_what_they_rest_on():
    draft = make_draft(outlet="Gazette")
    same = settle(draft, Facts(headline="Other", outlet="Gazette"))
    assert (same.headline, same.outlet_basis) == ("Other", draft.outlet_basis)
    other = settle(draft, Facts(headline="Other", outlet="Post"))
    assert (other.outlet, other.outlet_basis) == ("Post", GIVEN)
    gone = settle(draft, Facts(headline="Other"))
    assert (gone.outlet, gone.outlet_basis) == (None, None)
