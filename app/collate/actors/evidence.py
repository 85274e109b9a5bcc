"""What speaks for and against two labels of one event meaning the same actor.

Each piece of evidence is a matrix of labels × labels, the same on both sides of its diagonal.
Source: ours; what pays was measured on actors_ecb by topics left out.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from app.collate.actors.labels import Kind, Label, Reading, groups, nouns_of, read_label
from app.collate.actors.people import Bearers
from app.collate.actors.senses import humanity, mean_meaning, meaning_of
from app.collate.actors.sentence import Surroundings, commons_in
from app.collate.tokens import stem

Matrix = NDArray[np.float32]
Truth = NDArray[np.bool_]
Numbers = NDArray[np.floating[Any] | np.bool_]
"""Evidence before it is brought to one type."""

_ARTICLED = 0.3
"""Share of a name's labels with "the" from which it is a body's."""
_ALIKE = 0.9
"""Jaro-Winkler likeness 0..1 from which two names can be one, spelt in two ways."""


class Event:
    """The labels of one event, read. `times` says how often each stands there."""

    def __init__(self, labels: Sequence[Label], times: NDArray[np.float64]) -> None:
        self.labels, self.times = labels, times
        commons = commons_in(labels)
        read = {words: read_label(words, commons) for words in {label.words for label in labels}}
        self.readings: list[Reading] = [read[label.words] for label in labels]
        self.bearers = Bearers(self.readings, times)
        self.around = Surroundings(labels)
        self.kinds = np.array([int(reading.kind) for reading in self.readings], dtype=np.int64)
        self.named = self.bearers.of >= 0
        self._retype()
        self.nouns = np.array([reading.noun != "" for reading in self.readings])
        keys: list[Hashable] = [
            bearer if bearer >= 0 else (reading.head, reading.plural) if reading.noun else (n,)
            for n, (bearer, reading) in enumerate(
                zip(self.bearers.of.tolist(), self.readings, strict=True)
            )
        ]
        numbers = {key: n for n, key in enumerate(dict.fromkeys(keys))}
        self.block = np.array([numbers[key] for key in keys])
        self._learn_roles()
        names = [" ".join(reading.name) for reading in self.readings]
        spelling = cdist(names, names, scorer=JaroWinkler.similarity, dtype=np.float32)
        both = _both(self.named)
        self.same_name = both & _equal(self.bearers.of.tolist())
        self.spelling: Matrix = spelling * (both & ~self.same_name)

    def _retype(self) -> None:
        """Take a name that mostly has an article for a body's ("the Rovers"), a noun that is like
        those for people for one of them.
        """
        for bearer in range(len(self.bearers.count)):
            mine = self.bearers.of == bearer
            if np.average(self.around.articled[mine], weights=self.times[mine]) >= _ARTICLED:
                self.kinds[mine & (self.kinds == Kind.PERSON)] = Kind.BODY
        for n, reading in enumerate(self.readings):
            if reading.kind is Kind.COMMON and not reading.plural and humanity(reading.noun) > 0.5:
                self.kinds[n] = Kind.ROLE

    def _learn_roles(self) -> None:
        """Take note of the nouns that stand beside a name: "the actress Ana Ruiz"."""
        for bearer, before in zip(self.bearers.of.tolist(), self.around.near, strict=True):
            if bearer >= 0:
                self.bearers.roles[bearer].update(stem(norm) for norm in before)
        self.apposed = self.around.apposed & _either(self.named, self.nouns)
        for i, j in np.argwhere(self.apposed).tolist():
            if self.named[i]:
                self.bearers.roles[int(self.bearers.of[i])][self.readings[j].head] += 1

    def apart(self) -> Truth:
        """Say which labels cannot mean the same: the names of two people."""
        people = _both(self.kinds == Kind.PERSON)
        apart: Truth = people & ~self.same_name & (self.spelling < _ALIKE)
        return apart

    def evidence(self) -> Iterator[tuple[str, Matrix]]:
        """Yield each piece of evidence with its name."""
        for part in (self._names, self._states, self._nouns, self._words, self._roles, self._text):
            for name, matrix in part():
                yield name, np.asarray(matrix, np.float32)
        for one in Kind:
            for two in list(Kind)[one:]:
                yield (
                    f"{one.name} and {two.name}",
                    np.asarray(_either(self.kinds == one, self.kinds == two), np.float32),
                )

    def _names(self) -> Iterator[tuple[str, Numbers]]:
        both = _both(self.named)
        other = both & ~self.same_name
        last = [r.name[-1] if r.name else n for n, r in enumerate(self.readings)]
        first = [r.name[0] if len(r.name) > 1 else n for n, r in enumerate(self.readings)]
        yield "same name", self.same_name
        yield "other names", other
        yield "same last name only", other & _equal(last)
        yield "same first name only", other & _equal(first)
        yield "spelling of other names", self.spelling

    def _states(self) -> Iterator[tuple[str, Numbers]]:
        table = _table([reading.states for reading in self.readings])
        shared = table @ table.T > 0
        state = self.kinds == Kind.STATE
        yield "a state and its matter", shared & _either(state, ~state)
        governing = np.array([r.noun in nouns_of("governing") for r in self.readings])
        alone = governing & ~table.any(axis=1)
        often = np.bincount(self.bearers.of[state], self.times[state], minlength=1)
        first = state & (self.bearers.of == often.argmax())
        yield "governing and a state", _either(alone, state)
        yield "governing and the first state", _either(alone, first)
        yield "matter of one state", shared & _both(~state)
        known: Truth = table.sum(axis=1) > 0
        yield "matter of other states", ~shared & _both(known) & ~_both(state)

    def _nouns(self) -> Iterator[tuple[str, Numbers]]:
        head = [reading.head or n for n, reading in enumerate(self.readings)]
        same = _equal(head)
        meanings = np.stack([meaning_of(reading.noun) for reading in self.readings])
        cosine = meanings @ meanings.T * ~same
        human = np.array([humanity(r.noun) if r.noun else 0.0 for r in self.readings])
        person = self.kinds == Kind.PERSON
        plural = np.array([reading.plural for reading in self.readings])
        many = plural | np.array([reading.noun in groups() for reading in self.readings])
        yield "same head", same
        yield "meaning of heads", cosine
        yield "near meaning of heads", np.maximum(cosine - 0.5, 0)
        yield "a person and a human noun", _most(np.outer(person, human * self.nouns))
        yield "human and not", np.abs(human[:, None] - human[None, :]) * _both(~self.named)
        yield "a person and a group", _either(person, many)
        yield "one and many", plural[:, None] ^ plural[None, :]
        yield "both many", _both(plural)
        genders = [
            self.bearers.gender[bearer] if bearer >= 0 else reading.gender
            for bearer, reading in zip(self.bearers.of.tolist(), self.readings, strict=True)
        ]
        women, men = (np.array([gender == which for gender in genders]) for which in "fm")
        yield "genders apart", _either(women, men)
        numbers = [reading.number for reading in self.readings]
        counted = _both(np.array([number != "" for number in numbers]))
        yield "same number", counted & _equal(numbers)
        yield "other number", counted & ~_equal(numbers)

    def _words(self) -> Iterator[tuple[str, Numbers]]:
        proper = self.named
        table = _table([reading.stems for reading in self.readings])
        rare = table * np.log(1 + len(table) / np.maximum(table.sum(axis=0), 1))
        mass = rare.sum(axis=1) + 1e-6
        extra = _table([r.stems - {r.head} if not r.name else set() for r in self.readings])
        meanings = np.stack([mean_meaning(reading.plain) for reading in self.readings])
        likeness = meanings @ meanings.T
        names = [set(reading.name) for reading in self.readings]
        owners = [reading.owners for reading in self.readings]
        before = [{owner} - {""} for owner in self.around.owners]
        yield "same words", _equal([reading.plain for reading in self.readings])
        yield "words shared", _cosines(rare)
        yield "words within", rare @ table.T / np.minimum(mass[:, None], mass[None, :])
        yield "more than the head shared", extra @ extra.T > 0
        yield "meaning", likeness
        yield "meaning of nouns", likeness * _both(~proper)
        yield "one owns the other", _meet(owners, names)
        yield "same owner", _meet(owners, owners)
        yield "one owns the other, before it", _meet(before, names)
        yield "same owner before", _meet(before, before)

    def _roles(self) -> Iterator[tuple[str, Numbers]]:
        """Yield what links a noun to a name: the roles of its bearer, how much is said of it."""
        of, count = self.bearers.of, self.bearers.count
        all_roles = sum(self.bearers.roles, Counter())
        share = np.zeros((len(of), max(len(count), 1)))
        known = np.zeros(len(of), dtype=bool)
        for n, reading in enumerate(self.readings):
            if reading.noun and all_roles[reading.head]:
                known[n] = True
                for bearer, roles in enumerate(self.bearers.roles):
                    share[n, bearer] = roles[reading.head] / all_roles[reading.head]
        to_name = np.where(self.named[None, :], share[:, of], 0)
        across = self.named[None, :] & ~self.named[:, None]
        texts, names = self.around.texts, np.eye(max(len(count), 1))[of] * self.named[:, None]
        told = texts.T @ names
        told /= np.maximum(told.sum(axis=1, keepdims=True), 1)
        weight = count / max(float(count.sum()), 1)
        yield "role", _most(to_name > 0)
        yield "share of role", _most(to_name)
        yield "role of another", _most(known[:, None] & (to_name == 0) & across)
        if len(count):
            yield "share of name", _most(across * weight[of])
            yield "rank of name", _most(across * self.bearers.rank()[of])
        yield "share of name in text", _most(across * (texts @ told)[:, of])
        often: Counter[str] = Counter()
        for label, times in zip(self.labels, self.times.tolist(), strict=True):
            often[label.words.lower()] += times
        frequency = np.log([often[label.words.lower()] for label in self.labels])
        yield "frequency", (frequency[:, None] + frequency[None, :]) / 2
        yield "frequencies apart", np.abs(frequency[:, None] - frequency[None, :])

    def _text(self) -> Iterator[tuple[str, Numbers]]:
        """Yield what the sentences say, of these labels and of all labels like them."""
        around = self.around
        yield "same text", around.same_text
        yield "same sentence", around.same_sentence
        yield "apposed", self.apposed
        for name, sets in (("after", around.stems_after), ("around", around.stems_around)):
            table = _table(sets)
            rare = table * np.log(1 + len(table) / np.maximum(table.sum(axis=0), 1))
            yield f"words {name}", _cosines(rare) * ~around.same_sentence
        after = np.stack([mean_meaning(sorted(words)) for words in around.words_after])
        yield "meaning after", after @ after.T * ~around.same_sentence
        for name, flags in (("definite", around.definite), ("indefinite", around.indefinite)):
            yield name, flags[:, None].astype(np.float32) + flags[None, :]
        yield from self._blocks()

    def _blocks(self) -> Iterator[tuple[str, Numbers]]:
        """Yield how labels of one name or noun stand to those of another, all over the event."""
        block = self.block
        inside = np.eye(block.max() + 1, dtype=np.float32)[block]
        women, men = inside.T @ self.around.women, inside.T @ self.around.men
        lean = ((women - men) / (women + men + 2))[block]
        single = self.kinds == Kind.PERSON
        single |= np.array([humanity(r.noun) > 0.5 and not r.plural for r in self.readings])
        yield "pronouns apart", np.abs(lean[:, None] - lean[None, :]) * _both(single)
        size = inside.T @ self.times
        least = np.minimum(size[:, None], size[None, :])
        beside = inside.T @ (self.around.same_sentence & ~self.apposed) @ inside / least
        np.fill_diagonal(beside, 0)
        apposed = np.minimum(inside.T @ self.apposed @ inside / least, 1)
        np.fill_diagonal(apposed, 0)
        texts = (inside.T @ self.around.texts > 0).astype(np.float32)
        spread = texts.sum(axis=1)
        common = texts @ texts.T / np.minimum(spread[:, None], spread[None, :])
        whole = np.ix_(block, block)
        for name, sets in (
            ("after", self.around.stems_after),
            ("around", self.around.stems_around),
        ):
            table = inside.T @ (_table(sets) * self.times[:, None].astype(np.float32))
            rare = np.log1p(table) * np.log(1 + len(table) / np.maximum((table > 0).sum(axis=0), 1))
            yield f"words {name} blocks", _cosines(rare)[whole]
        after = inside.T @ np.stack([mean_meaning(sorted(w)) for w in self.around.words_after])
        yield "meaning after blocks", _cosines(after)[whole]
        yield "beside each other", np.minimum(beside, 1.5)[whole]
        yield "apposed elsewhere", apposed[whole]
        yield "texts shared", common[whole]


def _both(flags: Truth) -> Truth:
    return flags[:, None] & flags[None, :]


def _either(one: Truth, two: Truth) -> Truth:
    """Say which pairs have one of each."""
    return one[:, None] & two[None, :] | two[:, None] & one[None, :]


def _most(matrix: Numbers) -> Matrix:
    numbers = np.asarray(matrix, np.float32)
    return np.maximum(numbers, numbers.T)


def _equal(values: Sequence[Hashable]) -> Truth:
    numbers: dict[Hashable, int] = {}
    codes = np.array([numbers.setdefault(value, len(numbers)) for value in values])
    equal: Truth = codes[:, None] == codes[None, :]
    return equal


def _table(sets: Sequence[set[str] | frozenset[str]]) -> Matrix:
    """Return sets × words, 1 where a set holds a word."""
    column = {word: n for n, word in enumerate(sorted(set().union(*sets)))}
    table = np.zeros((len(sets), max(len(column), 1)), np.float32)
    for row, words in enumerate(sets):
        table[row, [column[word] for word in words]] = 1
    return table


def _cosines(table: Matrix) -> Matrix:
    unit = table / (np.linalg.norm(table, axis=1, keepdims=True) + 1e-6)
    cosines: Matrix = unit @ unit.T
    return cosines


def _meet(
    ones: Sequence[set[str] | frozenset[str]], twos: Sequence[set[str] | frozenset[str]]
) -> Matrix:
    """Say which pairs have a word of `ones` on one side and of `twos` on the other."""
    table = _table([*ones, *twos])
    return _most(table[: len(ones)] @ table[len(ones) :].T > 0)
