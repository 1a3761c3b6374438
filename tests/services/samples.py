"""One valid command of each class on the small company of `house.py`, about a record of a given operator.

`owner` names whose record it is about; commands that are about nobody's record ignore it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime

import booked
import offered
from house import NOBODY, House, card_secret, do, done, party_secret

from crm_tui.domain.access import BoardRight, TeamKind
from crm_tui.domain.board import CardKind, ReopenMode, StageCategory
from crm_tui.domain.consent import Purpose
from crm_tui.domain.export import What
from crm_tui.domain.form import QuestionType
from crm_tui.domain.gate import GateKind
from crm_tui.domain.hue import Hue
from crm_tui.domain.outcome import Done
from crm_tui.domain.party import Lifecycle, PartyKind
from crm_tui.services.access.commands import (
    AddProfile,
    AddTeam,
    AddUser,
    ClearPin,
    DeactivateProfile,
    DeactivateTeam,
    DeactivateUser,
    EditCompany,
    EditProfile,
    EditTeam,
    EditUser,
    ReactivateProfile,
    ReactivateTeam,
    ReactivateUser,
    SetPin,
)
from crm_tui.services.board.commands import (
    AddBoard,
    AddLossReason,
    AddStage,
    AddTemplate,
    ArchiveBoard,
    ArchiveCard,
    ArchiveStage,
    ArchiveTemplate,
    AttachToTemplate,
    CopyCard,
    DeactivateLossReason,
    DeleteCard,
    DetachFromTemplate,
    EditBoard,
    EditCard,
    EditLossReason,
    EditStage,
    EditTemplate,
    HandOver,
    LoseCard,
    MoveBoard,
    MoveCard,
    MoveLossReason,
    MoveStage,
    MoveTemplate,
    NewCard,
    OrderCard,
    ReactivateLossReason,
    ReopenCard,
    SetBoardMember,
    SetTemplateLabels,
    SetTemplateMembers,
    TakeInCard,
    TemplateFromCard,
    UnarchiveBoard,
    UnarchiveCard,
    UnarchiveTemplate,
    WinCard,
)
from crm_tui.services.board.move_commands import ConvertToCustomer, ConvertToService, MoveToBoard
from crm_tui.services.calendar import commands as calendars
from crm_tui.services.campaign import commands as campaigns
from crm_tui.services.canned.commands import (
    AddStandardText,
    DeactivateStandardText,
    EditStandardText,
    MoveStandardText,
    ReactivateStandardText,
)
from crm_tui.services.casetype.commands import (
    AddCaseType,
    DeactivateCaseType,
    EditCaseType,
    MoveCaseType,
    ReactivateCaseType,
)
from crm_tui.services.channel.commands import (
    AddChannel,
    DeactivateChannel,
    EditChannel,
    MoveChannel,
    ReactivateChannel,
)
from crm_tui.services.core.commands import Command
from crm_tui.services.export.commands import NoteExport
from crm_tui.services.filter.commands import DeleteFilter, EditFilter, SaveFilter
from crm_tui.services.followup import register_commands as registers
from crm_tui.services.followup.commands import CancelStep, EditStep, PlanStep, Redate, SkipContact, Snooze
from crm_tui.services.form.commands import (
    AddForm,
    AddQuestion,
    AnswerForm,
    DeactivateForm,
    EditForm,
    EditQuestion,
    FillPerson,
    MoveForm,
    MoveQuestion,
    ReactivateForm,
    RemoveQuestion,
)
from crm_tui.services.gate.commands import (
    AddGate,
    AddTransition,
    EditTransition,
    MoveGate,
    MoveTransition,
    RemoveGate,
    RemoveTransition,
    SetGate,
)
from crm_tui.services.intake import layout_commands as layouts
from crm_tui.services.intake.commands import TakeIn, TakeInActivity, TakeInNote
from crm_tui.services.label.commands import (
    AddLabel,
    AddTask,
    DeleteTask,
    EditLabel,
    EditTask,
    MoveLabel,
    OrderTask,
    RestoreLabel,
    RetireLabel,
    SetLabels,
    SetMembers,
    TickTask,
)
from crm_tui.services.media.commands import (
    AddMediaSource,
    DeactivateMediaSource,
    EditMediaSource,
    MoveMediaSource,
    ReactivateMediaSource,
)
from crm_tui.services.note.commands import (
    AddComment,
    AmendNote,
    AttachFile,
    FileNote,
    RemoveFile,
    VoidNote,
)
from crm_tui.services.once import commands as once
from crm_tui.services.party.commands import (
    AddAddress,
    AddContact,
    AddContactPoint,
    ChangePerson,
    ChooseMainContact,
    EditAddress,
    EditContact,
    EditContactPoint,
    EditParty,
    EndContact,
    GrantConsent,
    NewParty,
    RemoveAddress,
    RemoveContactPoint,
    RevokeConsent,
)
from crm_tui.services.partyclass.commands import (
    AddPartyClass,
    DeactivatePartyClass,
    EditPartyClass,
    MovePartyClass,
    ReactivatePartyClass,
)
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


def _team(house: House) -> int:
    """A team in which nobody is."""
    found = house.rows("SELECT id FROM team WHERE name = 'Vazia'")
    return found[0][0] if found else do(house.open(), AddTeam(name="Vazia")).entity_id or 0


def _idle_profile(house: House) -> int:
    """A profile that nobody has and that allows nothing, made once."""
    found = house.rows("SELECT id FROM profile WHERE name = 'Vazio'")
    return found[0][0] if found else do(house.open(), AddProfile(name="Vazio")).entity_id or 0


def _reactivate_profile(house: House, _owner: str) -> ReactivateProfile:
    profile = do(house.open(), AddProfile(name="Parado")).entity_id or 0
    do(house.open(), DeactivateProfile(profile=profile))
    return ReactivateProfile(profile=profile)


def _reactivate_team(house: House, _owner: str) -> Command:
    team = do(house.open(), AddTeam(name="Parada")).entity_id or 0
    do(house.open(), DeactivateTeam(team=team))
    return ReactivateTeam(team=team)


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


def _empty_board(house: House) -> int:
    """A board without cards, made once."""
    found = house.rows("SELECT id FROM board WHERE name = 'Vazio'")
    if not found:
        do(house.open(), AddBoard(name="Vazio", number_prefix="VZ"))
        return _empty_board(house)
    return int(found[0][0])


def _archived_board(house: House) -> int:
    board = _empty_board(house)
    if house.one("SELECT archived_at FROM board WHERE id = ?", board) is None:
        do(house.open(), ArchiveBoard(board=board))
    return board


def base_card(house: House, *, archived: bool = False, name: str = "Instalação") -> int:
    """A base card of the first board with a task, a member and a file, made once."""
    found = house.rows("SELECT id, archived_at FROM card_template WHERE name = ?", name)
    if not found:
        ana = house.open()
        made = do(
            ana, AddTemplate(board=house.any_id("board"), name=name, tasks="Ligar\nAgendar", members="bia")
        )
        assert made.entity_id is not None
        do(ana, AttachToTemplate(template=made.entity_id, filename="planta.pdf", content=b"%PDF-1.7"))
        return base_card(house, archived=archived, name=name)
    if archived and found[0][1] is None:
        do(house.open(), ArchiveTemplate(template=found[0][0]))
    return int(found[0][0])


def _move_template(house: House, _owner: str) -> Command:
    first = base_card(house)
    if not house.rows("SELECT id FROM card_template WHERE name = 'Entrega'"):
        do(house.open(), AddTemplate(board=house.any_id("board"), name="Entrega"))
    return MoveTemplate(template=first, step=1)


def _template_labels(house: House, _owner: str) -> Command:
    label = house.rows("SELECT id FROM label WHERE name = 'De todos'")
    if not label:
        do(house.open(), AddLabel(name="De todos"))
        return _template_labels(house, _owner)
    return SetTemplateLabels(template=base_card(house), add=(label[0][0],))


def _order(house: House, owner: str) -> Command:
    """The first of two in its stage goes one down."""
    card = house.card(owner)
    stage = house.one("SELECT stage_id FROM card WHERE id = ?", card)
    last = house.one("SELECT max(rank) FROM card WHERE stage_id = ?", stage)
    is_last = house.one("SELECT rank FROM card WHERE id = ?", card) == last
    return OrderCard(card=card, step=-1 if is_last else 1)


def _unarchive(house: House, owner: str) -> Command:
    """Another card of the owner, on the board of the first: nothing else is done to what lies in the archive."""
    title, ana = f"guardado-{owner}", house.open()
    if not house.rows("SELECT 1 FROM card WHERE title = ?", title):
        board = house.one("SELECT board_id FROM card WHERE id = ?", house.card(owner))
        made = do(ana, NewCard(subject=title, board=board)).entity_id
        with ana.store.writing() as connection:
            who = None if owner == NOBODY else house.user(owner)
            connection.execute("UPDATE card SET owner_id = ? WHERE id = ?", (who, made))
    card, archived = house.rows("SELECT id, archived_at FROM card WHERE title = ?", title)[0]
    if archived is None:
        do(ana, ArchiveCard(card=card))
    return UnarchiveCard(card=card)


def _label(house: House, place: int = 0) -> int:
    """A label for all boards: the first, or the one after it."""
    for name in ("quente", "frio"):
        if not house.rows("SELECT 1 FROM label WHERE name = ?", name):
            do(house.open(), AddLabel(name=name, color=Hue.RED))
    return int(house.rows("SELECT id FROM label WHERE active = 1 ORDER BY id")[place][0])


def _worn(house: House, owner: str) -> int:
    """A label that the owner's card wears."""
    label = _label(house, 1)
    do(house.open(), SetLabels(card=house.card(owner), add=(label,)))
    return label


def _retired(house: House) -> int:
    found = house.rows("SELECT id FROM label WHERE active = 0")
    if not found:
        made = do(house.open(), AddLabel(name="velha", color=Hue.PINK)).entity_id
        do(house.open(), RetireLabel(label=made))
        return _retired(house)
    return int(found[0][0])


def _task(house: House, owner: str) -> int:
    """The first of two tasks of the owner's card."""
    card = house.card(owner)
    for n in range(2):
        if len(house.rows("SELECT id FROM checklist_item WHERE card_id = ?", card)) < 2:
            do(house.open(), AddTask(card=card, text=f"tarefa {n} {card_secret(owner)}"))
    return int(house.one("SELECT id FROM checklist_item WHERE card_id = ? ORDER BY position", card))


def _view(house: House, owner: str) -> int:
    """A view of this operator."""
    crm = house.open(owner)
    outcome = crm.run(SaveFilter(name="Minhas quentes", line="valor:>5000", replace=True))
    found = house.rows("SELECT id FROM saved_filter WHERE user_id = ?", house.user(owner))
    return int(found[0][0]) if isinstance(outcome, Done) else 0


def _file(house: House, owner: str) -> int:
    found = house.rows(
        "SELECT id FROM attachment WHERE entity_id = ? AND deleted_at IS NULL", house.card(owner)
    )
    if not found:
        do(house.open(), AttachFile(card=house.card(owner), filename="a.txt", content=b"a"))
        return _file(house, owner)
    return int(found[0][0])


def _note(house: House, owner: str) -> int:
    """A filed note of the owner's that nothing has become of yet."""
    text = """SELECT n.id FROM note n WHERE n.kind = 'attendance' AND n.state = 'filed' AND n.card_id = ?
    AND NOT EXISTS (SELECT 1 FROM note x WHERE x.amends_id = n.id)"""
    note = int(house.rows(text, house.card(owner))[-1][0])
    with house.open().store.writing() as connection:
        author = house.user("ana" if owner == NOBODY else owner)
        connection.execute("UPDATE note SET author_id = ? WHERE id = ?", (author, note))
    return note


def _calendar(house: House) -> int:
    """A calendar beside the default one."""
    found = house.rows("SELECT id FROM work_calendar WHERE name = 'Plantão' AND active = 1")
    if found:
        return int(found[0][0])
    return done(house.open().run(calendars.AddCalendar(name="Plantão", state="SP"))).entity_id or 0


def _calendar_off(house: House, _owner: str) -> Command:
    made = done(house.open().run(calendars.AddCalendar(name="Antigo", holidays=False))).entity_id or 0
    do(house.open(), calendars.DeactivateCalendar(calendar=made))
    return calendars.ReactivateCalendar(calendar=made)


def _day_off(house: House) -> int:
    day = calendars.AddCalendarDay(calendar=_calendar(house), name="Emenda", start_on=date(2026, 12, 24))
    return done(house.open().run(day)).entity_id or 0


def _leave(house: House, owner: str) -> int:
    leave = calendars.AddLeave(user=house.user(owner), name="Férias", start_on=date(2026, 12, 1))
    return done(house.open().run(leave)).entity_id or 0


def _city_day(house: House, name: str = "Aniversário") -> int:
    day = f"{house.one('SELECT count(*) FROM local_holiday') + 1:02d}/07"
    added = calendars.AddLocalHoliday(state="SP", city="Campinas", day=day, name=name)
    return done(house.open().run(added)).entity_id or 0


def _city_day_off(house: House, _owner: str) -> Command:
    made = _city_day(house, "Antigo")
    do(house.open(), calendars.DeactivateLocalHoliday(local_holiday=made))
    return calendars.ReactivateLocalHoliday(local_holiday=made)


def _reactivate_party_class(house: House, _owner: str) -> Command:
    kind = house.any_id("party_class")
    if house.one("SELECT active FROM party_class WHERE id = ?", kind):
        do(house.open(), DeactivatePartyClass(party_class=kind))
    return ReactivatePartyClass(party_class=kind)


def _reactivate_media_source(house: House, _owner: str) -> Command:
    source = house.any_id("media_source")
    if house.one("SELECT active FROM media_source WHERE id = ?", source):
        do(house.open(), DeactivateMediaSource(media_source=source))
    return ReactivateMediaSource(media_source=source)


def _reactivate_channel(house: House, _owner: str) -> Command:
    channel = house.any_id("channel")
    if house.one("SELECT active FROM channel WHERE id = ?", channel):
        do(house.open(), DeactivateChannel(channel=channel))
    return ReactivateChannel(channel=channel)


def _beside(house: House, owner: str) -> int:
    """Somebody else's person of the same reach."""
    return house.party("ana" if owner != "ana" else "bia")


def _way(house: House, owner: str) -> int:
    """A number of the owner's person."""
    party = house.party(owner)
    found = house.one(
        "SELECT max(id) FROM contact_point WHERE party_id = ? AND value = '11 4002-8944'", party
    )
    return found or do(house.open(), AddContactPoint(party=party, value="11 4002-8944")).entity_id


def _address(house: House, owner: str) -> int:
    """An address of the owner's person."""
    party = house.party(owner)
    found = house.one("SELECT max(id) FROM address WHERE party_id = ? AND city = 'Olinda'", party)
    return found or do(house.open(), AddAddress(party=party, city="Olinda")).entity_id


def _consent(house: House, owner: str) -> int:
    """What the owner's person allows."""
    party = house.party(owner)
    found = house.one("SELECT max(id) FROM consent WHERE party_id = ? AND revoked_at IS NULL", party)
    return found or do(house.open(), GrantConsent(party=party, purpose=Purpose.CONTACT)).entity_id


def _organisation(house: House, owner: str) -> int:
    """An organisation of that owner's, made once."""
    there = house.rows("SELECT id FROM party WHERE name = ?", f"Empresa de {owner}")
    if there:
        found = there[0][0]
    else:
        made = do(house.open(), NewParty(name=f"Empresa de {owner}", kind=PartyKind.ORGANIZATION)).entity_id
        assert made is not None
        found = made
        with closing(sqlite3.connect(house.path)) as base, base:  # rui, who may not attend, is handed nobody
            base.execute("UPDATE party SET owner_id = ? WHERE id = ?", (house.user(owner), found))
    return int(found)


def _works_at(house: House, owner: str) -> int:
    """A relation at an organisation of that owner's, with a person of the same one."""
    organization = _organisation(house, owner)
    running = "SELECT id FROM party_relation WHERE organization_id = ? AND ended_on IS NULL"
    there = house.rows(running, organization)
    if there:
        found = there[0][0]
    else:
        asked = AddContact(organization=organization, person=house.party(owner), role="compras")
        found = do(house.open(), asked).entity_id
    assert found is not None
    return int(found)


def _layout(name: str) -> layouts.AddImportLayout:
    return layouts.AddImportLayout(name=name, columns="Fantasia = empresa\nQuem = nome")


def _layout_there(house: House, name: str = "Feira") -> int:
    found = house.one("SELECT max(id) FROM import_layout WHERE name = ?", name)
    return found or do(house.open(), _layout(name)).entity_id


def _two_layouts(house: House, _owner: str) -> Command:
    first = _layout_there(house)
    _layout_there(house, "Site")
    return layouts.MoveImportLayout(import_layout=first, step=1)


def _layout_out_of_use(house: House, _owner: str) -> Command:
    layout = _layout_there(house)
    do(house.open(), layouts.DeactivateImportLayout(import_layout=layout))
    return layouts.ReactivateImportLayout(import_layout=layout)


def _rule_in_use(house: House, _owner: str) -> Command:
    rule = house.any_id("duplicate_rule", 2)
    if not house.one("SELECT active FROM duplicate_rule WHERE id = ?", rule):
        do(house.open(), once.ReactivateDuplicateRule(duplicate_rule=rule))
    return once.DeactivateDuplicateRule(duplicate_rule=rule)


def _reactivate_case_type(house: House, _owner: str) -> Command:
    case_type = house.any_id("case_type")
    if house.one("SELECT active FROM case_type WHERE id = ?", case_type):
        do(house.open(), DeactivateCaseType(case_type=case_type))
    return ReactivateCaseType(case_type=case_type)


def _reactivate_text(house: House, _owner: str) -> Command:
    text = house.any_id("template")
    if house.one("SELECT active FROM template WHERE id = ?", text):
        do(house.open(), DeactivateStandardText(standard_text=text))
    return ReactivateStandardText(standard_text=text)


def form(house: House, name: str = "Visita", *, active: bool = True) -> int:
    """A form of two questions, made once."""
    found = house.rows("SELECT id, active FROM form WHERE name = ?", name)
    if not found:
        ana = house.open()
        made = do(ana, AddForm(name=name)).entity_id
        assert made is not None
        do(ana, AddQuestion(form=made, label="Quem?", required=True))
        do(ana, AddQuestion(form=made, label="Observações", type=QuestionType.LONG))
        return form(house, name, active=active)
    if not active and found[0][1]:
        do(house.open(), DeactivateForm(form=found[0][0]))
    return int(found[0][0])


def question(house: House, place: int = 0) -> int:
    """A question of that form."""
    found = house.rows("SELECT id FROM field_def WHERE form_id = ? AND to_revision IS NULL", form(house))
    return int(found[place][0])


def detail(house: House, *, active: bool = True) -> int:
    """A detail of a result, made once."""
    found = house.rows("SELECT id, active FROM result_detail WHERE name = 'Pediu prazo'")
    if not found:
        do(house.open(), registers.AddResultDetail(result=house.any_id("result"), name="Pediu prazo"))
        do(house.open(), registers.AddResultDetail(result=house.any_id("result"), name="Outro"))
        return detail(house, active=active)
    if not active and found[0][1]:
        do(house.open(), registers.DeactivateResultDetail(result_detail=found[0][0]))
    return int(found[0][0])


def campaign(house: House, *, active: bool = True) -> int:
    """A campaign with two actions and two rules, made once."""
    found = house.rows("SELECT id, active FROM campaign WHERE name = 'Prospecção'")
    if not found:
        ana, made = house.open(), []
        for name in ("Prospecção", "Outra"):
            made.append(do(ana, campaigns.AddCampaign(name=name)).entity_id or 0)
        for place in (0, 1):
            add = campaigns.AddCampaignAction(campaign=made[0], action=house.any_id("action_type", place))
            action = do(ana, add).entity_id or 0
        for place in (0, 1):
            rule = campaigns.AddCampaignResult(campaign_action=action, result=house.any_id("result", place))
            do(ana, rule)
        return campaign(house, active=active)
    if not active and found[0][1]:
        do(house.open(), campaigns.DeactivateCampaign(campaign=found[0][0]))
    return int(found[0][0])


def campaign_action(house: House, place: int = 0) -> int:
    """An action of that campaign."""
    own = "SELECT id FROM campaign_action WHERE campaign_id = ? ORDER BY id"
    return int(house.rows(own, campaign(house))[place][0])


def campaign_result(house: House) -> int:
    """A rule of that campaign."""
    campaign(house)
    return house.any_id("campaign_result")


def _out_of_use(house: House, table: str, off: type[Command], entity: str) -> int:
    """A row of a register that is out of use."""
    row_id = house.any_id(table)
    if house.one(f"SELECT active FROM {table} WHERE id = ?", row_id):
        do(house.open(), off(**{entity: row_id}))
    return row_id


def _move_form(house: House, _owner: str) -> Command:
    first, _ = form(house), form(house, "Outra")
    return MoveForm(form=first, step=1)


def _answer_form(house: House, owner: str) -> Command:
    answers = {"quem": card_secret(owner), "observacoes": "falou bem"}
    return AnswerForm(card=house.card(owner), form=form(house), answers=answers)


def person_form(house: House) -> int:
    """A form of people's fields, made once."""
    found = house.rows("SELECT id FROM form WHERE on_person")
    if found:
        return int(found[0][0])
    made = do(house.open(), AddForm(name="Perfil", on_person=True)).entity_id
    assert made is not None
    do(house.open(), AddQuestion(form=made, label="Apelido"))
    return made


def _fill_person(house: House, owner: str) -> Command:
    answers = {"apelido": party_secret(owner)}
    return FillPerson(party=house.party(owner), form=person_form(house), answers=answers)


def _board(house: House, kind: CardKind) -> int:
    return int(house.one("SELECT id FROM board WHERE kind = ?", kind))


def _to_board(house: House, owner: str) -> Command:
    return MoveToBoard(card=house.card(owner), board=_board(house, CardKind.OPPORTUNITY))


def _to_service(house: House, owner: str) -> Command:
    return ConvertToService(card=house.card(owner), board=_board(house, CardKind.TICKET), subject="Instalar")


def _stage(house: House, place: int = -1) -> int:
    """A stage of the first board, by its place: the last one holds no card, and what it asks for hinders none."""
    board = house.any_id("board")
    return int(house.rows("SELECT id FROM stage WHERE board_id = ? ORDER BY position", board)[place][0])


def _gate(house: House) -> int:
    """A requirement of the first board's last stage."""
    found = house.rows("SELECT id FROM stage_gate")
    if found:
        return int(found[0][0])
    return do(house.open("ana"), AddGate(stage=_stage(house), kind=GateKind.DEAL_VALUE)).entity_id or 0


def _transition(house: House) -> int:
    """An answer of the first board's last stage."""
    found = house.rows("SELECT id FROM stage_transition")
    if found:
        return int(found[0][0])
    asked = AddTransition(stage=_stage(house), label="Vendeu", to=_stage(house, -2))
    return do(house.open("ana"), asked).entity_id or 0


def _second_gate(house: House) -> int:
    """A requirement that stands behind another one."""
    first = _gate(house)
    stage = int(house.one("SELECT stage_id FROM stage_gate WHERE id = ?", first))
    found = house.rows("SELECT id FROM stage_gate WHERE stage_id = ? AND id <> ?", stage, first)
    if found:
        return int(found[0][0])
    return do(house.open("ana"), AddGate(stage=stage, kind=GateKind.ATTACHMENT)).entity_id or 0


def _second_transition(house: House) -> int:
    """An answer that stands behind another one."""
    first = _transition(house)
    found = house.rows("SELECT id FROM stage_transition WHERE id <> ?", first)
    if found:
        return int(found[0][0])
    asked = AddTransition(stage=_stage(house), label="Não vendeu", to=_stage(house, -2))
    return do(house.open("ana"), asked).entity_id or 0


def _reopen(house: House, owner: str) -> Command:
    """Of a card that was made for it: the others are about one that is open."""
    crm = house.open()
    card = do(crm, NewCard(subject=f"encerrado de {owner}")).entity_id
    do(crm, WinCard(card=card))
    with crm.store.writing() as connection:
        whose = None if owner == NOBODY else house.user(owner)
        connection.execute("UPDATE card SET owner_id = ? WHERE id = ?", (whose, card))
    return ReopenCard(card=card, mode=ReopenMode.FULL, reason="voltou atrás")


def _clear_pin(house: House, _owner: str) -> Command:
    with house.open().store.writing() as connection:
        connection.execute("UPDATE \"user\" SET pin_hash = 'scrypt$14$8$1$AA==$AA==' WHERE login = 'rui'")
    return ClearPin(user=house.user("rui"))


def _off_reason(house: House, _owner: str) -> Command:
    reason = house.any_id("loss_reason", 1)
    if house.one("SELECT active FROM loss_reason WHERE id = ?", reason):
        do(house.open(), DeactivateLossReason(loss_reason=reason))
    return ReactivateLossReason(loss_reason=reason)


SAMPLES: dict[type[Command], Sample] = {
    AddUser: lambda h, _: AddUser(login="zeca", name="Zeca", profile=h.any_id("profile", 2)),
    EditCompany: lambda _h, _o: EditCompany(name="Casa Nova", document="11.222.333/0001-81"),
    EditUser: lambda h, _: EditUser(user=h.user("rui"), name="Rui Barbosa", email="rui@x.com"),
    DeactivateUser: lambda h, _: DeactivateUser(user=h.user("rui")),
    ReactivateUser: _reactivate,
    SetPin: lambda _h, _o: SetPin(pin="4711", again="4711"),
    ClearPin: _clear_pin,
    AddBoard: lambda _h, _o: AddBoard(name="Obras", kind=CardKind.DELIVERY, number_prefix="OB"),
    EditBoard: lambda h, _: EditBoard(board=h.any_id("board"), name="Contatos"),
    AddStage: lambda h, _: AddStage(board=h.any_id("board"), name="Morno", category=StageCategory.OPEN),
    EditStage: lambda h, _: EditStage(stage=h.any_id("stage"), name="Novíssimo", stale_days=9),
    MoveStage: lambda h, _: MoveStage(stage=h.any_id("stage"), step=1),
    ArchiveStage: _archive,
    AddGate: lambda h, _: AddGate(stage=_stage(h), kind=GateKind.FIELD, field="phone"),
    SetGate: lambda h, _: SetGate(gate=_gate(h), on=False),
    RemoveGate: lambda h, _: RemoveGate(gate=_gate(h)),
    MoveGate: lambda h, _: MoveGate(gate=_second_gate(h), step=-1),
    AddTransition: lambda h, _: AddTransition(
        stage=_stage(h), label="Talvez", to=_stage(h, -2), requires_reason=True
    ),
    EditTransition: lambda h, _: EditTransition(transition=_transition(h), label="Vendeu tudo"),
    RemoveTransition: lambda h, _: RemoveTransition(transition=_transition(h)),
    MoveTransition: lambda h, _: MoveTransition(transition=_second_transition(h), step=-1),
    MoveBoard: lambda h, _: MoveBoard(board=h.any_id("board"), step=1),
    ArchiveBoard: lambda h, _: ArchiveBoard(board=_empty_board(h)),
    UnarchiveBoard: lambda h, _: UnarchiveBoard(board=_archived_board(h)),
    SetBoardMember: lambda h, _: SetBoardMember(
        board=h.any_id("board"), user=h.user("bia"), may=BoardRight.MANAGE
    ),
    AddTemplate: lambda h, _: AddTemplate(board=h.any_id("board"), name="Visita", tasks="- ligar\n- ir"),
    EditTemplate: lambda h, _: EditTemplate(template=base_card(h), description="O que levar", members=""),
    MoveTemplate: _move_template,
    ArchiveTemplate: lambda h, _: ArchiveTemplate(template=base_card(h)),
    UnarchiveTemplate: lambda h, _: UnarchiveTemplate(template=base_card(h, archived=True, name="Velho")),
    TemplateFromCard: lambda h, o: TemplateFromCard(card=h.card(o), name="Como este"),
    SetTemplateLabels: _template_labels,
    SetTemplateMembers: lambda h, _: SetTemplateMembers(
        template=base_card(h), add=(h.user("beto"),), remove=(h.user("bia"),)
    ),
    AttachToTemplate: lambda h, _: AttachToTemplate(
        template=base_card(h), filename="contrato.pdf", content=b"%PDF-1.7 contrato"
    ),
    DetachFromTemplate: lambda h, _: DetachFromTemplate(template=base_card(h), filename="planta.pdf"),
    NewCard: _new_card,
    EditCard: lambda h, o: EditCard(card=h.card(o), subject="Outro assunto", value_one_off=7_00),
    MoveCard: lambda h, o: MoveCard(card=h.card(o), stage=h.stage(h.card(o), 1)),
    OrderCard: _order,
    HandOver: lambda h, o: HandOver(card=h.card(o), to=h.user("dora"), comment="cuida dele?"),
    WinCard: lambda h, o: WinCard(card=h.card(o), value_one_off=9_900_00, closed_on=date(2026, 11, 18)),
    LoseCard: lambda h, o: LoseCard(card=h.card(o), reason=_reason(h), note="achou caro"),
    ReopenCard: _reopen,
    AddLossReason: lambda _h, _o: AddLossReason(name="Sumiu", requires_note=True),
    EditLossReason: lambda h, _: EditLossReason(loss_reason=h.any_id("loss_reason"), requires_note=True),
    MoveLossReason: lambda h, _: MoveLossReason(loss_reason=h.any_id("loss_reason"), step=1),
    DeactivateLossReason: lambda h, _: DeactivateLossReason(loss_reason=h.any_id("loss_reason", 2)),
    ReactivateLossReason: _off_reason,
    ArchiveCard: lambda h, o: ArchiveCard(card=h.card(o)),
    UnarchiveCard: _unarchive,
    DeleteCard: lambda h, o: DeleteCard(card=h.card(o)),
    CopyCard: lambda h, o: CopyCard(card=h.card(o)),
    AddLabel: lambda _h, _o: AddLabel(name="morna", color=Hue.ORANGE),
    EditLabel: lambda h, _: EditLabel(label=_label(h), name="fervendo", color=Hue.PINK),
    RetireLabel: lambda h, _: RetireLabel(label=_label(h)),
    RestoreLabel: lambda h, _: RestoreLabel(label=_retired(h)),
    MoveLabel: lambda h, _: MoveLabel(label=_label(h), step=1),
    SetLabels: lambda h, o: SetLabels(card=h.card(o), add=(_label(h),), remove=(_worn(h, o),)),
    SetMembers: lambda h, o: SetMembers(card=h.card(o), add=(h.user("ana"), h.user("rui"))),
    AddTask: lambda h, o: AddTask(card=h.card(o), text="mandar o contrato"),
    EditTask: lambda h, o: EditTask(task=_task(h, o), text="mandar o contrato novo"),
    TickTask: lambda h, o: TickTask(task=_task(h, o)),
    DeleteTask: lambda h, o: DeleteTask(task=_task(h, o)),
    OrderTask: lambda h, o: OrderTask(task=_task(h, o), step=1),
    MoveToBoard: _to_board,
    ConvertToCustomer: lambda h, o: ConvertToCustomer(card=h.card(o)),
    ConvertToService: _to_service,
    AddProfile: lambda h, _: AddProfile(name="Estágio"),
    EditProfile: lambda h, _: EditProfile(profile=_idle_profile(h), name="Estagiários"),
    DeactivateProfile: lambda h, _: DeactivateProfile(profile=_idle_profile(h)),
    ReactivateProfile: _reactivate_profile,
    AddTeam: lambda h, _: AddTeam(
        name="Jurídico", kind=TeamKind.RESPONSIBILITY_CENTER, manager=h.user("carla")
    ),
    EditTeam: lambda h, _: EditTeam(team=h.any_id("team"), name="Centro"),
    DeactivateTeam: lambda h, _: DeactivateTeam(team=_team(h)),
    ReactivateTeam: _reactivate_team,
    calendars.AddCalendar: lambda _h, _o: calendars.AddCalendar(name="Filial", state="RJ", saturday="8-12"),
    calendars.EditCalendar: lambda h, _: calendars.EditCalendar(
        calendar=_calendar(h), monday="9-12 13-18", tuesday="=", state="RJ"
    ),
    calendars.DeactivateCalendar: lambda h, _: calendars.DeactivateCalendar(calendar=_calendar(h)),
    calendars.ReactivateCalendar: _calendar_off,
    calendars.FillHolidays: lambda h, _: calendars.FillHolidays(calendar=_calendar(h), until=2030),
    calendars.AddCalendarDay: lambda h, _: calendars.AddCalendarDay(
        calendar=_calendar(h), name="Balanço", start_on=date(2026, 12, 28), end_on=date(2026, 12, 30)
    ),
    calendars.EditCalendarDay: lambda h, _: calendars.EditCalendarDay(
        calendar_day=_day_off(h), working=True, hours="8-12"
    ),
    calendars.RemoveCalendarDay: lambda h, _: calendars.RemoveCalendarDay(calendar_day=_day_off(h)),
    calendars.AddLeave: lambda h, o: calendars.AddLeave(
        user=h.user(o), name="Médico", start_on=date(2026, 12, 3), hours="14-16"
    ),
    calendars.EditLeave: lambda h, o: calendars.EditLeave(leave=_leave(h, o), end_on=date(2026, 12, 10)),
    calendars.RemoveLeave: lambda h, o: calendars.RemoveLeave(leave=_leave(h, o)),
    calendars.AddLocalHoliday: lambda _h, _o: calendars.AddLocalHoliday(
        state="SP", city="Santos", day="26/01", name="Aniversário de Santos"
    ),
    calendars.EditLocalHoliday: lambda h, _: calendars.EditLocalHoliday(
        local_holiday=_city_day(h), name="Aniversário de Campinas"
    ),
    calendars.DeactivateLocalHoliday: lambda h, _: calendars.DeactivateLocalHoliday(
        local_holiday=_city_day(h)
    ),
    calendars.ReactivateLocalHoliday: _city_day_off,
    AddPartyClass: lambda _h, _o: AddPartyClass(name="Ouro"),
    EditPartyClass: lambda h, _: EditPartyClass(party_class=h.any_id("party_class"), name="Prata"),
    MovePartyClass: lambda h, _: MovePartyClass(party_class=h.any_id("party_class"), step=1),
    DeactivatePartyClass: lambda h, _: DeactivatePartyClass(party_class=h.any_id("party_class", 1)),
    ReactivatePartyClass: _reactivate_party_class,
    AddMediaSource: lambda _h, _o: AddMediaSource(name="Outdoor"),
    EditMediaSource: lambda h, _: EditMediaSource(media_source=h.any_id("media_source"), name="Busca"),
    MoveMediaSource: lambda h, _: MoveMediaSource(media_source=h.any_id("media_source"), step=1),
    DeactivateMediaSource: lambda h, _: DeactivateMediaSource(media_source=h.any_id("media_source", 1)),
    ReactivateMediaSource: _reactivate_media_source,
    AddChannel: lambda _h, _o: AddChannel(name="Rádio"),
    registers.AddAction: lambda _h, _o: registers.AddAction(name="Demonstração"),
    registers.EditAction: lambda h, _: registers.EditAction(action=h.any_id("action_type"), name="Retorno"),
    registers.MoveAction: lambda h, _: registers.MoveAction(action=h.any_id("action_type"), step=1),
    registers.DeactivateAction: lambda h, _: registers.DeactivateAction(action=h.any_id("action_type", 3)),
    registers.ReactivateAction: lambda h, _: registers.ReactivateAction(
        action=_out_of_use(h, "action_type", registers.DeactivateAction, "action")
    ),
    registers.AddResult: lambda _h, _o: registers.AddResult(name="Caixa postal"),
    registers.EditResult: lambda h, _: registers.EditResult(result=h.any_id("result"), delay_days=3),
    registers.MoveResult: lambda h, _: registers.MoveResult(result=h.any_id("result"), step=1),
    registers.DeactivateResult: lambda h, _: registers.DeactivateResult(result=h.any_id("result", 2)),
    registers.ReactivateResult: lambda h, _: registers.ReactivateResult(
        result=_out_of_use(h, "result", registers.DeactivateResult, "result")
    ),
    registers.AddResultDetail: lambda h, _: registers.AddResultDetail(
        result=h.any_id("result"), name="Achou caro"
    ),
    registers.EditResultDetail: lambda h, _: registers.EditResultDetail(
        result_detail=detail(h), name="Quer pensar"
    ),
    registers.MoveResultDetail: lambda h, _: registers.MoveResultDetail(result_detail=detail(h), step=1),
    registers.DeactivateResultDetail: lambda h, _: registers.DeactivateResultDetail(result_detail=detail(h)),
    registers.ReactivateResultDetail: lambda h, _: registers.ReactivateResultDetail(
        result_detail=detail(h, active=False)
    ),
    registers.AddMedium: lambda _h, _o: registers.AddMedium(name="Carta"),
    registers.EditMedium: lambda h, _: registers.EditMedium(medium=h.any_id("contact_medium"), name="Fone"),
    registers.MoveMedium: lambda h, _: registers.MoveMedium(medium=h.any_id("contact_medium"), step=1),
    registers.DeactivateMedium: lambda h, _: registers.DeactivateMedium(medium=h.any_id("contact_medium", 1)),
    registers.ReactivateMedium: lambda h, _: registers.ReactivateMedium(
        medium=_out_of_use(h, "contact_medium", registers.DeactivateMedium, "medium")
    ),
    campaigns.AddCampaign: lambda _h, _o: campaigns.AddCampaign(name="Reativar inativos"),
    campaigns.EditCampaign: lambda h, _: campaigns.EditCampaign(campaign=campaign(h), name="Visitas"),
    campaigns.MoveCampaign: lambda h, _: campaigns.MoveCampaign(campaign=campaign(h), step=1),
    campaigns.DeactivateCampaign: lambda h, _: campaigns.DeactivateCampaign(campaign=campaign(h)),
    campaigns.ReactivateCampaign: lambda h, _: campaigns.ReactivateCampaign(
        campaign=campaign(h, active=False)
    ),
    campaigns.AddCampaignAction: lambda h, _: campaigns.AddCampaignAction(
        campaign=campaign(h), action=h.any_id("action_type", 4)
    ),
    campaigns.EditCampaignAction: lambda h, _: campaigns.EditCampaignAction(
        campaign_action=campaign_action(h), is_default=True
    ),
    campaigns.MoveCampaignAction: lambda h, _: campaigns.MoveCampaignAction(
        campaign_action=campaign_action(h), step=1
    ),
    campaigns.RemoveCampaignAction: lambda h, _: campaigns.RemoveCampaignAction(
        campaign_action=campaign_action(h)
    ),
    campaigns.AddCampaignResult: lambda h, _: campaigns.AddCampaignResult(
        campaign_action=campaign_action(h), result=h.any_id("result"), leads="loss"
    ),
    campaigns.EditCampaignResult: lambda h, _: campaigns.EditCampaignResult(
        campaign_result=campaign_result(h), delay_days=3
    ),
    campaigns.MoveCampaignResult: lambda h, _: campaigns.MoveCampaignResult(
        campaign_result=campaign_result(h), step=1
    ),
    campaigns.RemoveCampaignResult: lambda h, _: campaigns.RemoveCampaignResult(
        campaign_result=campaign_result(h)
    ),
    EditChannel: lambda h, _: EditChannel(channel=h.any_id("channel"), name="Página"),
    MoveChannel: lambda h, _: MoveChannel(channel=h.any_id("channel"), step=1),
    DeactivateChannel: lambda h, _: DeactivateChannel(channel=h.any_id("channel", 1)),
    ReactivateChannel: _reactivate_channel,
    AddCaseType: lambda _h, _o: AddCaseType(name="Garantia", max_attachment_mb=2),
    EditCaseType: lambda h, _: EditCaseType(case_type=h.any_id("case_type"), name="Venda nova"),
    MoveCaseType: lambda h, _: MoveCaseType(case_type=h.any_id("case_type"), step=1),
    DeactivateCaseType: lambda h, _: DeactivateCaseType(case_type=h.any_id("case_type", 1)),
    ReactivateCaseType: _reactivate_case_type,
    AddStandardText: lambda _h, _o: AddStandardText(code="ola", name="Saudação", body="Falei com {contato}."),
    EditStandardText: lambda h, _: EditStandardText(standard_text=h.any_id("template"), name="Ninguém"),
    MoveStandardText: lambda h, _: MoveStandardText(standard_text=h.any_id("template"), step=1),
    DeactivateStandardText: lambda h, _: DeactivateStandardText(standard_text=h.any_id("template", 1)),
    ReactivateStandardText: _reactivate_text,
    AddForm: lambda _h, _o: AddForm(name="Pós-venda"),
    EditForm: lambda h, _: EditForm(form=form(h), name="Visita técnica"),
    MoveForm: _move_form,
    DeactivateForm: lambda h, _: DeactivateForm(form=form(h)),
    ReactivateForm: lambda h, _: ReactivateForm(form=form(h, "Velha", active=False)),
    AddQuestion: lambda h, _: AddQuestion(
        form=form(h),
        label="Quais?",
        type=QuestionType.CHOICE,
        options="a\nb",
        only_if=question(h),
        only_is="x",
    ),
    EditQuestion: lambda h, _: EditQuestion(question=question(h), label="Com quem falou?"),
    MoveQuestion: lambda h, _: MoveQuestion(question=question(h), step=1),
    RemoveQuestion: lambda h, _: RemoveQuestion(question=question(h, 1)),
    AnswerForm: _answer_form,
    FillPerson: _fill_person,
    PlanStep: lambda h, o: PlanStep(card=h.card(o), when=date(2026, 11, 20), internal_on=date(2026, 11, 19)),
    Redate: lambda h, o: Redate(activity=h.step(o), when=HOUR),
    EditStep: lambda h, o: EditStep(
        activity=h.step(o), subject="Outro passo", internal_on=date(2026, 11, 20)
    ),
    Snooze: lambda h, o: Snooze(card=h.card(o), until=SOON, reason="de férias"),
    SkipContact: lambda h, o: SkipContact(card=h.card(o), reason="ocupado"),
    CancelStep: lambda h, o: CancelStep(activity=h.step(o)),
    FileNote: _file_note,
    AmendNote: lambda h, o: AmendNote(note=_note(h, o), body="Foi engano."),
    VoidNote: lambda h, o: VoidNote(note=_note(h, o), reason="era de outro cliente"),
    AddComment: lambda h, o: AddComment(card=h.card(o), body="volta na terça"),
    AttachFile: lambda h, o: AttachFile(card=h.card(o), filename="proposta.pdf", content=b"%PDF-1.7"),
    RemoveFile: lambda h, o: RemoveFile(attachment=_file(h, o)),
    NewParty: lambda _h, _o: NewParty(
        name="Marina Alves", phone="11977771234", email="m@x.com", company="Aurora"
    ),
    AddContact: lambda h, o: AddContact(organization=_organisation(h, o), person=h.party(o), role="dona"),
    EditContact: lambda h, o: EditContact(relation=_works_at(h, o), role="sócia"),
    ChooseMainContact: lambda h, o: ChooseMainContact(relation=_works_at(h, o)),
    EndContact: lambda h, o: EndContact(relation=_works_at(h, o)),
    ChangePerson: lambda h, owner: ChangePerson(
        party=h.party(owner), lifecycle=Lifecycle.FORMER, more_notes="x"
    ),
    once.AddDuplicateRule: lambda _h, _o: once.AddDuplicateRule(name="Novo", by_email=True),
    once.EditDuplicateRule: lambda h, _: once.EditDuplicateRule(
        duplicate_rule=h.any_id("duplicate_rule"), name="Outro"
    ),
    once.MoveDuplicateRule: lambda h, _: once.MoveDuplicateRule(
        duplicate_rule=h.any_id("duplicate_rule"), step=1
    ),
    once.DeactivateDuplicateRule: _rule_in_use,
    once.ReactivateDuplicateRule: lambda h, _: once.ReactivateDuplicateRule(
        duplicate_rule=h.any_id("duplicate_rule", 1)
    ),
    once.MergeParties: lambda h, o: once.MergeParties(party=h.party(o), merged=_beside(h, o)),
    once.TellApart: lambda h, o: once.TellApart(party=h.party(o), other=_beside(h, o)),
    AddAddress: lambda h, o: AddAddress(party=h.party(o), street="Rua do Porto, 7", city="Santos"),
    EditAddress: lambda h, o: EditAddress(address=_address(h, o), street="Rua do Porto, 9"),
    RemoveAddress: lambda h, o: RemoveAddress(address=_address(h, o)),
    AddContactPoint: lambda h, o: AddContactPoint(party=h.party(o), value="11 4002-8922", main=True),
    EditContactPoint: lambda h, o: EditContactPoint(
        contact_point=_way(h, o), value="11 4002-8933", opted_out=True
    ),
    RemoveContactPoint: lambda h, o: RemoveContactPoint(contact_point=_way(h, o)),
    GrantConsent: lambda h, o: GrantConsent(party=h.party(o), purpose=Purpose.MARKETING),
    RevokeConsent: lambda h, o: RevokeConsent(consent=_consent(h, o)),
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
    NoteExport: lambda _h, _o: NoteExport(what=What.PEOPLE, file="p.csv", rows=3),
    TakeInCard: lambda h, o: TakeInCard(
        subject="Negócio trazido",
        owner=h.user(o),
        value_one_off=9_900_00,
        won=True,
        closed_on=date(2026, 11, 18),
        party_name="Zé Trazido",
        emails=("ze@trazido.com",),
        source="d.csv",
    ),
    TakeInActivity: lambda h, o: TakeInActivity(
        card=h.card(o),
        when=date(2026, 11, 10),
        done=True,
        subject="Ligação trazida",
        text="Pediu preço",
        assignee=h.user(o),
        source="a.csv",
    ),
    TakeInNote: lambda h, o: TakeInNote(
        card=h.card(o), text="Nota trazida", when=date(2026, 11, 9), author=h.user(o), source="n.csv"
    ),
    layouts.AddImportLayout: lambda _h, _o: _layout("Novo"),
    layouts.EditImportLayout: lambda h, _: layouts.EditImportLayout(
        import_layout=_layout_there(h), name="Outro"
    ),
    layouts.MoveImportLayout: _two_layouts,
    layouts.DeactivateImportLayout: lambda h, _: layouts.DeactivateImportLayout(
        import_layout=_layout_there(h)
    ),
    layouts.ReactivateImportLayout: _layout_out_of_use,
    TakeIn: lambda _h, _o: TakeIn(name="Zé Novo", emails=("ze@x.com",), follow_up=SOON, source="c.csv"),
    SaveFilter: lambda _h, _o: SaveFilter(name="Paradas grandes", line="parado:sim valor:>5000", shortcut=3),
    EditFilter: lambda h, o: EditFilter(saved=_view(h, o), name="Outro nome", line="vence:hoje"),
    DeleteFilter: lambda h, o: DeleteFilter(saved=_view(h, o)),
    UndoBatch: lambda h, o: UndoBatch(batch=_batch_of(h, o)),
    RedoBatch: _redo,
    **booked.SAMPLES,
    **offered.SAMPLES,  # after the undo: what it takes back is built on by items
}
ABOUT_A_RECORD = {
    *(NewCard, EditCard, MoveCard, HandOver, PlanStep, Redate, EditStep, CancelStep),
    *(Snooze, SkipContact),
    *(OrderCard, WinCard, LoseCard, ReopenCard, ArchiveCard, UnarchiveCard, DeleteCard),
    *(MoveToBoard, ConvertToCustomer, ConvertToService),
    *(FileNote, AddComment, AttachFile, EditParty, UndoBatch, RedoBatch),
    *(once.MergeParties, once.TellApart),
    *(AddAddress, EditAddress, RemoveAddress),
    *(AddContactPoint, EditContactPoint, RemoveContactPoint, GrantConsent, RevokeConsent),
    AnswerForm,
    FillPerson,
    *(SetLabels, SetMembers, AddTask, EditTask, TickTask, DeleteTask, OrderTask, RemoveFile),
    *offered.ABOUT_A_RECORD,
    *booked.ABOUT_A_RECORD,
}
"""Those whose permission is held against an owner; the others are about nobody's record or one's own."""
