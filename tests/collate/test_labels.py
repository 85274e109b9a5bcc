"""The labels of rows: the words that stand for them."""

import pytest

from app.collate import Config, RowKind, align, prepare, witnesses_of
from app.collate.labels import describe


def label_of(*texts):
    witnesses = {}
    for number, text in enumerate(texts, 1):
        (one,) = witnesses_of(prepare(text), text=text, revision=number, siglum=f"W{number}")
        witnesses[one.id] = one
    (row,) = align(list(witnesses.values()), Config())
    label = describe(row.cells, row.core, witnesses, common=row.common, reporting=row.reporting)
    return label, label.gist.span.of(witnesses[label.gist.witness].text)


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
    _label, gist = label_of(f"Flood\n\n{one}\n", f"Water\n\n{two}\n")
    assert gist == wanted


@pytest.mark.parametrize(
    ("one", "two", "kind", "speaker"),
    [
        (
            "The army evacuated the hospital of Brodno by helicopter, “a first”, said Ana Ruiz.",
            "The army evacuated the hospital of Brodno by helicopter.",
            RowKind.FACT,
            None,
        ),
        (
            "The mayor claimed that the dam of Brodno had been unsafe for thirty years.",
            "Ana Ruiz said the dam of Brodno had been unsafe for thirty years, “or forty”.",
            RowKind.CLAIM,
            "Ana Ruiz",
        ),
        (
            "Ana Ruiz said: “We shall never again build below the dam of Brodno.”",
            "“We shall never again build below the dam of Brodno,” said Ana Ruiz.",
            RowKind.QUOTATION,
            "Ana Ruiz",
        ),
    ],
)
def test_a_row_is_a_fact_a_claim_or_a_quotation(one, two, kind, speaker):
    label, _gist = label_of(f"Flood\n\n{one}\n", f"Water\n\n{two}\n")
    assert (label.kind, label.speaker) == (kind, speaker)
