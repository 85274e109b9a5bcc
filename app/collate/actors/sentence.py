"""What stands around a label in its sentence. Source: ours."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from app.collate.actors.labels import Label, nouns_of
from app.collate.tokens import is_function_word, stem, tokenize

_LOWER = re.compile(r"(?<![\w.])[a-z][a-z'-]+")
_OWNER = re.compile(r"([A-Z][\w-]+)(?:['’]s|s['’])(?:\s\w+)?\s?$")
_APPOSED = re.compile(
    r"\s?,?\s?(?:\d+,\s)?(?:(?:the|a|an|his|her|its|their|who is|is|was|as|former|then)\s)*"
    r"(?:\w[\w’'.-]*\s){0,3}?"
)
"""What may stand between a name and the noun that explains it."""
_POSSESSIVE = re.compile(r".*(?:['’]s|s['’])")
_WINDOW = 6
_NEAR = 3


def commons_in(labels: Sequence[Label]) -> frozenset[str]:
    """Return the words that the labels or their sentences have in lower case, in singular and
    plural.
    """
    texts = {text for label in labels for text in (label.words, label.context)}
    words = {word for text in texts for word in _LOWER.findall(text)}
    return frozenset(words | {f"{word}s" for word in words} | {w.removesuffix("s") for w in words})


class Surroundings:
    """For each label what its sentence says of it; where there is no sentence, nothing.

    `near` are the words of matter right before it, `owners` who owns it ("Moore’s | lawyer"),
    `texts` is labels × texts.
    """

    def __init__(self, labels: Sequence[Label]) -> None:
        before = [_norms(label.before())[-_WINDOW:] for label in labels]
        after = [_norms(label.after())[:_WINDOW] for label in labels]
        self.near = [_matter(words[-_NEAR:]) for words in before]
        self.owners = [found[1].lower() if found else "" for found in map(_owner, labels)]
        self.words_after = [frozenset(_matter(words)) for words in after]
        self.stems_after = [frozenset(map(stem, words)) for words in self.words_after]
        self.stems_around = [
            frozenset(map(stem, _matter([*one, *two])))
            for one, two in zip(before, after, strict=True)
        ]
        counts = [Counter(_norms(label.after())) for label in labels]
        women, men = (
            np.array([sum(count[norm] for norm in nouns_of(table)) for count in counts])
            for table in ("she", "he")
        )
        self.women, self.men = women, men
        self.articled = np.array(
            [
                words[-1:] == ["the"] or label.words[:4].lower() == "the "
                for label, words in zip(labels, before, strict=True)
            ]
        )
        articles = [_article(label, words) for label, words in zip(labels, before, strict=True)]
        self.definite = np.array([article in nouns_of("definite") for article in articles])
        self.indefinite = np.array([article in nouns_of("indefinite") for article in articles])
        told = np.array([label.context != "" for label in labels])
        ids = {label.text_id: n for n, label in enumerate(labels)}
        text = np.array([list(ids).index(label.text_id) for label in labels])
        self.texts = np.eye(len(ids), dtype=np.float32)[text]
        self.same_text = (text[:, None] == text[None, :]) & told[:, None] & told[None, :]
        self.same_sentence = np.eye(len(labels), dtype=bool)
        self.apposed = np.zeros_like(self.same_sentence)
        self._read_sentences(labels)

    def _read_sentences(self, labels: Sequence[Label]) -> None:
        inside: dict[tuple[str, str], list[int]] = {}
        for n, label in enumerate(labels):
            if label.context:
                inside.setdefault((label.text_id, label.context), []).append(n)
        for members in inside.values():
            members.sort(key=lambda n: labels[n].start)
            self.same_sentence[np.ix_(members, members)] = True
            for i, j in combinations(members, 2):
                if _explains(labels[i], labels[j]):
                    self.apposed[i, j] = self.apposed[j, i] = True


def _explains(first: Label, second: Label) -> bool:
    """Say whether a name and a noun explain each other: "actress Ana Ruiz", "Ana Ruiz, the
    actress". In "Ruiz lawyer", "Ruiz's lawyer" the name only owns.
    """
    if first.start == second.start:
        return True
    gap = first.context[first.start + len(first.words) : second.start]
    noun_first = first.words[0].islower() or "," in gap
    owns = not gap.strip() and not noun_first
    return bool(_APPOSED.fullmatch(gap)) and not owns and not _POSSESSIVE.fullmatch(first.words)


def _norms(text: str) -> list[str]:
    return [token.norm for token in tokenize(text)]


def _matter(norms: Sequence[str]) -> list[str]:
    return [norm for norm in norms if norm.isalpha() and not is_function_word(norm)]


def _owner(label: Label) -> re.Match[str] | None:
    return _OWNER.search(label.before())


def _article(label: Label, before: Sequence[str]) -> str:
    """Return the article or possessive of a label, its own or one of the three words before."""
    own = _norms(label.words)[:1] if not label.context else []
    for norm in [*own, *reversed(before[-_NEAR:])]:
        if norm in nouns_of("definite") | nouns_of("indefinite"):
            return norm
    return ""
