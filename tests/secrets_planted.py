"""What an operator may not see, of every kind, each with a word of its own that no other row of the base holds.

Planted into a copy of the small company, behind what was there, so that who may not see it is answered the same by both
copies: no row, count, name or order may tell them apart. Knows no screen.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from house import House, do, done

from crm_tui.domain.access import BoardRight
from crm_tui.domain.board import CardKind, ReopenMode
from crm_tui.domain.consent import Purpose
from crm_tui.domain.export import What
from crm_tui.domain.filter_tree import Place
from crm_tui.domain.form import QuestionType
from crm_tui.domain.gate import GateKind
from crm_tui.domain.party import PartyKind
from crm_tui.services.access.commands import SetPin
from crm_tui.services.agenda.commands import (
    BookAppointment,
    DeleteAppointment,
    EditAppointment,
    MissAppointment,
)
from crm_tui.services.board.commands import (
    AddBoard,
    AddStage,
    AddTemplate,
    ArchiveCard,
    AttachToTemplate,
    DeleteCard,
    EditBoard,
    EditCard,
    LoseCard,
    NewCard,
    ReopenCard,
    SetBoardMember,
    WinCard,
)
from crm_tui.services.canned.commands import AddStandardText
from crm_tui.services.casetype.commands import AddCaseType
from crm_tui.services.core.pins import Approval
from crm_tui.services.export.commands import NoteExport
from crm_tui.services.filter.commands import DeleteFilter, EditFilter, SaveFilter
from crm_tui.services.followup.commands import PlanStep, Snooze
from crm_tui.services.form.commands import AddForm, AddQuestion, AnswerForm, FillPerson
from crm_tui.services.gate.commands import AddGate, AddTransition
from crm_tui.services.label.commands import AddLabel, AddTask, SetLabels, SetMembers
from crm_tui.services.note.commands import AddComment, AmendNote, AttachFile, FileNote, RemoveFile
from crm_tui.services.offer.commands import AddCardItem, AddOffer, AddOfferItem
from crm_tui.services.once.commands import MergeParties
from crm_tui.services.party.commands import (
    AddAddress,
    AddContact,
    AddContactPoint,
    EditParty,
    GrantConsent,
    NewParty,
)
from crm_tui.services.trail.commands import RedoBatch, UndoBatch

WORD = "Segredo-Zz9"
"""What every planted word begins with."""
FOLDED = WORD.lower()
SOON = date(2026, 11, 25)
AT = datetime(2026, 12, 2, 17, 0, tzinfo=UTC)
"""An hour of a planted appointment: that its time is taken is no secret, what it is about is one."""
PIN = "47110816"
"""By which ana approves."""


def word(what: str) -> str:
    """The word of one planted thing."""
    return f"{WORD}-{what}"


def _form(house: House, name: str) -> int:
    return int(house.one("SELECT id FROM form WHERE name = ?", name))


def _card(house: House, login: str, **more: Any) -> int:
    return do(house.open(login), NewCard(**more)).entity_id or 0


def _life(house: House, card: int, about: str, login: str = "ana") -> None:
    """Everything that happens to a card, said in words of its own."""
    crm = house.open(login)
    do(crm, EditCard(card=card, description=word(f"{about}-descricao"), value_recurring=12_345_67))
    do(crm, FileNote(card=card, body=word(f"{about}-parecer"), result=house.any_id("result")))
    note = house.one("SELECT max(id) FROM note")
    do(crm, AmendNote(note=note, body=word(f"{about}-correcao")))
    do(crm, AddComment(card=card, body=word(f"{about}-comentario")))
    do(crm, AttachFile(card=card, filename=word(f"{about}-arquivo.pdf"), content=WORD.encode()))
    do(crm, AttachFile(card=card, filename=word(f"{about}-tirado.pdf"), content=WORD.encode() * 2))
    do(crm, RemoveFile(attachment=house.one("SELECT max(id) FROM attachment")))
    do(crm, AddTask(card=card, text=word(f"{about}-tarefa")))
    step = do(crm, PlanStep(card=card, when=SOON, subject=word(f"{about}-passo"))).entity_id
    do(crm, Snooze(card=card, until=SOON + timedelta(days=1), reason=word(f"{about}-adiado")))
    do(crm, EditAppointment(activity=step, location=word(f"{about}-lugar"), when=AT, anyway=True))
    missed = do(crm, PlanStep(card=card, when=SOON, subject=word(f"{about}-perdido"))).entity_id
    do(crm, MissAppointment(activity=missed, reason=word(f"{about}-falta")))
    gone = do(
        crm, BookAppointment(card=card, when=AT, subject=word(f"{about}-excluido"), anyway=True)
    ).entity_id
    do(crm, DeleteAppointment(activity=gone, reason=word(f"{about}-porque")))
    do(crm, AnswerForm(card=card, form=_form(house, "Visita"), answers={"quem": word(f"{about}-resposta")}))


def _endings(house: House, about: str, login: str = "ana", **where: Any) -> None:
    """Cards that are deleted, taken back, brought back, archived, lost and won."""
    crm = house.open(login)
    made = {
        what: _card(house, login, subject=word(f"{about}-{what}"), **where)
        for what in ("apagado", "trazido", "guardado", "lost")
    }
    of_nobody = {
        key: value for key, value in where.items() if key != "party"
    }  # a sale makes a customer, whom all see
    made["ganho"] = _card(house, login, subject=word(f"{about}-ganho"), **of_nobody)
    do(crm, DeleteCard(card=made["apagado"]))
    do(crm, DeleteCard(card=made["trazido"]))
    do(crm, UndoBatch())
    do(crm, ArchiveCard(card=made["guardado"]))
    do(crm, LoseCard(card=made["lost"], reason=house.any_id("loss_reason"), note=word(f"{about}-motivo")))
    do(crm, WinCard(card=made["ganho"]))
    _card(house, login, subject=word(f"{about}-desfeito"), **where)
    do(crm, UndoBatch())
    do(crm, RedoBatch())
    do(crm, UndoBatch())


def behind_the_wall(house: House) -> None:
    """A board of which nobody is a member but beto, with everything that a board may have."""
    ana = house.open()
    board = (
        do(ana, AddBoard(name=word("quadro"), number_prefix="ZQQ", kind=CardKind.OPPORTUNITY)).entity_id or 0
    )
    do(ana, EditBoard(board=board, restricted=True))
    do(ana, SetBoardMember(board=board, user=house.user("beto"), may=BoardRight.ATTEND))
    first = do(ana, AddStage(board=board, name=word("entrada"))).entity_id or 0
    stage = do(ana, AddStage(board=board, name=word("etapa"), stale_days=1)).entity_id or 0
    do(ana, AddTransition(stage=first, label=word("resposta-da-etapa"), to=stage))
    do(ana, AddGate(stage=stage, kind=GateKind.DEAL_VALUE))
    do(ana, AddLabel(name=word("etiqueta"), board=board))
    label = house.one("SELECT max(id) FROM label")
    base = do(ana, AddTemplate(board=board, name=word("base"), tasks=word("base-tarefa"))).entity_id
    do(ana, AttachToTemplate(template=base, filename=word("base.pdf"), content=b"%PDF"))
    kind = do(ana, AddCaseType(name=word("tipo"), board=board)).entity_id
    do(ana, AddStandardText(code="zz9", name=word("texto"), body=word("texto-corpo"), case_type=kind))
    offer = do(ana, AddOffer(name=word("oferta"), board=board)).entity_id
    do(ana, AddOfferItem(offer=offer, name=word("oferta-item"), price=1_00))
    item = house.one("SELECT max(id) FROM offer_item")
    form = do(ana, AddForm(name=word("formulario"), board=board, on_card=True)).entity_id
    do(ana, AddQuestion(form=form, label=word("campo")))
    do(
        ana,
        AddQuestion(
            form=form, label=word("escolha"), type=QuestionType.CHOICE, options=f"{word('opcao')}\noutra"
        ),
    )
    party = house.party("bia")
    card = _card(house, "ana", subject=word("cartao"), board=board, party=party, owner=house.user("beto"))
    keys = [k for (k,) in house.rows("SELECT key FROM field_def WHERE form_id = ? ORDER BY id", form)]
    do(ana, AnswerForm(card=card, form=form, answers={keys[0]: word("valor")}))
    do(ana, SetLabels(card=card, add=(label,)))
    do(ana, SetMembers(card=card, add=(house.user("beto"),)))
    do(ana, AddCardItem(card=card, item=item, qty=3))
    do(ana, EditCard(card=card, contact=house.party("beto"), offer=offer, case_type=kind))
    _life(house, card, "muro")
    _endings(house, "muro", board=board, party=party)
    do(ana, SaveFilter(name=word("visao-do-muro"), place=Place.BOARD, line=f'quadro:"{word("quadro")}"'))
    do(
        ana,
        NoteExport(what=What.CARDS, file=word("exportado.csv"), rows=7, filter=f'quadro:"{word("quadro")}"'),
    )
    with ana.store.writing() as connection:
        connection.execute("UPDATE card SET stage_due_on = '2026-11-01' WHERE id = ?", (card,))
        connection.execute("UPDATE card SET last_touch_at = '2026-01-01T00:00:00.000Z' WHERE id = ?", (card,))


def of_another_team(house: House) -> None:
    """Cards of edu, of another team, on a board that is open to all."""
    ana, edu = house.open(), house.user("edu")
    board, party = house.any_id("board"), house.party("edu")
    card = _card(house, "ana", subject=word("do-edu"), board=board, party=party, owner=edu)
    with ana.store.writing() as connection:
        connection.execute("UPDATE card SET referrer_id = ? WHERE id = ?", (party, card))
    _life(house, card, "equipe", "edu")
    _endings(house, "equipe", "edu", board=board, party=party, owner=edu)
    won = house.one("SELECT id FROM card WHERE title = ?", word("equipe-ganho"))
    done(
        house.open("edu").run(
            ReopenCard(card=won, mode=ReopenMode.FULL, reason=word("reaberto")),
            approval=Approval("ana", PIN),
        )
    )


def of_edu_alone(house: House) -> None:
    """What edu has for himself: private views, drafts, appointments with nobody."""
    edu = house.open("edu")
    do(edu, SaveFilter(name=word("visao"), line=word("linha"), shortcut=9))
    do(edu, EditFilter(saved=house.one("SELECT max(id) FROM saved_filter"), name=word("visao-outra")))
    do(edu, SaveFilter(name=word("visao-apagada"), line=word("linha")))
    do(edu, DeleteFilter(saved=house.one("SELECT max(id) FROM saved_filter")))
    do(edu, UndoBatch())
    do(edu, RedoBatch())
    edu.drafts.save("FileNote", f"card:{house.card('edu')}", {"body": word("rascunho")}, {}, word("rascunho"))
    do(edu, BookAppointment(when=AT, subject=word("reuniao"), location=word("sala"), busy=False, anyway=True))
    private = BookAppointment(
        when=AT,
        subject=word("particular"),
        location=word("consultorio"),
        description=word("diagnostico"),
        private=True,
        busy=False,
        anyway=True,
    )
    made = do(edu, private).entity_id
    do(edu, EditAppointment(activity=made, location=word("outro-consultorio")))
    do(edu, DeleteAppointment(activity=made, reason=word("cancelado")))
    do(edu, UndoBatch())
    do(edu, private)
    do(edu, UndoBatch())


def people_of_edu(house: House) -> None:
    """People that are edu's, with all that belongs to a person: merged, deleted, taken back and joined."""
    ana, edu = house.open(), house.user("edu")
    made = {}
    for what, kind in (
        ("pessoa", PartyKind.PERSON),
        ("empresa", PartyKind.ORGANIZATION),
        ("mesclada", PartyKind.PERSON),
    ):
        made[what] = (
            do(ana, NewParty(name=word(what), kind=kind, owner=edu, email=f"{what}@{FOLDED}.com")).entity_id
            or 0
        )
    do(ana, EditParty(party=made["empresa"], trade_name=word("fantasia"), preferences=word("preferencia")))
    do(ana, AddContact(organization=made["empresa"], person=made["pessoa"], role=word("cargo")))
    do(ana, AddContactPoint(party=made["pessoa"], value="(11) 96666-7777"))
    do(ana, AddAddress(party=made["pessoa"], street=word("rua"), city=word("cidade")))
    do(ana, GrantConsent(party=made["pessoa"], purpose=next(iter(Purpose))))
    do(
        ana,
        FillPerson(party=made["pessoa"], form=_form(house, "Perfil"), answers={"apelido": word("apelido")}),
    )
    do(ana, AddComment(party=made["pessoa"], body=word("pessoa-comentario")))
    do(ana, AttachFile(party=made["pessoa"], filename=word("pessoa.pdf"), content=b"x"))
    do(ana, PlanStep(party=made["pessoa"], when=SOON, subject=word("pessoa-passo"), assignee=edu))
    do(ana, MergeParties(party=made["pessoa"], merged=made["mesclada"]))
    do(ana, NewParty(name=word("desfeita"), owner=edu))
    do(ana, UndoBatch())


def prepare(house: House) -> None:
    """What both copies have: forms that are answered, and a PIN to approve with."""
    ana = house.open()
    asked = {"Visita": ("Quem?", "Observações"), "Perfil": ("Apelido",)}
    for name, labels in asked.items():
        form = do(ana, AddForm(name=name, on_person=name == "Perfil")).entity_id
        for label in labels:
            do(ana, AddQuestion(form=form, label=label))
    do(ana, SetPin(pin=PIN, again=PIN))


Plant = Callable[[House], None]
HIDDEN_FROM: tuple[tuple[tuple[Plant, ...], tuple[str, ...]], ...] = (
    ((behind_the_wall,), ("carla",)),
    ((behind_the_wall, of_another_team, of_edu_alone), ("bia", "davi")),
    ((behind_the_wall, of_another_team, of_edu_alone, people_of_edu), ("nina",)),
)
"""What is planted together, and who must not see any of it."""


def twins(house: House, path: Path, *plants: Plant) -> House:
    """A second copy of this base, with what is planted; both are left closed."""
    house.close()
    shutil.copy(house.path, path)
    other = House(path, house.clock)
    for plant in plants:
        plant(other)
    other.close()
    return other
