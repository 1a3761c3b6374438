"""The forms of cards: new, edit, move, hand over. Each is the generated form of its command, filled in.

Knows which fields come first and what stands in them; what they do is the command's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_tui.domain.board import DATED_AT_ONCE, CardDetail, CardStatus, ReopenMode
from crm_tui.domain.party import PartyDetail
from crm_tui.domain.subject import subject_of
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core.forms import FormScreen
from crm_tui.services.board import views
from crm_tui.services.followup import views as followups
from crm_tui.services.party import views as parties
from crm_tui.ui import formats

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell

Chosen = tuple[int, int, str]
"""A card that a verb acts on: its id, the version that was seen, and what it is called."""

WHO = ("party_name", "phone")
REACH = ("email", "company")
SOURCE = ("channel", "medium", "referrer", "interest_level", "probability", "offer", "case_type", "campaign")
NEW = (
    *WHO,
    "subject",
    "when",
    "stage",
    "owner",
    *SOURCE,
    "value_one_off",
    "value_recurring",
    *REACH,
    "media",
    "description",
)
"""The fields of a card that was begun in its column."""
WON = ("value_one_off", "closed_on", "next_when", "next_assignee", "next_subject")
EDITED = (
    *("subject", "value_one_off", "value_recurring", "expected_close_on", "probability"),
    *(
        "party",
        "contact",
        "channel",
        "medium",
        "referrer",
        "interest_level",
        "offer",
        "case_type",
        "campaign",
        "media",
    ),
    *("stage_due", "stage_owner", "description"),
)


def new_card(shell: Shell, stage: int | None = None, party: int | None = None) -> FormScreen:
    """A new card: the few fields that one needs on the phone first, the rest below with defaults. (JOBS 3)

    `stage` is where it opens (the board's `+`), `party` a person who is known already; both may be changed. A contato
    de venda is dated today unless one says otherwise: the first letter takes the word's place. (B9)
    """
    raw: dict[str, str] = {}
    labels: dict[str, str] = {}
    about = ""
    context: dict[str, int] = {}
    first: tuple[str, ...] = WHO
    known: PartyDetail | None = shell.crm.read(parties.detail, party) if party is not None else None
    if known is not None:
        raw["party"], labels["party"] = f"#{known.id}", known.name
        first = ("party",)
    place: tuple[str, ...] = ("board", "stage")
    found = _stage(shell, stage)
    if found is not None:
        board_id, name, about, kind = found
        if kind in DATED_AT_ONCE:
            raw["when"] = say(N_("today"))
        raw["stage"], labels["stage"] = f"#{stage}", name
        context["board"] = board_id
        place = ("stage",)
    me = shell.crm.viewer
    raw["owner"], labels["owner"] = f"#{me.user_id}", me.name  # nobody else is told who it will be
    begins: tuple[str, ...] = ("template",) if _base_cards(shell, context.get("board")) else ()
    from crm_tui.screens.board.newcard import NewCardScreen

    reach = () if known else REACH
    rest = (*begins, "owner", *SOURCE, "value_one_off", "value_recurring", *reach, "description")
    return NewCardScreen(
        "new_card",
        heading=say(N_("New card")),
        about=about,
        raw=raw,
        labels=labels,
        fields=(*first, "subject", "when", *place, *rest),
        subject=subject_of(None, known.id) if known is not None else "new",
        context=context,
        done=say(N_("card made")),
        again=raw,
    )


def _base_cards(shell: Shell, board: int | None) -> bool:
    """Whether there is anything to begin with; where there is not, nobody is asked."""
    return any(not row.archived for row in shell.crm.read(views.templates, board))


def _stage(shell: Shell, stage: int | None) -> tuple[int, str, str, str] | None:
    """Board id, the stage's name, both by name, and what kind of cards the board has."""
    for board in shell.crm.read(views.boards) if stage is not None else ():
        for row in shell.crm.read(views.stages, board.id):
            if row.id == stage:
                return board.id, row.name, f"{board.name}, {row.name}", board.kind
    return None


def edit_card(shell: Shell, card: int, field: str = "") -> FormScreen | None:
    """Edit a card's fields, or only `field`; only those that were changed are sent, so that two operators may
    edit two fields of one card. None if the card is gone or hidden. (E28)"""
    found: CardDetail | None = shell.crm.read(views.detail, card)
    if found is None:
        return None
    close, due = found.expected_close_on, found.stage_due_on
    return FormScreen(
        "edit_card",
        heading=say(N_("Edit card")),
        about=_called(found),
        fixed={"card": f"#{found.id}", "version": str(found.version)},
        raw={
            "subject": found.title,
            "value_one_off": amount_typed(found.value_one_off),
            "value_recurring": amount_typed(found.value_recurring),
            "expected_close_on": f"{close:%d/%m/%Y}" if close is not None else "",
            "probability": "" if found.own_probability is None else str(found.own_probability),
            "party": f"#{found.party_id}" if found.party_id is not None else "",
            "contact": f"#{found.contact_id}" if found.contact_id is not None else "",
            "channel": f"#{found.channel_id}" if found.channel_id is not None else "",
            "media": f"#{found.media_id}" if found.media_id is not None else "",
            "medium": f"#{found.medium_id}" if found.medium_id is not None else "",
            "referrer": f"#{found.referrer_id}" if found.referrer_id is not None else "",
            "interest_level": str(found.interest_level or ""),
            "offer": f"#{found.offer_id}" if found.offer_id is not None else "",
            "case_type": f"#{found.case_type_id}" if found.case_type_id is not None else "",
            "campaign": f"#{found.campaign_id}" if found.campaign_id is not None else "",
            "stage_due": f"{due:%d/%m/%Y}" if due is not None else "",
            "stage_owner": f"#{found.stage_owner_id}" if found.stage_owner_id is not None else "",
            "description": found.description or "",
        },
        labels={
            "party": found.party or "",
            "contact": found.contact or "",
            "channel": found.channel or "",
            "media": found.media or "",
            "medium": found.medium or "",
            "referrer": found.referrer or "",
            "offer": found.offer or "",
            "case_type": found.case_type or "",
            "campaign": found.campaign or "",
            "stage_owner": found.stage_owner or "",
        },
        fields=(field,) if field else EDITED,
        context={"board": found.board_id}
        | ({"party": found.party_id} if found.party_id is not None else {})
        | ({"contact": found.contact_id} if found.contact_id is not None else {}),
        subject=subject_of(found.id),
        changes_only=True,
        done=say(N_("{number} saved"), number=found.number),
    )


def _called(card: CardDetail) -> str:
    return f"{card.number}  {card.party or card.title}"


def amount_typed(cents: int) -> str:
    """Money as it is typed: `12.400,00`, with its cents, without a symbol; none is empty."""
    return formats.money(cents).partition(" ")[2] if cents else ""


def move(shell: Shell, cards: Sequence[Chosen]) -> FormScreen | None:
    """Choose the stage that one or many cards go to."""
    if not cards:
        return None
    rows = shell.crm.read(followups.page, [card_id for card_id, _, _ in cards])
    first: CardDetail | None = shell.crm.read(views.detail, cards[0][0])
    one_board = first is not None and len({row.board for row in rows}) == 1
    timed = first is not None and one_board and shell.crm.read(views.keeps_time, first.board_id)
    return FormScreen(
        "move_card",
        fields=("stage", "stage_due", "stage_owner") if timed else ("stage",),
        heading=say(N_("Move {name}"), name=cards[0][2])
        if len(cards) == 1
        else say_n("Move {n} card", "Move {n} cards", len(cards)),
        about=first.stage if first is not None and len(cards) == 1 else "",
        targets=targets(cards),
        names=[name for _, _, name in cards],
        subject=drafted(cards),
        context={"board": first.board_id, "stage": first.stage_id} if first is not None and one_board else {},
        done=say(N_("{name} moved"), name=cards[0][2]) if len(cards) == 1 else "",
    )


def hand_over(shell: Shell, cards: Sequence[Chosen]) -> FormScreen | None:
    """Choose the colleague who takes one or many cards, their open steps included, and leave a word. (JOBS 10)"""
    if not cards:
        return None
    return FormScreen(
        "hand_over",
        heading=say(N_("Hand over {name}"), name=cards[0][2])
        if len(cards) == 1
        else say_n("Hand over {n} card", "Hand over {n} cards", len(cards)),
        targets=targets(cards),
        names=[name for _, _, name in cards],
        subject=drafted(cards),
        done=say(N_("{name} handed over"), name=cards[0][2]) if len(cards) == 1 else "",
    )


def win(shell: Shell, cards: Sequence[Chosen]) -> FormScreen | None:
    """The deal is made: of one card its value and day, and what comes after it; of many the day. (JOBS 11)

    A card that was reopened for adjustments has a day already: that is what stands there, so that none is asked for.
    """
    if not cards:
        return None
    one: CardDetail | None = shell.crm.read(views.detail, cards[0][0]) if len(cards) == 1 else None
    raw = {"closed_on": _closes_on(shell, cards)}
    if one is not None:
        raw |= {"value_one_off": amount_typed(one.value_one_off), "next_subject": say(N_("Delivery"))}
    return FormScreen(
        "win_card",
        heading=say(N_("Won: {name}"), name=called(cards)),
        about=one.title if one is not None else "",
        raw=raw,
        fields=WON if one is not None else ("closed_on",),
        targets=targets(cards),
        names=[name for _, _, name in cards],
        subject=drafted(cards),
        done=say(N_("{name} won"), name=cards[0][2]) if one is not None else "",
    )


def _closes_on(shell: Shell, cards: Sequence[Chosen]) -> str:
    """The day of closing as it is typed: today, or of one that is only adjusted its own; of many among which there is
    such a one, none, so that each gets its own."""
    first: CardDetail | None = shell.crm.read(views.detail, cards[0][0])
    if first is not None and len(cards) == 1:
        kept = first.closed_on if first.reopen_mode == ReopenMode.ADJUSTMENT else None
        return f"{kept:%d/%m/%Y}" if kept is not None else say(N_("today"))
    found = shell.crm.read(views.cards, [card_id for card_id, _, _ in cards])
    return "" if any(card.reopened for card in found) else say(N_("today"))


def reopen(shell: Shell, cards: Sequence[Chosen] = (), card: int | None = None) -> FormScreen | None:
    """How and why one or many closed cards are worked on again; a sale is adjusted unless one says more."""
    alone: CardDetail | None = shell.crm.read(views.detail, card) if card is not None else None
    if alone is not None:
        cards = ((alone.id, alone.version, alone.party or alone.title),)
    if not cards:
        return None
    one: CardDetail | None = shell.crm.read(views.detail, cards[0][0]) if len(cards) == 1 else None
    sold = one is None or one.status == CardStatus.WON
    mode = ReopenMode.ADJUSTMENT if sold else ReopenMode.FULL
    return FormScreen(
        "reopen_card",
        heading=say(N_("Reopen: {name}"), name=called(cards)),
        about=one.title if one is not None else "",
        raw={"mode": mode.value},
        fields=("mode", "reason"),
        targets=targets(cards),
        names=[name for _, _, name in cards],
        subject=drafted(cards),
        done=say(N_("{name} reopened"), name=cards[0][2]) if len(cards) == 1 else "",
        said=say(N_("For adjustments the sale and its closing date stay; in full it closes on a new date.")),
    )


def lose(shell: Shell, cards: Sequence[Chosen]) -> FormScreen | None:
    """Why it came to nothing; a reason that asks for a note opens it. (JOBS 6)"""
    if not cards:
        return None
    return FormScreen(
        "lose_card",
        heading=say(N_("Lost: {name}"), name=called(cards)),
        fields=("reason",),
        targets=targets(cards),
        names=[name for _, _, name in cards],
        subject=drafted(cards),
        done=say(N_("{name} lost"), name=cards[0][2]) if len(cards) == 1 else "",
    )


def delete(shell: Shell, cards: Sequence[Chosen]) -> FormScreen | None:
    """Whether the person goes with the card; the tie goes in any case. (K31, K32)"""
    if not cards:
        return None
    return FormScreen(
        "delete_card",
        heading=say(N_("Delete {name}?"), name=called(cards)),
        raw={"with_party": "0"},
        fields=("with_party",),
        targets=[{"card": f"#{card_id}"} for card_id, _, _ in cards],
        names=[name for _, _, name in cards],
        subject=drafted(cards),
        done=say(N_("{name} deleted"), name=cards[0][2]) if len(cards) == 1 else "",
    )


def base_card(shell: Shell, cards: Sequence[Chosen]) -> FormScreen | None:
    """What a base card made from this card is called; it takes description, labels, members, tasks and files."""
    found: CardDetail | None = shell.crm.read(views.detail, cards[0][0]) if cards else None
    if found is None:
        return None
    return FormScreen(
        "template_from_card",
        heading=say(N_("Base card from {name}"), name=cards[0][2]),
        about=found.board,
        raw={"name": found.title[:60]},
        fields=("name",),
        fixed={"card": f"#{found.id}"},
        subject=subject_of(found.id),
        done=say(N_("base card made")),
    )


def called(cards: Sequence[Chosen]) -> str:
    """What a heading calls them: the one by name, many by their number."""
    return cards[0][2] if len(cards) == 1 else say_n("{n} card", "{n} cards", len(cards))


def targets(cards: Sequence[Chosen]) -> list[dict[str, str]]:
    """What is fixed of each card's command."""
    return [{"card": f"#{card_id}", "version": str(version)} for card_id, version, _ in cards]


def drafted(cards: Sequence[Chosen]) -> str:
    """A draft about one card belongs to it; one about many waits for the next many."""
    return subject_of(cards[0][0]) if len(cards) == 1 else "many"
