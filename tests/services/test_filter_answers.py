"""What each field of the filter dialog finds in the store, after the deeds that it asks about.

Rows K36, K37, K40, K44, K45, K47 and K48.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from house import House, card_secret, do

from crm_tui.domain.filter import Filter, Place, read
from crm_tui.services.board.commands import ArchiveCard
from crm_tui.services.board.move_commands import ConvertToCustomer, ConvertToService
from crm_tui.services.core.crm import Crm
from crm_tui.services.filter import views
from crm_tui.services.label.commands import AddLabel, AddTask, SetLabels, TickTask
from crm_tui.store.rows import Rows
from crm_tui.store.tables import Card, Party

LONG_AGO = datetime(2020, 3, 5, 15, tzinfo=UTC)
Deed = Callable[[House, Crm], object]


def _registered(house: House, crm: Crm) -> None:
    with crm.store.writing() as connection:
        Rows(connection).update(Party, house.party("bia"), created_at=LONG_AGO)
        Rows(connection).update(Card, house.card("beto"), opened_at=LONG_AGO)


def _labelled(house: House, crm: Crm) -> None:
    label = do(crm, AddLabel(name="morno-raro")).entity_id or 0
    do(crm, SetLabels(card=house.card("bia"), add=(label,)))


def _with_tasks(house: House, crm: Crm) -> None:
    do(crm, AddTask(card=house.card("bia"), text="ligar"))
    do(crm, AddTask(card=house.card("beto"), text="medir"))
    of_beto = "SELECT id FROM checklist_item WHERE card_id = ? AND done_at IS NULL"
    for (task,) in house.rows(of_beto, house.card("beto")):
        do(crm, TickTask(task=task))


def _archived(house: House, crm: Crm) -> None:
    do(crm, ArchiveCard(card=house.card("bia")))


def _converted(house: House, crm: Crm) -> None:
    do(crm, ConvertToCustomer(card=house.card("bia"), board=None))


def _served(house: House, crm: Crm) -> None:
    board = house.one("SELECT id FROM board WHERE kind = 'ticket'")
    do(crm, ConvertToService(card=house.card("bia"), board=board, owner=house.user("dora")))


ASKED: list[tuple[str, Deed, str, set[str]]] = [
    ("K36", _registered, "criado:01/03/2020..31/03/2020", {"beto"}),
    ("K36", _registered, "criado:06/03/2020..31/03/2020", set()),
    ("K37", _registered, "cadastro:01/03/2020..31/03/2020", {"bia"}),
    ("K40", _labelled, "etiqueta:morno-raro", {"bia"}),
    ("K40", _labelled, "-etiqueta:morno-raro", {"beto"}),
    ("K44", _with_tasks, "tarefas:sim", {"bia"}),
    ("K44", _with_tasks, "tarefas:não", {"beto"}),
    ("K45", _archived, "", {"beto"}),
    ("K45", _archived, "arquivado:sim", {"bia"}),
    ("K45", _archived, "arquivado:todos", {"bia", "beto"}),
    ("K47", _converted, "convertido:sim status:todos", {"bia"}),
    ("K47", _converted, "convertido:não status:todos", {"beto"}),
    ("K48", _served, "serviço:sim", {"bia"}),
    ("K48", _served, "serviço:não", {"beto"}),
]


@pytest.mark.parametrize(
    ("row", "deed", "line", "expected"), ASKED, ids=[f"{r} {line}" for r, _, line, _ in ASKED]
)
def test_the_store_answers_what_the_dialog_asks(
    house: House, row: str, deed: Deed, line: str, expected: set[str]
) -> None:
    crm = house.open()
    deed(house, crm)
    found = read(line, crm.read(views.world, Place.BOARD, "pt-BR"))
    assert isinstance(found, Filter)
    answer = {*crm.read(views.cards, found).ids}
    titles = {
        login: house.one("SELECT id FROM card WHERE title = ?", card_secret(login))
        for login in ("bia", "beto")
    }
    assert {login for login, card in titles.items() if card in answer} == expected
