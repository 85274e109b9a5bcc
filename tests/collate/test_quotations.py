"""Quotations with their speakers and verbs, on sentences of our own in many styles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate.cleaning import clean
from app.collate.quotations import find_attributions, find_quotations
from app.collate.segmentation import segment


def quoted(text: str) -> list[tuple[str, str | None, str | None]]:
    passages = segment(text, clean(text))
    found = find_quotations(text, passages)
    return [(q.span.of(text), q.speaker, q.verb) for q in found]


def attributed(text: str) -> list[tuple[str | None, str]]:
    passages = segment(text, clean(text))
    return [(a.speaker, a.verb) for a in find_attributions(text, passages)]


STYLES = [
    ("“", "”"),
    ('"', '"'),
    ("„", "“"),
    ("„", "”"),
    ("«", "»"),
    ("« ", " »"),
    ("»", "«"),
    ("‘", "’"),
    ("'", "'"),
    ("''", "''"),
    ("“", "''"),
    ('"', "''"),
    ("“", '"'),
    ("「", "」"),
]


@pytest.mark.parametrize(("opening", "closing"), STYLES)
def test_find_quotations_knows_every_style_of_marks(opening, closing):
    text = f"Mayor Ines Prado said {opening}the bridge is not safe{closing} on Monday."
    whole = f"{opening}the bridge is not safe{closing}"
    assert quoted(text) == [(whole, "Ines Prado", "said")]


CASES = [
    # after the quotation, subject first or verb first
    ("“It is over,” Ruiz said on Monday.", [("Ruiz", "said")]),
    ("“It is over,” said Ruiz, who had waited for hours.", [("Ruiz", "said")]),
    ("“It is over,” said the minister, Ana Ruiz.", [("Ana Ruiz", "said")]),
    ("“Is it over?” asked Tom Bell.", [("Tom Bell", "asked")]),
    # before it
    ("Tom Bell told reporters: “It is over.”", [("Tom Bell", "told")]),
    ("Bell, a father of two, insisted it was “over.”", [("Bell", "insisted")]),
    ("Bell, who chairs the panel, called it “a farce.”", [("Bell", "called")]),
    ("In Lisbon, Bell warned that “nobody is safe” there.", [("Bell", "warned")]),
    # interrupted, participles, two verbs
    ("“I will,” Bell said, “never go back.”", [("Bell", "said"), ("Bell", "said")]),
    (
        "“It is over,” Bell said, adding that he felt “only relief.”",
        [("Bell", "said"), ("Bell", "adding")],
    ),
    ("Calling the plan “a farce,” Bell left the room.", [("Bell", "Calling")]),
    ("Bell pointed out that it was “too late” for that.", [("Bell", "pointed out")]),
    (
        "Bell was quoted by the Lantern as saying that it was “too late.”",
        [("Bell", "saying")],
    ),
    # a new sentence after a closed quotation is not its attribution
    ("Ruiz said it was “over.” Bell denied that.", [("Ruiz", "said")]),
    # who is meant
    ("Minister Ana Ruiz spoke to Tom Bell. She said it was “over.”", [("Ana Ruiz", "said")]),
    (
        "Foreign Minister Ana Ruiz met Mayor Tom Bell. “It is over,” the minister said.",
        [("Ana Ruiz", "said")],
    ),
    (
        "French President Luc Petit met Polish President Jan Nowak. “Good,” the Polish president"
        " said.",
        [("Jan Nowak", "said")],
    ),
    (
        "When reporters asked Ana Ruiz whether it was safe, she replied: “No.”",
        [("Ana Ruiz", "replied")],
    ),
    (
        "A spokesman for the port said it was “too early” to say.",
        [("spokesman for the port", "said")],
    ),
    ("The Kremlin said it was “concerned” about the vote.", [("Kremlin", "said")]),
    ("Protesters shouted “shame on you” as the cars left.", [("Protesters", "shouted")]),
    (
        "Ana Ruiz, the president of the Iberian Farm Trust, said farmers faced “ruin.”",
        [("Ana Ruiz", "said")],
    ),
    ("Permanent Representative of Spain Ana Ruiz said it was “over.”", [("Ana Ruiz", "said")]),
    ("“It hurts,” said retired schoolteacher Ann Lee.", [("Ann Lee", "said")]),
    ("“It hurts,” the patient wrote in a letter.", [("patient", "wrote")]),
    ("It was, in the words of Mayor Tom Bell, “a farce.”", [("Tom Bell", "in the words of")]),
    ("“It is safe,” according to the port.", [("port", "according to")]),
    ("Furious Ana Ruiz told the council it was “over.”", [("Ana Ruiz", "told")]),
    ("ANA Ruiz snapped that it was “over.” Ruiz left.", [("ANA Ruiz", "snapped")]),
    ("The Western promises were “a lie,” Bell said.", [("Bell", "said")]),
    (
        "John Bell met Maria Lund. They ate. Then she said it was “over.”",
        [("Maria Lund", "said")],
    ),
    ("“No,” said Mr Bell’s deputy, Jan Holm.", [("Jan Holm", "said")]),
    ("“No,” said Mr Bell’s deputy.", [("Bell’s deputy", "said")]),
    (
        "Ana Ruiz spoke. Israel’s military said it had hit “targets.”",
        [("Israel’s military", "said")],
    ),
    (
        "Spokesman Jan Holm left. Ruiz’s spokesman said it was “over.”",
        [("Ruiz’s spokesman", "said")],
    ),
    ("“It was tense,” one of the officials said.", [("officials", "said")]),
    ("Bell told Ruiz to “go home,” the Meridian agency reported.", [("Bell", "told")]),
    (
        "Tom Bell was there. Asked if she agreed, Minister Ana Ruiz said: “No.”",
        [("Ana Ruiz", "said")],
    ),
    ("Jan Holm, asked about the vote, told us it was “no surprise.”", [("Jan Holm", "told")]),
    ("Ruiz called it 'a sham', adding 'we were warned'.", [("Ruiz", "called"), ("Ruiz", "adding")]),
    # inside the sentence, told by nobody
    ("The so-called “green belt” runs along the river.", [(None, None)]),
]


@pytest.mark.parametrize(("text", "who"), CASES)
def test_find_quotations_tells_speaker_and_verb(text, who):
    assert [(speaker, verb) for _, speaker, verb in quoted(text)] == who


def test_find_quotations_lets_a_later_one_in_the_paragraph_inherit():
    text = "“It is over,” Ruiz said. They all went home. “There was nothing left to do.”"
    assert [speaker for _, speaker, _ in quoted(text)] == ["Ruiz", "Ruiz"]


def test_find_quotations_carries_a_speech_over_paragraphs():
    text = (
        "Prado:\n\n“We had no choice.\n\n“The pillars had moved.\n\n“It will open in May.”\n\n"
        "The mayor then left the hall for a long meeting with engineers."
    )
    passages = segment(text, clean(text))
    found = find_quotations(text, passages)
    assert [q.span.of(text) for q in found] == [
        "“We had no choice.",
        "“The pillars had moved.",
        "“It will open in May.”",
    ]
    assert [q.continues for q in found] == [True, True, False]
    assert {q.speaker for q in found} == {"Prado"}


def test_find_quotations_ends_a_forgotten_mark_with_its_sentence():
    text = "Ruiz said “it is over. She left the hall. Nobody followed her."
    assert [span for span, _, _ in quoted(text)] == ["“it is over."]


def test_find_quotations_keeps_nested_ones_inside():
    text = "“He told me ‘never again’ and left,” Bell said."
    assert [span for span, _, _ in quoted(text)] == ["“He told me ‘never again’ and left,”"]


@pytest.mark.parametrize(
    "text",
    [
        "The parties’ leaders and the players’ union met in the ’90s, didn’t they?",
        "It's the mayor's car, not the workers' bus.",
        "He is 6' 2\" tall and rock 'n' roll is all he likes.",
        "The file is called readme'txt and nothing more.",
    ],
)
def test_find_quotations_takes_no_apostrophe_for_a_mark(text):
    assert quoted(text) == []


@pytest.mark.parametrize(
    "text", ["“" * 3000, "'a " * 20_000, "«»" * 5000, '"a" ' * 5000, "»a " * 9000]
)
def test_find_quotations_is_quick_on_pages_of_marks(text):
    find_quotations(text, segment(text, clean(text)))


def test_find_attributions_reads_sentences_without_marks():
    text = (
        "Foreign Minister Ana Ruiz said that talks would go on. She added that they were hard.\n\n"
        "Talks have failed, said Tom Bell. The bridge was closed on Monday.\n\n"
        "According to plan, the Kremlin later denied the report."
    )
    assert attributed(text) == [
        ("Ana Ruiz", "said"),
        ("Ana Ruiz", "added"),
        ("Tom Bell", "said"),
        ("Kremlin", "denied"),
    ]


def test_find_attributions_takes_no_noun_or_passive_for_a_verb():
    assert attributed("The claims were rejected. He ignored such reports and comments.") == []


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("aB .,:\n“”\"'‘’«»„said "), max_size=200))
def test_find_quotations_lie_inside_the_text_and_apart(text):
    passages = segment(text, clean(text))
    found = find_quotations(text, passages)
    for quotation in found:
        assert 0 <= quotation.span.start < quotation.span.end <= len(text)
        assert not quotation.verb_span or quotation.verb_span.of(text) == quotation.verb
    assert all(a.span.end <= b.span.start for a, b in zip(found, found[1:], strict=False))


@settings(deadline=None)
@given(st.text(max_size=200))
def test_find_quotations_and_attributions_take_any_text(text):
    passages = segment(text, clean(text))
    find_quotations(text, passages)
    starts = {passage.span.start for passage in passages}
    assert {a.passage_start for a in find_attributions(text, passages)} <= starts
