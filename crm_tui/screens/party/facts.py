"""A person in lines: who, how to reach them, for whom they speak, their cards, what was said last.

Shown under or beside the search and at the head of the person's screen. Gathers through views only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from crm_tui.domain.board import BoardCard
from crm_tui.domain.consent import WITHDRAWN
from crm_tui.domain.due import DueState
from crm_tui.domain.form import PersonFields, Question, Value
from crm_tui.domain.form_read import told
from crm_tui.domain.party import Lifecycle, PartyDetail, PartyKind, Point
from crm_tui.domain.subject import subject_of
from crm_tui.domain.trail import Said
from crm_tui.i18n import C_, N_, say, say_in, say_n
from crm_tui.screens.core.reach import reaches, unwished
from crm_tui.screens.party.cards import standing
from crm_tui.services.board import views as boards
from crm_tui.services.core.crm import Crm
from crm_tui.services.form import views as forms
from crm_tui.services.party import views as parties
from crm_tui.services.trail import views as trails
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, clean
from crm_tui.widgets.pane import Block, Line, lay

CARDS, SAID = 50, 2
WAITING = 2
"""Notes to conclude that the person's screen shows."""
KINDS = {PartyKind.PERSON: C_("party", "person"), PartyKind.ORGANIZATION: C_("party", "organisation")}
LIFECYCLES = {
    Lifecycle.PROSPECT: C_("party", "prospect"),
    Lifecycle.CUSTOMER: C_("party", "customer"),
    Lifecycle.FORMER: C_("party", "former customer"),
}
POINTS = {
    "whatsapp": N_("WhatsApp"),
    "phone": C_("point", "landline"),
    "site": C_("point", "site"),
}
TONES = {"positive": "open", "neutral": "muted", "negative": "overdue"}


@dataclass(frozen=True, slots=True)
class Personal:
    """A person with their cards (open ones first) and the last things said."""

    party: PartyDetail
    cards: tuple[BoardCard, ...]
    said: tuple[Said, ...]
    own: tuple[PersonFields, ...] = ()

    def open_card(self) -> BoardCard | None:
        """The open card on which a note belongs: the one that is due first. (JOBS 4)"""
        return next((card for card in self.cards if card.listed), None)


def gather(crm: Crm, party_id: int) -> Personal | None:
    """Everything about a person, or None if there is none or the viewer may not see it. Some 1 ms."""
    party: PartyDetail | None = crm.read(parties.detail, party_id) if reaches(crm, parties.detail) else None
    if party is None:
        return None
    own = tuple(crm.read(forms.of_person, party_id))
    if not reaches(crm, boards.of_party):
        return Personal(party, (), (), own)
    cards = crm.read(boards.of_party, party_id, most=CARDS)
    return Personal(party, tuple(cards), tuple(crm.read(trails.said, party_id=party_id, most=SAID)), own)


def open_card(crm: Crm, party_id: int) -> BoardCard | None:
    """The open card of a person that is due first."""
    cards = crm.read(boards.of_party, party_id, most=1) if reaches(crm, boards.of_party) else []
    return next((card for card in cards if card.listed), None)


class Facts:
    """Puts a person into lines for this look, moment and zone."""

    def __init__(self, look: Look, now: datetime, zone: tzinfo) -> None:
        self.look, self.now, self.zone = look, now, zone

    def preview(self, person: Personal) -> list[Block]:
        """What the search shows below its list, of the row under the cursor."""
        head = [self.head(person.party), *self.reach(person.party), *self.links(person.party)]
        head += self.own(person, most=1)
        if person.cards:
            head.append(self.rule(say(N_("Cards")), formats.number(len(person.cards))))
            head += [self.card(card) for card in person.cards[:3]]
        return [[*head, *self.last(person, most=1)]]

    def beside(self, person: Personal) -> list[Block]:
        """The same in sections, for the pane at the right."""
        blocks: list[Block] = [
            [*self.who(person.party, wide=True, named=True), *self.own(person, most=8, apart=True)]
        ]
        if person.cards:
            heading = self.rule(say(N_("Cards")), formats.number(len(person.cards)))
            cards = [line for card in person.cards[:6] for line in self._card_twice(card)]
            blocks.append([heading, *cards])
        blocks.append(self.last(person))
        return blocks

    def head(self, party: PartyDetail) -> Line:
        """Name, what it is and since when; the code at the right."""
        name = [Run(party.name, "bright", True)]
        if party.trade_name:
            name.append(Run(f"  {party.trade_name}", "text"))
        return Line((*name, Run(f"  {self.what(party)}", "muted")), right=(Run(party.code, "muted"),), most=1)

    def what(self, party: PartyDetail) -> str:
        """`pessoa, prospecto desde 28/10/2026   A`: a beginning is told with its year."""
        since = say(
            N_("{kind}, {relation} since {date}"),
            kind=say_in("party", KINDS[PartyKind(party.kind)]),
            relation=say_in("party", LIFECYCLES[Lifecycle(party.lifecycle)]),
            date=f"{party.created_at.astimezone(self.zone):%d/%m/%Y}",
        )
        return f"{since}   {party.party_class}" if party.party_class else since

    def who(self, party: PartyDetail, *, wide: bool, named: bool = False) -> list[Line]:
        """How to reach them and for whom they speak; `wide` gives each telephone a row of its own."""
        lines: list[Line] = []
        if named:
            lines.append(Line((Run(party.name, "bright", True),), right=(Run(party.code, "muted"),), most=2))
            lines.append(Line((Run(self.what(party), "muted"),), most=2))
        if not wide:
            return [*lines, *self.reach(party), *self.links(party)]
        lines += [
            Line((Run(shown(point)), *_wish(point), Run(f"  {_kind_of(point)}", "muted")), most=1)
            for point in party.points[:6]
        ]
        lines += self.reach(party)[1 if party.points else 0 :]
        return lines + self.links(party)

    def waiting(self, crm: Crm, found: Personal) -> list[Line]:
        """The pareceres of this person, or of their cards, that were left to conclude. (B47)"""
        about = {subject_of(None, found.party.id): ""} | {subject_of(c.id): c.number for c in found.cards}
        drafts = [d for d in crm.drafts.list() if d.command == "file_note" and d.subject in about]
        return [
            Line(
                (
                    Run(f"{self.look.glyph('draft')} ", "accent"),
                    Run(f"{about[d.subject]} ".lstrip(), "muted"),
                    Run(f"“{' '.join(d.text.split())}”"),
                ),
                right=(Run(formats.clock(d.saved_at, self.zone), "muted"),),
                most=1,
            )
            for d in drafts[:WAITING]
        ]

    def height(self, lines: list[Line], width: int) -> int:
        """The rows that these lines take at a width in cells."""
        return sum(len(lay(self.look, line, width)) for line in lines)

    def last(self, person: Personal, most: int = SAID) -> list[Line]:
        """The last contacts, at most so many."""
        title = self.rule(say(N_("Last contact")))
        if not person.said:
            nothing = say("Nothing was said yet: the first note begins the story.")
            return [title, Line((Run(nothing, "muted"),))]
        return [title, *(self._said(said) for said in person.said[:most])]

    def reach(self, party: PartyDetail) -> list[Line]:
        """Telephones and addresses, the first ones first; and how they wish to be called."""
        runs: list[Run] = []
        for point in party.points[:4]:
            runs += [Run(shown(point)), *_wish(point), Run(f" {_kind_of(point)}   ", "muted")]
        if not runs:
            runs.append(Run(say("no phone or e-mail yet"), "muted"))
        lines = [Line(tuple(runs), most=2)]
        if party.withdrawn:
            lines.append(Line((Run(say(WITHDRAWN), "overdue", True),), most=1))
        if party.preferences:
            lines.append(Line((Run(" ".join(party.preferences.split())),), most=2))
        if party.address is not None:
            more = len(party.addresses) - 1
            told = say_n("and {n} address more", "and {n} addresses more", more) if more else ""
            where = "  ".join(filter(None, (formats.address(*party.address), told)))
            lines.append(Line((Run(where, "muted"),), most=2))
        return lines

    def links(self, party: PartyDetail) -> list[Line]:
        """Companies with the role there, people with theirs, and the document."""
        runs: list[Run] = []
        for company in party.companies[:2]:
            if company.role:
                runs.append(Run(f"{say(N_('{role} at'), role=company.role)} ", "muted"))
            runs.append(Run(f"{company.name}   ", "text"))
        if party.document:
            runs.append(Run(formats.document(party.document), "muted"))
        lines = [Line(tuple(runs), most=1)] if runs else []
        for person in party.people[:3]:
            phone = formats.phone(person.phone) if person.phone else ""
            left = (Run(person.name), Run(f"  {person.role or ''}", "muted"))
            lines.append(Line(left, right=(Run(phone),), most=1))
        return lines

    def own(self, person: Personal, most: int = 3, *, apart: bool = False) -> list[Line]:
        """What is known in fields of one's own, each by its label; nothing of those that are empty. `apart`: each in a
        line of its own, `most` of them; else together in so many lines. (M48)"""
        known = [
            (Run(f"{clean(question.label)} ", "muted"), Run(self._known(question, value), "text"))
            for form in person.own
            for _, question, value in form.fields
            if value is not None
        ]
        if apart:
            return [Line(runs, most=1) for runs in known[:most]]
        runs = [run for label, value in known for run in (label, Run(f"{value.text}   ", "text"))]
        return [Line(tuple(runs), most=most)] if runs else []

    @staticmethod
    def _known(question: Question, value: Value) -> str:
        said = told(question, value, formats.money)
        return " ".join(clean(said if isinstance(said, str) else say(said)).split())

    def card(self, card: BoardCard) -> Line:
        """A card on one line: state, number, title; owner and value at the right."""
        state, said = standing(card, self.now, self.zone)
        when = self.look.pad(said, formats.WHEN_CELLS)
        left = (
            Run(f"{self.look.glyph(state)} {when}  ", state),
            Run(f"{card.number}  ", "muted"),
            Run(card.title, "muted" if state is DueState.CLOSED else "text"),
        )
        value = formats.money_list(card.value_cents, "")
        right = (Run(card.owner or "", "muted"), Run(f"{value:>10}" if value else "", "text"))
        return Line(left, right=right, most=1)

    def _card_twice(self, card: BoardCard) -> list[Line]:
        """A card on two lines, where one is too short for its title."""
        state, when = standing(card, self.now, self.zone)
        value = formats.money_list(card.value_cents, "")
        return [
            Line((Run(f"{card.number}  ", "muted"), Run(card.title)), right=(Run(value),), most=1),
            Line((Run(f"{self.look.glyph(state)} {when}", state), Run(f"  {card.owner or ''}", "muted"))),
        ]

    def rule(self, words: str, right: str = "") -> Line:
        """A heading within the pane."""
        return Line((Run(words, "muted"),), right=(Run(right, "muted"),) if right else (), rule=True)

    def _said(self, said: Said) -> Line:
        stamp = formats.stamp_near(said.filed_at, self.now, self.zone)
        if said.action is None:
            ended = Run(f"{say('Comment')}  ", "muted")
        else:
            words = f"{said.action}, {said.result}" if said.result else said.action
            ended = Run(f"{words}  ", TONES.get(said.tone or "", "text"))
        head = Run(f"{stamp} {said.author}  ", "muted")
        return Line((head, ended, Run(" ".join(said.body.split()))), hang=len(head.text), most=2)


def shown(point: Point) -> str:
    """A number as it is read, an address as it is kept."""
    return point.normalized if point.kind in ("email", "site") else formats.phone(point.normalized)


def _wish(point: Point) -> list[Run]:
    """That the person wishes not to be reached by this."""
    word = unwished(point)
    return [Run(f" {word}", "overdue")] if word else []


def _kind_of(point: Point) -> str:
    label = POINTS.get(point.kind, "")
    return say(label) if point.kind == "whatsapp" else say_in("point", label) if label else ""
