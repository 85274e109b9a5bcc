"""The people a text names: the fullest name of each, the roles the text gives, who is meant.

Source: ours.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from app.collate.data import lexicon
from app.collate.mentions import Mention, MentionKind, is_acronym, name_parts, states, words_of

_MOST = 100  # people looked at for one mention


@dataclass(slots=True, eq=False)
class Person:
    """One person (or body with a name) of a text: the fullest name, roles, how often."""

    name: str
    roles: set[str] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)
    count: int = 0
    last: int = -1
    speaks: int = 0  # how often a verb of saying follows the name

    def is_one(self) -> bool:
        """Say whether it is one person, not "reporters"."""
        return not any(role.endswith("s") for role in self.roles & words_of("roles"))

    def is_sure(self) -> bool:
        """Say whether more than capitals speak for a person: a role, a first name, a verb."""
        return self.speaks > 0 or bool(self.roles & words_of("roles")) or gender_of(self) != ""

    def called(self, name: str) -> None:
        """Take note of a form of the name; the fullest one counts, of several the commonest."""
        form = _in_mixed_case(name)
        self.forms[form] += 1
        if (_length(form), self.forms[form]) > (_length(self.name), self.forms[self.name]):
            self.name = form

    def parts(self) -> list[str]:
        """Return the words of the name in lower case, hyphens parted."""
        return name_parts(self.name)

    def is_human(self) -> bool:
        """Say whether the text treats the name as a person's."""
        known = words_of("roles")
        if self.roles & known:
            return True
        if is_acronym(self.name) or self.name.lower() in states():
            return False
        parts = self.parts()
        return (len(parts) >= 2 or self.speaks > 1) and not any(
            p in words_of("no_person") for p in parts
        )


class Cast:
    """Everybody a text names, with the fullest name and the roles it gives each.

    Names are met in order; `resolve` may then be asked for any mention.
    """

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._by_part: dict[str, list[Person]] = {}
        self._focus: Person | None = None

    def meet(self, mention: Mention, at: int) -> Person | None:
        """Take note of a name and return whom it means."""
        if mention.kind is not MentionKind.NAME:
            return None
        person = self.find(mention.name)
        if person is None:
            person = Person(_in_mixed_case(mention.name))
            self.people.append(person)
        person.called(mention.name)
        for part in set(name_parts(mention.name)):
            known = self._by_part.setdefault(part, [])
            if person not in known[-_MOST:]:
                known.append(person)
        person.roles |= mention.roles
        person.count += 1
        person.last = at
        self._focus = None
        return person

    def find(self, name: str) -> Person | None:
        """Return the person a name means: the same words, or its first or last part; the one met
        last where several fit.
        """
        if is_acronym(name) or name.lower() in states():
            return next((person for person in self._exact(name)), None)
        parts = name_parts(name)
        near = (p for part in parts for p in self._by_part.get(part, ())[-_MOST:])
        fitting = [
            person
            for person in near
            if _same_name(parts, person.parts()) and not is_acronym(person.name)
        ]
        return max(fitting, key=lambda person: (person.parts() == parts, person.last), default=None)

    def _exact(self, name: str) -> list[Person]:
        near = self._by_part.get(next(iter(name_parts(name)), ""), [])
        return [person for person in near[-_MOST:] if person.name == name]

    def by_role(self, roles: frozenset[str]) -> Person | None:
        """Return the person whose roles fit best a description such as "Russian | minister"."""
        best: tuple[float, int] = (0.0, -1)
        found = None
        for person in self.people[-_MOST:]:
            fit = _fit(roles, person.roles)
            if fit > 0 and (fit, person.last) > best:
                best, found = (fit, person.last), person
        return found

    def focus(self) -> Person | None:
        """Return the person the text speaks of most."""
        if self._focus is None:
            people = (person for person in self.people if person.is_human())
            self._focus = max(people, key=lambda person: person.count, default=None)
        return self._focus


def _in_mixed_case(name: str) -> str:
    """Return "Vladimir Putin" for "VLADIMIR Putin", as some outlets open an article."""
    words = name.split(" ")
    if words_of("no_person") & set(name_parts(name)) or all(word.isupper() for word in words):
        return name
    return " ".join(w.capitalize() if w.isupper() and len(w) > 4 else w for w in words)


def _length(name: str) -> int:
    return min(4, len(name_parts(name)))


def _same_name(one: list[str], two: list[str]) -> bool:
    shorter, longer = sorted((one, two), key=len)
    if shorter == longer:
        return True
    if len(shorter) == 1:
        known = words_of("no_person")
        return shorter[0] in {longer[0], longer[-1]} and not known & set(longer)
    return set(shorter) <= set(longer)


def _fit(asked: frozenset[str], roles: set[str]) -> float:
    """Say how well a description fits known roles; 0 = not at all."""
    nouns = asked & words_of("roles")
    offices = _offices(frozenset(asked)) & _offices(frozenset(roles))
    if not (nouns & roles) and not offices:
        return 0.0
    adjectives = asked - words_of("roles") - words_of("modifiers")
    shared = len(adjectives & roles)
    missing = len(adjectives - roles)
    return 1.0 + shared - 0.6 * missing + 0.5 * bool(nouns & roles) + 0.25 * bool(offices)


@cache
def _offices(roles: frozenset[str]) -> frozenset[str]:
    """Return the offices these role words name, whatever they are called."""
    found = set()
    for line in lexicon("speakers")["offices"]["list"].strip().splitlines():
        office, _, names = line.partition("=")
        if any(set(name.split()) <= roles for name in names.split("|")):
            found.add(office)
    return frozenset(found)


def gender_of(person: Person) -> str:
    """Return "f" or "m" where a role or a common first name says so, else ""."""
    first = set(person.parts()[:1])
    for words in (first, person.roles):
        if words & words_of("female"):
            return "f"
        if words & words_of("male"):
            return "m"
    return ""
