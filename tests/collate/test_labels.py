"""The labels of rows: the words that stand for them."""

import pytest

from app.collate import Config, align, prepare, witnesses_of
from app.collate.labels import describe


def gist_of(*texts):
    witnesses = {}
    for number, text in enumerate(texts, 1):
        (one,) = witnesses_of(prepare(text), text=text, revision=number, siglum=f"W{number}")
        witnesses[one.id] = one
    (row,) = align(list(witnesses.values()), Config())
    gist = describe(row.cells, row.core, row.common, witnesses).gist
    return gist.span.of(witnesses[gist.witness].text)


@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [
        (
            "The army evacuated the hospital of Brodno by helicopter on Sunday.",
            "In the afternoon, while the crowd on the quay cheered and a brass band played on, the"
            " army evacuated the hospital of Brodno by helicopter.",
            "The army evacuated the hospital of Brodno by helicopter on Sunday.",
        ),
        (
            "The dam was old, said Ana Ruiz: “We shall never again build below the dam of Brodno.”",
            "Ana Ruiz told us: “Never again shall we build below the dam of Brodno, my friends and"
            " neighbours from the valley.”",
            "“We shall never again build below the dam of Brodno.”",
        ),
    ],
)
def test_a_gist_holds_what_is_shared_in_few_words(one, two, wanted):
    assert gist_of(f"Flood\n\n{one}\n", f"Water\n\n{two}\n") == wanted
