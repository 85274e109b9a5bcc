from app.store import articles
from app.store.removals import remove_article
from app.store.vectors import add_vectors, list_vectors, remove_vectors
from tests.factories import make_pair


def numbers_of(db, pair):
    return [articles.get_revision(db, article.id).id for article in pair]


def test_a_vector_is_found_by_model_and_text_whoever_printed_it(db):
    one, two = numbers_of(db, make_pair(db))
    add_vectors(db, "m 1", {(one, "a"): b"1", (two, "a"): b"1", (two, "b"): b"2"})
    assert list_vectors(db, "m 1", ["a", "b", "c"]) == {"a": b"1", "b": b"2"}
    assert list_vectors(db, "m 2", ["a"]) == {}


def test_what_is_there_stays(db):
    one, _ = numbers_of(db, make_pair(db))
    add_vectors(db, "m 1", {(one, "a"): b"1"})
    add_vectors(db, "m 1", {(one, "a"): b"9", (one, "b"): b"2"})
    assert list_vectors(db, "m 1", ["a", "b"]) == {"a": b"1", "b": b"2"}


def test_more_texts_than_one_statement_takes(db):
    one, _ = numbers_of(db, make_pair(db))
    add_vectors(db, "m 1", {(one, str(n)): b"1" for n in range(1200)})
    assert len(list_vectors(db, "m 1", map(str, range(2000)))) == 1200


def test_vectors_go_with_their_article_and_all_at_once(db):
    pair = make_pair(db)
    one, two = numbers_of(db, pair)
    add_vectors(db, "m 1", {(one, "a"): b"1", (two, "b"): b"2"})
    remove_article(db, pair[0].id)
    assert list_vectors(db, "m 1", ["a", "b"]) == {"b": b"2"}
    assert remove_vectors(db) == 1
