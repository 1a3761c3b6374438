"""What happens where one person stands twice: rules, merging, and that two are two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened, Named
from crm_tui.i18n import N_


class DuplicateRuleAdded(Named):
    kind = "duplicate_rule.added"
    entity = "duplicate_rule"
    sentence = N_("Duplicate rule {name} added")


class DuplicateRuleEdited(Named):
    kind = "duplicate_rule.edited"
    entity = "duplicate_rule"
    sentence = N_("Duplicate rule {name} changed")


class DuplicateRuleDeactivated(Named):
    kind = "duplicate_rule.deactivated"
    entity = "duplicate_rule"
    sentence = N_("Duplicate rule {name} taken out of use")


class DuplicateRuleReactivated(Named):
    kind = "duplicate_rule.reactivated"
    entity = "duplicate_rule"
    sentence = N_("Duplicate rule {name} back in use")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyMerged(Happened):
    """Of the one that stays; `merged_id` and all that was theirs is its own from now on. `answers` are the answer sets
    to the forms of people's fields that both had: form, of the one that stays, of the other; `take` the fields in
    which the other's stays."""

    kind: ClassVar[str] = "party.merged"
    entity: ClassVar[str] = "party"
    sentence: ClassVar[str] = N_("{merged} ({code}) merged into {name}")
    touches: ClassVar[bool] = False
    untold: ClassVar[frozenset[str]] = frozenset({"merged_id", "answers", "take"})
    name: str
    merged: str
    code: str
    merged_id: int = 0
    answers: tuple[tuple[int, int, int], ...] = ()
    take: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldApart(Happened):
    """Two who look like one are two."""

    kind: ClassVar[str] = "party.told_apart"
    entity: ClassVar[str] = "party"
    sentence: ClassVar[str] = N_("{name} and {other} ({code}) are two people")
    touches: ClassVar[bool] = False
    name: str
    other: str
    code: str
