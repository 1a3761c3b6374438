"""The briefing: who and how much, what is due, how to reach them, what was said last; in that order.

Shown beside or under a list, at the head of the editor and in a search. Gathers its facts through views; says
nothing that the views did not give.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from crm_tui.domain.aside import put_off
from crm_tui.domain.board import BoardCard, CardDetail
from crm_tui.domain.consent import WITHDRAWN
from crm_tui.domain.due import DueFacts, DueState
from crm_tui.domain.followup import QueueRow
from crm_tui.domain.party import PartyDetail, Point
from crm_tui.domain.subject import subject_of
from crm_tui.domain.trail import Said
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core.reach import unwished
from crm_tui.services.board import views as boards
from crm_tui.services.core.crm import Crm
from crm_tui.services.followup import views as followups
from crm_tui.services.label import views as wearing
from crm_tui.services.party import views as parties
from crm_tui.services.trail import views as trails
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.chips import Chip, chip, fitting
from crm_tui.widgets.looks import Run, cells, width_of
from crm_tui.widgets.pane import Block, Line

NARROW_SAID, WIDE_SAID = 2, 3
NAME = 27
"""Cells of a name that stand beside a number in the pane at the right."""
SLIM = 76
"""Under so many cells a note's stamp is the day alone."""
PASSED = N_("not registered: p registers it")
TONES = {"positive": "open", "neutral": "muted", "negative": "overdue"}


@dataclass(frozen=True, slots=True)
class Briefing:
    """Everything known that one needs before a call. `subject` is what is due, `others` further open cards."""

    card: CardDetail | None
    party: PartyDetail | None
    contact: PartyDetail | None
    subject: str | None
    facts: DueFacts
    said: tuple[Said, ...]
    others: tuple[BoardCard, ...]
    draft: tuple[str, datetime] | None
    labels: tuple[Chip, ...] = ()
    put_off: tuple[datetime, str] | None = None
    """Until when it is put off just now, and why."""
    passed: bool = False
    """Whether its appointment is over, and nobody said how it ended."""


def gather(crm: Crm, row: QueueRow) -> Briefing:
    """The briefing of a row of the queue: a handful of queries, whatever the size of the base."""
    card = crm.read(boards.detail, row.card_id) if row.card_id is not None else None
    found = of(crm, card, row.party_id, row.subject, row.facts(), row.activity_id)
    return replace(found, put_off=_put_off(crm, row.key, row.snoozed_until))


def of_card(crm: Crm, card: CardDetail) -> Briefing:
    """The briefing of a card."""
    found = of(crm, card, card.party_id, card.next_subject, card.facts(), card.next_activity_id)
    return replace(found, put_off=_put_off(crm, card.id, card.snoozed_until))


def _put_off(crm: Crm, key: int, until: datetime | None) -> tuple[datetime, str] | None:
    if until is None or not put_off(until, crm.clock()):
        return None
    return until, crm.read(followups.why_put_off, key)


def of(
    crm: Crm,
    card: CardDetail | None,
    party_id: int | None,
    subject: str | None,
    facts: DueFacts,
    step_id: int | None = None,
) -> Briefing:
    """The briefing of a card and a person."""
    party: PartyDetail | None = crm.read(parties.detail, party_id) if party_id is not None else None
    contact_id = card.contact_id if card is not None and card.contact_id else None
    if contact_id is None and party is not None and party.people:
        contact_id = party.people[0].id
    contact = crm.read(parties.detail, contact_id) if contact_id not in (None, party_id) else None
    if card is not None:
        said = crm.read(trails.said, card_id=card.id, most=WIDE_SAID)
    else:
        said = crm.read(trails.said, party_id=party_id, most=WIDE_SAID) if party_id else []
    others: Sequence[BoardCard] = crm.read(boards.of_party, party_id, most=4) if party_id else []
    draft = crm.drafts.find("file_note", subject_of(card.id if card is not None else None, party_id))
    return Briefing(
        card,
        party,
        contact,
        subject,
        facts,
        tuple(said),
        tuple(c for c in others if c.listed and (card is None or c.id != card.id)),
        (draft.text, draft.saved_at) if draft is not None else None,
        _labels(crm, card),
        passed=step_id is not None and facts.start_at is not None and crm.read(followups.passed, step_id),
    )


def _labels(crm: Crm, card: CardDetail | None) -> tuple[Chip, ...]:
    if card is None:
        return ()
    return tuple(label.chip for label in crm.read(wearing.worn, [card.id]).get(card.id, ()))


def _came(card: CardDetail) -> str:
    """By what means they are reached, and who referred them. (B11)"""
    by = say(N_("referred by {name}"), name=card.referrer) if card.referrer else ""
    return ", ".join(part for part in (card.medium, by) if part)


class Briefer:
    """Puts a briefing into lines, narrow (under a list) or wide (beside it)."""

    def __init__(self, look: Look, now: datetime, zone: tzinfo) -> None:
        self.look = look
        self.now = now
        self.zone = zone

    def narrow(self, brief: Briefing, why: str = "", width: int = 80) -> list[Block]:
        """Seven rows: head, due, reach, a draft that waits, then what was said, cut at the pane's end."""
        lines = [self._head(brief), *self._due_and_reach(brief, why, width)]
        if brief.draft is not None:
            lines.append(self._draft(brief.draft))
        for n, said in enumerate(brief.said[:NARROW_SAID]):
            lines += self._said(said, most=1 if n and brief.draft is not None else 2, slim=width < SLIM)
        if not brief.said:
            lines.append(Line((Run(say("Nothing was said yet: the first note begins the story."), "muted"),)))
        return [lines]

    def wide(self, brief: Briefing, why: str = "") -> list[Block]:
        """The pane at the right: the same in sections, with other open cards and the draft that waits."""
        card, party = brief.card, brief.party
        name = party.name if party is not None else (card.title if card is not None else "")
        number = (Run(card.number if card is not None else (party.code if party else ""), "muted"),)
        long = card is not None and cells(name) > NAME  # then it stands whole, and the number below
        head = [Line((Run(name, "bright", True),), right=() if long else number, most=2)]
        if card is not None:
            head.append(
                Line(
                    (Run(card.title, "text"),), right=(Run(formats.money(card.value_cents), "bright", True),)
                )
            )
            head.append(Line(tuple(self._where(card)), right=number if long else ()))
        if card is not None and (card.medium or card.referrer):
            head.append(Line((Run(_came(card), "muted"),), most=1))
        if brief.labels:
            head.append(Line(tuple(self.chips(brief.labels))))
        blocks: list[Block] = [head, self._due_wide(brief, why)]
        reach = self._reach_wide(brief)
        if reach:
            blocks.append(reach)
        for n, said in enumerate(brief.said):
            title = [self._rule(say("What was said"))] if n == 0 else []
            blocks.append([*title, *self._said_wide(said)])
        if brief.others:
            blocks.append([self._rule(say("Also open")), *self._others(brief.others)])
        if brief.draft is not None:
            blocks.append([self._rule(say("Draft")), self._draft(brief.draft)])
        return blocks

    # --- pieces -------------------------------------------------------------------------------------------

    @staticmethod
    def _rule(title: str) -> Line:
        return Line((Run(title, "muted"),), rule=True)

    def _head(self, brief: Briefing) -> Line:
        card, party = brief.card, brief.party
        name = party.name if party is not None else (card.title if card is not None else "")
        left = [Run(name, "bright", True)]
        contact = self._contact(brief)
        if contact:
            left.append(Run(f"  {contact}", "text"))
        right: list[Run] = []
        if card is not None:
            chance = f" {card.probability}%" if card.probability is not None else ""
            right = [
                Run(f"{card.number}   ", "muted"),
                Run(f"{card.stage}{chance}   ", "muted"),
                Run(formats.money(card.value_cents), "bright", True),
            ]
        elif party is not None:
            right = [Run(party.code, "muted")]
        return Line(tuple(left), right=tuple(right))

    def _contact(self, brief: Briefing) -> str:
        if brief.contact is None:
            return ""
        role = ""
        if brief.party is not None:
            role = next((p.role or "" for p in brief.party.people if p.id == brief.contact.id), "")
        return f"{brief.contact.name}, {role}" if role else brief.contact.name

    def _state(self, brief: Briefing) -> tuple[DueState, str]:
        from crm_tui.domain.due import due_state

        state = due_state(brief.facts, self.now, self.zone)
        return state, formats.when_long(brief.facts, self.now, self.zone)

    def _due_and_reach(self, brief: Briefing, why: str, width: int) -> tuple[Line, Line]:
        """What is due and how to reach them, and the labels behind the shorter of the two."""
        due, reach = self._due(brief, why, width), self._reach(brief)
        longer = width_of(due.left) > width_of(reach.left)
        shorter = reach if longer else due
        chips = fitting(self.look, brief.labels, width - 4 - width_of(shorter.left))
        worn = replace(shorter, left=(*shorter.left, Run(" "), *chips)) if chips else shorter
        return (due, worn) if longer else (worn, reach)

    def _due(self, brief: Briefing, why: str, width: int) -> Line:
        """What is due, why it is this one's turn, until when it is put off: these are said whole, if need be with
        fewer words before them; only a reason, which is data, may be cut."""
        state, words = self._state(brief)
        subject = f"{brief.subject}, {words}" if brief.subject and state is not DueState.NONE else words
        until = self._until(brief.put_off[0]) if brief.put_off is not None else ""
        short = formats.when_word(brief.facts, self.now, self.zone)
        passed = say(PASSED) if brief.passed and not until else ""
        if passed and width - 4 < sum(cells(each) + 3 for each in (short, passed, why) if each):
            passed = ""  # its date is red already
        behind = [cells(each) + 3 for each in (passed, why, until) if each]
        room = width - 4 - sum(behind)
        told = next((each for each in (subject, words) if cells(each) + 2 <= room), short)
        told = told if behind else subject
        left = [Run(f"{self.look.glyph(state)} {told}", state)]
        if passed:
            left.append(Run(f"   {passed}", "overdue", True))
        if why:  # before the flags: at 80 columns the end of the row may be cut
            left.append(Run(f"   {why}", "accent"))
        if brief.put_off is not None:
            left += [Run("   "), self._aside(brief.put_off)]
        if brief.card is not None:
            left += [Run("   "), *self.flags(brief.card)] if self.flags(brief.card) else []
        return Line(tuple(left), most=1)

    def _aside(self, aside: tuple[datetime, str]) -> Run:
        """`z adiado até hoje 15:00: está em reunião`."""
        said, reason = self._until(aside[0]), aside[1]
        return Run(f"{said}: {reason}" if reason else said, "muted", True)

    def _until(self, until: datetime) -> str:
        return f"{self.look.glyph('snoozed')} {formats.put_off_long(until, self.now, self.zone)}"

    def flags(self, card: CardDetail) -> list[Run]:
        """All flags of a card in words: stale, late stage, reopened."""
        runs: list[Run] = []
        if card.stale_days is not None:
            words = say_n("idle for {n} day", "idle for {n} days", card.stale_days)
            runs.append(Run(f"{self.look.glyph('stale')} {words}  ", "stale", whole=True))
        if card.late_days is not None:
            words = say_n("stage {n} day late", "stage {n} days late", card.late_days)
            runs.append(Run(f"{self.look.glyph('late')} {words}  ", "today", whole=True))
        if card.reopened:
            words = formats.reopened(card.reopen_mode)
            runs.append(Run(f"{self.look.glyph('reopened')} {words}", "internal", whole=True))
        return runs

    def _points(self, brief: Briefing) -> tuple[Point, ...]:
        own = brief.party.points if brief.party is not None else ()
        theirs = brief.contact.points if brief.contact is not None else ()
        return (*theirs, *own)

    @staticmethod
    def _withdrawn(brief: Briefing) -> bool:
        """Whether who is called withdrew that: the contact, or where there is none whom it is about."""
        whom = brief.contact or brief.party
        return whom is not None and whom.withdrawn

    @staticmethod
    def _shown(point: Point) -> str:
        return point.normalized if point.kind in ("email", "site") else formats.phone(point.normalized)

    def chips(self, labels: Sequence[Chip]) -> list[Run]:
        """All labels one behind the other, as lines that wrap have them."""
        runs = [run for label in labels for run in (chip(self.look, label), Run(" "))]
        return runs[:-1]

    def _reach(self, brief: Briefing) -> Line:
        runs: list[Run] = []
        if self._withdrawn(brief):
            runs.append(Run(f"{say(WITHDRAWN)}  ", "overdue", True, whole=True))
        phones = [p for p in self._points(brief) if p.kind not in ("email", "site")]
        mails = [p for p in self._points(brief) if p.kind == "email"]
        for point in (*phones[:2], *mails[:1]):
            word = unwished(point)
            told = f"{self._shown(point)} {word}  " if word else f"{self._shown(point)}  "
            runs.append(Run(told, "overdue" if word else "text", whole=True))
        wish = self._wish(brief)
        if wish:
            runs.append(Run(f" {wish}", "muted"))
        if not runs:
            runs.append(Run(say("no phone or e-mail yet"), "muted"))
        return Line(tuple(runs), most=1)

    @staticmethod
    def _wish(brief: Briefing) -> str:
        for party in (brief.contact, brief.party):
            if party is not None and party.preferences:
                return party.preferences.splitlines()[0]
        return ""

    def _where(self, card: CardDetail) -> list[Run]:
        chance = f" {card.probability}%" if card.probability is not None else ""
        runs = [Run(f"{card.stage}{chance}", "text")]
        if card.owner:
            runs.append(Run(say(N_("  owner {login}"), login=card.owner), "muted"))
        return runs

    def _due_wide(self, brief: Briefing, why: str) -> list[Line]:
        state, words = self._state(brief)
        lines = [Line((Run(f"{self.look.glyph(state)} {brief.subject or words}", state, True),), hang=2)]
        if brief.subject and state is not DueState.NONE:
            lines.append(Line((Run(f"  {words}", state),)))
        if brief.passed:
            lines.append(Line((Run(f"  {say(PASSED)}", "overdue", True),)))
        if brief.card is not None and self.flags(brief.card):
            lines.append(Line(tuple(self.flags(brief.card))))
        if brief.put_off is not None:
            lines.append(Line((self._aside(brief.put_off),), hang=2, most=2))
        if why:
            lines.append(Line((Run(f"  {why}", "accent"),)))
        return lines

    def _reach_wide(self, brief: Briefing) -> list[Line]:
        lines = []
        contact = brief.contact
        if contact is not None:
            role = self._contact(brief).removeprefix(contact.name).removeprefix(", ")
            lines.append(Line((Run(contact.name, "bright", True), Run(f"  {role}", "muted"))))
        for point in self._points(brief)[:4]:
            kind = say(N_("WhatsApp")) if point.kind == "whatsapp" else ""
            word = unwished(point)
            runs = (
                Run(self._shown(point), "muted" if word else "text"),
                Run(f" {word}" if word else "", "overdue"),
                Run(f"  {kind}", "muted"),
            )
            lines.append(Line(runs))
        if self._withdrawn(brief):
            lines.append(Line((Run(say(WITHDRAWN), "overdue", True),), most=2))
        wish = self._wish(brief)
        if wish:
            lines.append(Line((Run(wish, "text"),), most=3))
        return lines

    def _ended(self, said: Said) -> list[Run]:
        if said.action is None:
            return [Run(say("Comment"), "muted")]
        words = f"{said.action}, {said.result}" if said.result else said.action
        return [Run(words, TONES.get(said.tone or "", "text"))]

    def _said(self, said: Said, most: int, slim: bool) -> list[Line]:
        stamp = (formats.stamp_near if slim else formats.stamp)(said.filed_at, self.now, self.zone)
        author = self.look.pad(said.author, 5)
        head = (Run(f"{stamp}  {author}  ", "muted"), *self._ended(said), Run("  "))
        indent = len(stamp) + 4 + len(author)
        return [Line((*head, Run(" ".join(said.body.split()), "text")), hang=indent, most=most)]

    def _said_wide(self, said: Said) -> list[Line]:
        stamp = formats.stamp_near(said.filed_at, self.now, self.zone)
        return [
            Line((Run(f"{stamp}  {said.author} ", "muted"), *self._ended(said))),
            Line((Run(said.body, "text"),), most=4),
        ]

    def _others(self, cards: Sequence[BoardCard]) -> list[Line]:
        lines = []
        for card in cards[:3]:
            state = card.state(self.now, self.zone)
            facts = DueFacts(False, card.due_on, card.start_at, card.internal_on)
            when = formats.when_word(facts, self.now, self.zone)
            lines.append(Line((Run(f"{card.number}  ", "muted"), Run(card.title, "text")), most=1))
            lines.append(
                Line((Run(f"{self.look.glyph(state)} {when}", state), Run(f"  {card.owner or ''}", "muted")))
            )
        return lines

    def _draft(self, draft: tuple[str, datetime]) -> Line:
        text, saved = draft
        words = " ".join(text.split())
        return Line(
            (Run(f"{self.look.glyph('draft')} ", "accent"), Run(f"“{words}”", "text")),
            right=(Run(formats.clock(saved, self.zone), "muted"),),
        )
