"""One valid command of each class on the small company of `house.py`, about a record of a given operator.

`owner` names whose record it is about; commands that are about nobody's record ignore it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from house import NOBODY, House, do

from crm_tui.domain.board import CardKind, StageCategory
from crm_tui.domain.party import Lifecycle
from crm_tui.services.access.commands import AddUser, DeactivateUser, EditUser, ReactivateUser
from crm_tui.services.board.commands import (
    AddBoard,
    AddStage,
    ArchiveCard,
    ArchiveStage,
    CopyCard,
    DeleteCard,
    EditBoard,
    EditCard,
    EditStage,
    HandOver,
    LoseCard,
    MoveCard,
    MoveStage,
    NewCard,
    OrderCard,
    UnarchiveCard,
    WinCard,
)
from crm_tui.services.board.move_commands import ConvertToCustomer, ConvertToService, MoveToBoard
from crm_tui.services.channel.commands import (
    AddChannel,
    DeactivateChannel,
    EditChannel,
    MoveChannel,
    ReactivateChannel,
)
from crm_tui.services.core.commands import Command
from crm_tui.services.followup.commands import CancelStep, EditStep, PlanStep, Redate
from crm_tui.services.intake.commands import TakeIn
from crm_tui.services.note.commands import AddComment, AttachFile, FileNote
from crm_tui.services.party.commands import EditParty, NewParty
from crm_tui.services.trail.commands import RedoBatch, UndoBatch

Sample = Callable[[House, str], Command]
SOON = date(2026, 12, 1)
HOUR = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)


def _new_card(house: House, owner: str) -> Command:
    who = None if owner == NOBODY else house.user(owner)
    return NewCard(
        party_name="Padaria Aurora",
        phone="(11) 97777-1234",
        subject="PDV",
        when=SOON,
        owner=who,
        company="Aurora",
    )


def _file_note(house: House, owner: str) -> Command:
    card = house.card(owner)
    return FileNote(
        card=card,
        body="Pediu 5% até sexta.",
        result=house.any_id("result"),
        next_when=HOUR,
        stage=house.stage(card, 1),
        medium=house.any_id("contact_medium"),
    )


def _archive(house: House, _owner: str) -> Command:
    stage = int(house.one("SELECT stage_id FROM card WHERE id = ?", house.card()))
    return ArchiveStage(stage=stage, cards_to=house.stage(house.card(), 1))


def _reactivate(house: House, _owner: str) -> Command:
    if house.one('SELECT active FROM "user" WHERE login = ?', "edu"):
        do(house.open(), DeactivateUser(user=house.user("edu")))
    return ReactivateUser(user=house.user("edu"))


def _batch_of(house: House, owner: str) -> str:
    """A batch whose actor is this operator."""
    batch = house.rows(
        "SELECT batch FROM event WHERE actor_id = ? AND undoes IS NULL ORDER BY id DESC LIMIT 1",
        house.user(owner),
    )
    if batch:
        return str(batch[0][0])
    with house.open().store.writing() as connection:
        connection.execute(
            "UPDATE event SET actor_id = ? "
            "WHERE batch = (SELECT batch FROM event WHERE kind = 'card.edited' AND card_id = ?)",
            (house.user(owner), house.card(owner)),
        )
    return _batch_of(house, owner)


def _redo(house: House, owner: str) -> Command:
    undo = do(house.open(), UndoBatch(batch=_batch_of(house, owner)))
    with house.open().store.writing() as connection:
        connection.execute("UPDATE event SET actor_id = ? WHERE batch = ?", (house.user(owner), undo.batch))
    return RedoBatch(batch=undo.batch)


def _reason(house: House) -> int:
    return int(house.one("SELECT id FROM loss_reason ORDER BY position LIMIT 1"))


def _order(house: House, owner: str) -> Command:
    """The first of two in its stage goes one down."""
    card = house.card(owner)
    stage = house.one("SELECT stage_id FROM card WHERE id = ?", card)
    last = house.one("SELECT max(rank) FROM card WHERE stage_id = ?", stage)
    is_last = house.one("SELECT rank FROM card WHERE id = ?", card) == last
    return OrderCard(card=card, step=-1 if is_last else 1)


def _unarchive(house: House, owner: str) -> Command:
    if house.one("SELECT archived_at FROM card WHERE id = ?", house.card(owner)) is None:
        do(house.open(), ArchiveCard(card=house.card(owner)))
    return UnarchiveCard(card=house.card(owner))


def _reactivate_channel(house: House, _owner: str) -> Command:
    channel = house.any_id("channel")
    if house.one("SELECT active FROM channel WHERE id = ?", channel):
        do(house.open(), DeactivateChannel(channel=channel))
    return ReactivateChannel(channel=channel)


def _board(house: House, kind: CardKind) -> int:
    return int(house.one("SELECT id FROM board WHERE kind = ?", kind))


def _to_board(house: House, owner: str) -> Command:
    return MoveToBoard(card=house.card(owner), board=_board(house, CardKind.OPPORTUNITY))


def _to_service(house: House, owner: str) -> Command:
    return ConvertToService(card=house.card(owner), board=_board(house, CardKind.TICKET), subject="Instalar")


SAMPLES: dict[type[Command], Sample] = {
    AddUser: lambda h, _: AddUser(login="zeca", name="Zeca", profile=h.any_id("profile", 2)),
    EditUser: lambda h, _: EditUser(user=h.user("rui"), name="Rui Barbosa", email="rui@x.com"),
    DeactivateUser: lambda h, _: DeactivateUser(user=h.user("rui")),
    ReactivateUser: _reactivate,
    AddBoard: lambda _h, _o: AddBoard(name="Obras", kind=CardKind.DELIVERY, number_prefix="OB"),
    EditBoard: lambda h, _: EditBoard(board=h.any_id("board"), name="Contatos"),
    AddStage: lambda h, _: AddStage(board=h.any_id("board"), name="Morno", category=StageCategory.OPEN),
    EditStage: lambda h, _: EditStage(stage=h.any_id("stage"), name="Novíssimo", stale_days=9),
    MoveStage: lambda h, _: MoveStage(stage=h.any_id("stage"), step=1),
    ArchiveStage: _archive,
    NewCard: _new_card,
    EditCard: lambda h, o: EditCard(card=h.card(o), subject="Outro assunto", value_one_off=7_00),
    MoveCard: lambda h, o: MoveCard(card=h.card(o), stage=h.stage(h.card(o), 1)),
    OrderCard: _order,
    HandOver: lambda h, o: HandOver(card=h.card(o), to=h.user("dora"), comment="cuida dele?"),
    WinCard: lambda h, o: WinCard(card=h.card(o), value_one_off=9_900_00, closed_on=date(2026, 11, 18)),
    LoseCard: lambda h, o: LoseCard(card=h.card(o), reason=_reason(h), note="achou caro"),
    ArchiveCard: lambda h, o: ArchiveCard(card=h.card(o)),
    UnarchiveCard: _unarchive,
    DeleteCard: lambda h, o: DeleteCard(card=h.card(o)),
    CopyCard: lambda h, o: CopyCard(card=h.card(o)),
    MoveToBoard: _to_board,
    ConvertToCustomer: lambda h, o: ConvertToCustomer(card=h.card(o)),
    ConvertToService: _to_service,
    AddChannel: lambda _h, _o: AddChannel(name="Rádio"),
    EditChannel: lambda h, _: EditChannel(channel=h.any_id("channel"), name="Página"),
    MoveChannel: lambda h, _: MoveChannel(channel=h.any_id("channel"), step=1),
    DeactivateChannel: lambda h, _: DeactivateChannel(channel=h.any_id("channel", 1)),
    ReactivateChannel: _reactivate_channel,
    PlanStep: lambda h, o: PlanStep(card=h.card(o), when=date(2026, 11, 20), internal_on=date(2026, 11, 19)),
    Redate: lambda h, o: Redate(activity=h.step(o), when=HOUR),
    EditStep: lambda h, o: EditStep(
        activity=h.step(o), subject="Outro passo", internal_on=date(2026, 11, 20)
    ),
    CancelStep: lambda h, o: CancelStep(activity=h.step(o)),
    FileNote: _file_note,
    AddComment: lambda h, o: AddComment(card=h.card(o), body="volta na terça"),
    AttachFile: lambda h, o: AttachFile(card=h.card(o), filename="proposta.pdf", content=b"%PDF-1.7"),
    NewParty: lambda _h, _o: NewParty(
        name="Marina Alves", phone="11977771234", email="m@x.com", company="Aurora"
    ),
    EditParty: lambda h, o: EditParty(
        party=h.party(o),
        name="Outro nome",
        phone="1133334444",
        email="",
        company="Girassol",
        role="dona",
        document="111.444.777-35",
        lifecycle=Lifecycle.CUSTOMER,
    ),
    TakeIn: lambda _h, _o: TakeIn(name="Zé Novo", emails=("ze@x.com",), follow_up=SOON, source="c.csv"),
    UndoBatch: lambda h, o: UndoBatch(batch=_batch_of(h, o)),
    RedoBatch: _redo,
}
ABOUT_A_RECORD = {
    *(NewCard, EditCard, MoveCard, HandOver, PlanStep, Redate, EditStep, CancelStep),
    *(OrderCard, WinCard, LoseCard, ArchiveCard, UnarchiveCard, DeleteCard),
    *(MoveToBoard, ConvertToCustomer, ConvertToService),
    *(FileNote, AddComment, AttachFile, EditParty, UndoBatch, RedoBatch),
}
"""Those whose permission is held against an owner; the others are about nobody's record or one's own."""
