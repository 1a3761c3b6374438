"""One person once: what the rules of duplicates say of somebody who is known already. (M38, M70)

A rule names the keys by which somebody counts as known and what happens then; the strictest rule that applies decides.
Knows nothing of where people are looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.domain.form import Question, Value
from crm_tui.i18n import N_, Text


class Asked(StrEnum):
    """What a rule is asked about: a person who is made or changed, or a card that is opened."""

    PARTY = "party"
    CARD = "card"


class Key(StrEnum):
    """A sign by which two records may be one person, the surest first."""

    DOCUMENT = "document"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"


class Then(StrEnum):
    """What becomes of the second record; the strictest first."""

    BLOCK = "block"
    ATTACH = "attach"
    WARN = "warn"


ASKED_NAMES: Final[Mapping[Asked, str]] = {Asked.PARTY: N_("People"), Asked.CARD: N_("Cards")}
KEY_NAMES: Final[Mapping[Key, str]] = {
    Key.DOCUMENT: N_("document"),
    Key.EMAIL: N_("e-mail"),
    Key.PHONE: N_("phone"),
    Key.NAME: N_("name"),
}
THEN_NAMES: Final[Mapping[Then, str]] = {
    Then.BLOCK: N_("block it"),
    Then.ATTACH: N_("take who is known"),
    Then.WARN: N_("warn"),
}
_STRICT: Final = {then: n for n, then in enumerate(Then)}


class Rule(NamedTuple):
    """A rule in use. `window_days` back from today a card counts (None: however old), on `board_id` alone or on every
    board of leads (None)."""

    id: int
    name: str
    asked: Asked
    then: Then
    keys: frozenset[Key]
    window_days: int | None
    board_id: int | None


class RuleRow(NamedTuple):
    """A rule as settings list it."""

    id: int
    name: str
    asked: str
    by_document: bool
    by_email: bool
    by_phone: bool
    by_name: bool
    action: str
    window_days: int | None
    board_id: int | None
    board: str | None
    active: bool
    version: int

    @property
    def keys(self) -> tuple[Key, ...]:
        """By which signs, the surest first."""
        on = (self.by_document, self.by_email, self.by_phone, self.by_name)
        return tuple(key for key, used in zip(Key, on, strict=True) if used)


class Known(NamedTuple):
    """Somebody who is known by `by`, the surest sign first; by none, if only the name begins as another does. `seen`:
    whoever asks may be told who it is."""

    id: int
    code: str
    name: str
    by: tuple[Key, ...]
    seen: bool = True


class Verdict(NamedTuple):
    """What a rule says of somebody known, and by which signs."""

    then: Then
    rule: str
    known: Known


UNSEEN: Final = "?"
"""What stands, among those whom one was told of, for somebody whom one may not see."""
UNSEEN_CARD: Final = "?card"
"""The same for the open card of somebody whom one may not see."""


def signs(by: Iterable[Key]) -> Text | str:
    """Keys as words: `document, phone`."""
    words: Text | str = ""
    for key in by:
        word = Text(KEY_NAMES[key])
        words = Text("{one}, {other}", {"one": words, "other": word}) if words else word
    return words


def verdicts(rules: Iterable[Rule], known: Iterable[Known], asked: Asked = Asked.PARTY) -> list[Verdict]:
    """What the rules say of each who is known, the strictest first; of nobody whom no rule counts."""
    rules = [rule for rule in rules if rule.asked is asked]
    found = []
    for each in known:
        says = [rule for rule in rules if not rule.keys.isdisjoint(each.by)]
        if says:
            rule = min(says, key=lambda rule: _STRICT[rule.then])
            by = tuple(key for key in each.by if any(key in rule.keys for rule in says))
            found.append(Verdict(rule.then, rule.name, each._replace(by=by)))
    return sorted(found, key=lambda each: (_STRICT[each.then], [*Key].index(each.known.by[0]), each.known.id))


class Pair(NamedTuple):
    """Two records that may be one person: `sure` in per cent, `by` what they share; `older` was made first."""

    older: int
    older_code: str
    older_name: str
    newer: int
    newer_code: str
    newer_name: str
    sure: int
    by: tuple[Key, ...]
    shared: str


class Pairs(NamedTuple):
    """Likely pairs, the surest first; `more`: there are others, less sure than these."""

    pairs: tuple[Pair, ...]
    more: bool


LEAST: Final = 65
"""Per cent from which on two are shown as a likely pair."""
_ALIKE: Final = {Key.EMAIL: (60, 0.35), Key.PHONE: (40, 0.5)}
"""What a shared sign says by itself, and how much more names that are alike say beside it."""


def sure(by: Iterable[Key], alike: float, *, apart: bool) -> int:
    """How sure it is, in per cent, that two are one: by the signs that they share and by how alike their names are (0
    to 100). `apart`: each has a valid document of its own, and they differ: then they are two."""
    if apart:
        return 0
    doubt = 1.0
    for key in by:
        if key is Key.DOCUMENT:
            doubt *= 0.01
        elif key is Key.NAME:
            doubt *= 1 - 0.007 * alike  # with nothing else, or with the same company
        else:
            least, more = _ALIKE[key]
            doubt *= 1 - (least + more * alike) / 100
    return min(99, round(100 * (1 - doubt)))


class Side(NamedTuple):
    """One of two records that are laid side by side; `created_at` as stored."""

    id: int
    code: str
    name: str
    kind: str
    version: int
    trade_name: str | None
    document: str | None
    document_kind: str | None
    lifecycle: str
    owner_id: int | None
    owner: str | None
    class_id: int | None
    party_class: str | None
    preferences: str | None
    created_at: str


class Belongings(NamedTuple):
    """How much belongs to a person, as far as one may see it."""

    cards: int
    steps: int
    notes: int
    points: int
    relations: int
    files: int


class OwnField(NamedTuple):
    """A field of one's own that either of two has; `name` as `domain.form_cycle.field_of` calls it."""

    name: str
    question: Question
    mine: Value | None
    other: Value | None


class Sides(NamedTuple):
    """Two records side by side: the one that stays, the one that goes into it, what comes along, and the fields of
    one's own in which they differ."""

    party: Side
    other: Side
    moves: Belongings
    own: tuple[OwnField, ...] = ()
