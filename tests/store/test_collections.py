import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from app.errors import NotFound
from app.store import articles, collections, events, outlets, search
from app.store.collections import make_slug
from app.store.db import session
from app.store.removals import remove_article, remove_collection
from tests.factories import FIRST, make_article, make_collection, make_event, make_pair

SENTENCES = [
    "The bridge over the harbour closes on Monday.",
    "Ferries carry 900 people an hour.",
    "Shops on the quay fear for their trade.",
    "The port authority has no choice, its head said.",
]


def snapshot(db, collection_id):
    """Everything of a collection that functions of the store give."""
    found = search.search(db, collection_id, "bridge OR ferries harbour")
    return (
        [article.id for article in articles.list_articles(db, collection_id)],
        [telling.revision.id for telling in articles.list_tellings(db, collection_id)],
        [outlet.siglum for outlet in outlets.list_outlets(db, collection_id)],
        [(event.slug, event.label) for event in events.list_events(db, collection_id)],
        [(one.event_id, one.passages) for one in events.list_coverage(db, collection_id)],
        articles.count_articles(db, collection_id),
        [(hit.article.id, hit.start) for hit in found.hits],
    )


@given(texts=st.lists(st.lists(st.sampled_from(SENTENCES), min_size=2, unique=True), max_size=3))
@limits(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_collections_with_the_same_texts_never_see_each_other(engine, texts):
    with session(engine) as db:
        for one in collections.list_collections(db):
            remove_collection(db, one.id)
        left = make_collection(db, "left")
        right = make_collection(db, "right")
        make_event(db, make_article(db, left, FIRST))
        before = snapshot(db, left.id)
        for number, sentences in enumerate(texts):
            text = f"Harbour bridge, report {number}\n\n" + " ".join(sentences) + "\n"
            make_event(db, make_article(db, right, text))
        make_event(db, make_article(db, right, FIRST))
        assert snapshot(db, left.id) == before
        ours = {article.id for article in articles.list_articles(db, right.id)}
        assert not ours & set(before[0])
        assert len(ours) == len(snapshot(db, right.id)[0])


def test_remove_collection_leaves_the_others_whole(db):
    left, right = make_collection(db, "left"), make_collection(db, "right")
    make_pair(db, left)
    make_event(db, *make_pair(db, right))
    before = snapshot(db, left.id)
    remove_collection(db, right.id)
    assert snapshot(db, left.id) == before
    assert snapshot(db, right.id) == ([], [], [], [], [], 0, [])
    with pytest.raises(NotFound):
        collections.get_collection(db, "right")
    assert collections.find_collection(db, "right").removed_at is not None


def test_remove_article_takes_its_outlet_when_it_was_the_last(db):
    first, second = make_pair(db)
    event = make_event(db, first, second)
    remove_article(db, first.id)
    assert [o.name for o in outlets.list_outlets(db, second.collection_id)] == ["Evening Post"]
    members = {part.revision_id for part in events.list_event_passages(db, [event.id])}
    assert members == {articles.get_revision(db, second.id).id}
    assert not search.search(db, second.collection_id, "fear").total


def test_an_outlet_goes_when_its_last_article_is_given_to_another(db):
    first, second = make_pair(db)
    articles.update_article(db, first.id, outlet_id=second.outlet_id)
    assert [o.name for o in outlets.list_outlets(db, second.collection_id)] == ["Evening Post"]


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("Vostochny summit, 13 September 2023", "vostochny-summit-13-september-2023"),
        ("  Élan – vital! ", "elan-vital"),
        ("Космодром Восточный", "космодром-восточныи"),
        ("???", "event"),
        ("x" * 300, "x" * 60),
        ("ab " * 100, "ab-" * 19 + "ab"),
    ],
)
def test_make_slug_keeps_letters_of_any_script(label, slug):
    assert make_slug(label, "event", set()) == slug


def test_make_slug_never_gives_one_twice():
    assert make_slug("A b", "event", {"a-b", "a-b-2"}) == "a-b-3"
