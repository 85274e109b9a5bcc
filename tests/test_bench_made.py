"""What the generator of the benchmarks makes: repeatable, and its known tellings are there."""

from bench import generate


def test_store_is_repeatable_and_of_the_size_asked_for():
    sentences, queries = generate.store(800, 30)

    assert (sentences, queries) == generate.store(800, 30)
    assert len(sentences) == 800
    assert sum(not query.by_hand for query in queries) == 30


def test_store_holds_other_wordings_of_what_is_asked():
    sentences, queries = generate.store(800, 30)

    for query in queries:
        assert query.tellings
        assert query.text not in {sentences[n] for n in query.tellings}
        assert max(query.tellings) < len(sentences)


def test_event_gives_articles_that_do_not_depend_on_their_number():
    few, many = list(generate.event(3)), list(generate.event(5))

    assert many[:3] == few
    assert len(set(many)) == 5
    assert all(len(text.split("\n\n")) > 5 for text in many)
