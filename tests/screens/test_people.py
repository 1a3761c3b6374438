"""Pessoas, Pessoa and Localizar by keyboard: whoever is on the line is found by any piece of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.services.board import views as boards
from crm_tui.services.party import views as parties
from crm_tui.services.trail import views as trails
from tests.conftest import Clock
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("pt")


@pytest.mark.parametrize(
    "typed",
    [
        "mari al",  # pieces of words, without accents
        "alv MARINA",  # in any order, in capitals
        "(11) 98888-1234",
        "+55 11 98888 1234",
        "98888",  # from the local part
        "8888123",  # without the ninth digit
        "1234",  # the end
        "marina@padariaaurora",
        "pe-00002",
    ],
)
async def test_any_piece_of_a_person_finds_them(demo_db: Path, clock: Clock, typed: str) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type(typed)
        await ana.sees("Marina Alves", "(11) 98888-1234")


async def test_the_other_deeds_of_a_person_are_said_whole_in_60_columns(
    demo_db: Path, clock: Clock, pt: None
) -> None:
    async with at_work(demo_db, clock=clock, size=(60, 20)) as ana:
        await ana.press("4")
        await ana.type("marina alves")
        await ana.sees("Padaria Aurora")
        await ana.press("enter", "enter")
        await ana.sees("OP-0142")
        await ana.press("o")
        await ana.sees("próximos, anteriores e excluídos", "Este cartão está aberto: nada a reabrir.")


async def test_a_slash_before_the_words_is_the_key_that_leads_there(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4", "/")
        await ana.type("padaria")
        await ana.sees("Padaria Aurora")
        await ana.gone("/padaria")


async def test_the_preview_tells_who_their_cards_and_what_was_said_last(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("marina alves")
        await ana.sees("1 de 1", "Padaria Aurora", "OP-0142", "PDV 3 caixas", "Pediu 5% de desconto")


async def test_enter_waits_for_the_answer_to_what_was_typed(demo_db: Path, clock: Clock) -> None:
    """Keys that arrive together must not act on the row of an older answer."""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.press(*"oficina", "enter", "enter")
        await ana.sees("Oficina do Zé", "Cartões")
        assert type(ana.app.screen).__name__ == "PersonScreen"


async def test_what_is_typed_ahead_of_an_answer_goes_to_whom_it_finds(demo_db: Path, clock: Clock) -> None:
    """`enter` leaves the line by messages of its own; the keys behind it wait for all of them."""
    from textual import events

    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("down", "down", "ctrl+k")
        for char in "99765":
            ana.app.post_message(events.Key(char, char))
        ana.app.post_message(events.Key("enter", "\r"))
        for char in "pOi":
            ana.app.post_message(events.Key(char, char))
        await ana.sees("Parecer", "Restaurante Dona Benta", "▌Oi")


async def test_the_last_row_makes_a_person_of_what_was_typed(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("Zulmira Quixadá")
        await ana.sees("Ninguém tem isso.", "cria “Zulmira Quixadá”")
        await ana.press("enter", "enter")
        await ana.sees("Nova pessoa", "Zulmira Quixadá")
        await ana.type("11977776666")
        await ana.press("ctrl+s")
        await ana.sees("Pessoa cadastrada", "(11) 97777-6666")
        hit = ana.crm.read(parties.search, "zulmira").hits[0]
        assert hit.phone == "+5511977776666"
        await ana.press("u")
        await ana.sees("Ninguém tem isso.")


async def test_esc_empties_the_line_then_leaves_it_so_that_digits_change_the_mode(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("marina")
        await ana.sees("Marina Alves")
        await ana.press("escape")
        await ana.sees("nome, CPF ou CNPJ")
        await ana.press("escape", "1")
        await ana.sees("Em aberto")


async def test_p_on_a_person_writes_on_the_open_card_first(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("ricardo sampaio")
        await ana.sees("Eng. Ricardo Sampaio")
        await ana.press("down", "p")
        await ana.sees("Parecer")
        party = ana.crm.read(parties.search, "ricardo sampaio").hits[0].id
        card = next(c for c in ana.crm.read(boards.of_party, party) if c.status == "open")
        await ana.sees(card.number)


async def test_a_person_whole_all_cards_and_one_story(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("marina alves")
        await ana.sees("1 de 1")
        await ana.press("enter", "enter")
        await ana.sees(
            "Marina Alves", "marina@padariaaurora.com.br", "OP-0142", "OP-0087", "Ligação, Positivo"
        )
        assert "OP-0142" in ana.row_of_cursor()
        await ana.press("tab")
        assert ana.row_of_cursor().startswith("▌14:02  ana")  # one pane has the bar: the story, focused now
        await ana.press("down", "enter")
        await ana.sees("Padaria Aurora", "OP-0142")
        await ana.press("escape")
        await ana.sees("Marina Alves")


async def test_editing_a_person_sends_only_what_changed(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("marina alves")
        await ana.sees("1 de 1")
        await ana.press("down", "e")
        await ana.sees("Editar pessoa", "(11) 98888-1234")
        await ana.type(" Prado")
        await ana.press("ctrl+s")
        await ana.sees("Marina Alves Prado", "Cadastro alterado")
        hit = ana.crm.read(parties.search, "marina prado").hits[0]
        entry = ana.crm.read(trails.of_party, hit.id)[0]
        images = ana.crm.read(trails.changes, [entry])[entry.id]
        assert [set(image.after or ()) - {"version", "name_key"} for image in images] == [{"name"}]


async def test_an_address_and_a_wish_are_typed_and_told(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("marina alves")
        await ana.sees("1 de 1")
        await ana.press("enter", "enter")
        await ana.sees("Cartões", "(11) 98888-1234")
        await ana.press("e")
        await ana.sees("Editar pessoa")
        await ana.press(*["tab"] * 9)
        await ana.type("Rua Augusta, 1200")
        await ana.press("tab")
        await ana.type("São Paulo")
        await ana.press("tab")
        await ana.type("sp")
        await ana.press("tab", "tab", "s")
        await ana.press("ctrl+s")
        await ana.sees("Cadastro alterado", "(11) 98888-1234 não ligar", "Rua Augusta, 1200   São Paulo SP")
        await ana.press("u")
        await ana.gone("não ligar")


async def test_brackets_walk_through_the_people_that_were_found(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("mari al")
        await ana.sees("6 de 1")
        await ana.press("down", "enter")
        await ana.sees("1 de 6", "Marina Alves")
        await ana.press("right_square_bracket")
        await ana.sees("2 de 6", "Almir Marinho")
        await ana.press("left_square_bracket", "left_square_bracket")
        await ana.sees("Marina Alves", "Não há outra pessoa")


async def test_find_anywhere_and_call_back_in_eight_keys(demo_db: Path, clock: Clock) -> None:
    """JOBS 4: `ctrl+k “8888” enter p “…” tab 2 tab “+2h” ctrl+s esc`."""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("down")
        await ana.press("ctrl+k")
        await ana.type("8888")
        await ana.sees("Marina Alves", "(11) 98888-1234")
        await ana.press("enter", "p")
        await ana.sees("Parecer", "OP-0142")
        await ana.press("ctrl+a", "backspace")
        await ana.type("Retornei, caixa postal.")
        await ana.press("ctrl+s")
        await ana.sees("Marina Alves")
        await ana.press("escape")
        await ana.sees("Em aberto")


async def test_find_from_the_editor_comes_back_to_the_same_letter(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Pediu o contato de")
        await ana.press("left", "left", "ctrl+k")
        await ana.type("op-0133")
        await ana.sees("OP-0133  Hotel Serra Azul", "(49) 99107-3345")
        await ana.press("escape")
        await ana.type("X")
        await ana.sees("Pediu o contato Xde")


async def test_find_shows_nobody_whom_the_viewer_may_not_see(demo_db: Path, clock: Clock) -> None:
    """davi is of support: ana's cards do not appear beside a person whom he may know."""
    async with at_work(demo_db, login="davi", clock=clock) as davi:
        await davi.press("ctrl+k")
        await davi.type("op-0142")
        await davi.sees("Nenhuma pessoa, cartão ou parecer tem isso.")


async def test_find_shows_people_cards_and_notes_each_under_its_heading(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("ctrl+k")
        await ana.type("padraia")  # a slip: nobody is called so
        await ana.sees("Pessoas", "Padaria Aurora")
        await ana.press("ctrl+k")
        await ana.type("desconto")
        await ana.sees("Pareceres", "OP-0142", "Pediu 5% de desconto")
        await ana.press("enter")
        await ana.sees("Padaria Aurora", "OP-0142", "Linha do tempo")


async def test_localizar_opens_on_what_one_used_last(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("ctrl+k")
        await ana.type("benta carvalho")
        await ana.sees("Benta Carvalho")
        await ana.press("enter")
        await ana.sees("Cartões")
        opened = ana.app.screen.party  # type: ignore[attr-defined]
        await ana.until(lambda: ana.crm.read(parties.lately).hits[0].id == opened, "not remembered")
        await ana.press("escape", "ctrl+k")
        await ana.sees("pessoa, telefone")
        assert ana.app.screen.answers[0].hit.id == opened  # type: ignore[attr-defined]


async def test_a_number_that_nobody_has_goes_to_the_phone_of_the_new_person(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("11955554321")
        await ana.sees("Ninguém tem isso.")
        await ana.press("enter", "enter")
        await ana.sees("Nova pessoa")
        form = ana.app.screen
        assert form.raw()["phone"] == "11955554321"  # type: ignore[attr-defined]
        assert form.raw()["name"] == ""  # type: ignore[attr-defined]


async def test_a_date_is_still_echoed_in_a_form_after_people_was_seen(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.sees("nome, CPF ou CNPJ")
        await ana.press("escape", "1")
        await ana.press("R")
        await ana.type("30/11 16h")
        await ana.sees("→ seg 30/11 16:00")


async def test_where_somebody_works_is_listed_and_added_to(demo_db: Path, clock: Clock) -> None:
    """Of a person the organisation is not known beforehand: the program ended as the list was shown."""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.until(lambda: ana.app.warm, "the commands are not loaded")
        await ana.press("4")
        await ana.type("marina alves")
        await ana.press("enter", "enter", "o", "6")
        await ana.sees("Contato de", "Padaria Aurora")
        await ana.press("n")
        await ana.sees("Novo contato", "Empresa", "Marina Alves")


async def test_the_contacts_of_an_organisation_are_kept_by_keyboard(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("padaria aurora")
        await ana.press("enter", "enter", "o", "6")
        await ana.sees("Contatos", "Marina Alves", "principal  (11) 98888-1234", "Antônio Alves", "sócio")
        await ana.press("down", "o", "p")
        await ana.sees("Contato principal escolhido")
        shown = ana.text()
        assert shown.index("Antônio Alves") < shown.index("Marina Alves")
        await ana.press("u")
        await ana.press("home", "e")
        await ana.sees("Editar contato", "Marina Alves · Padaria Aurora")
        await ana.press("escape", "n")
        await ana.type("ze")
        await ana.press("escape", "escape")


async def test_a_filter_that_finds_nobody_says_so_and_makes_no_person_of_it(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("fase:clientev")
        await ana.sees("Ninguém tem isso.", "esc esvazia a linha")
        await ana.gone("cria “")
        await ana.press("escape", "escape")
        await ana.sees("de 120", "Maria de Lima Moreira")
