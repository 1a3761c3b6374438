"""The parecer by keyboard: written, parked, taken up, filed, refused and cured, undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.domain.board import CardDetail
from crm_tui.domain.outcome import Done
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import EditCard, MoveCard
from crm_tui.services.followup import views
from crm_tui.services.trail import views as trails
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


async def test_files_closes_the_step_and_plans_the_next_in_one_batch(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.sees("Parecer", "Restaurante Dona Benta")
        await ana.type("Fechou com o frete incluso.")
        await ana.press("tab", "1", "tab")
        await ana.type("seg 14h")
        await ana.sees("23/11 14:00")
        await ana.press("ctrl+s")
        await ana.sees("gravado")
        card = ana.crm.read(boards.find, "OP-0113")[0]
        said = ana.crm.read(trails.said, card_id=card.id)[0]
        assert said.body == "Fechou com o frete incluso."
        assert said.result == "Positivo"
        entries = ana.crm.read(trails.of_card, card.id)
        batch = entries[0].batch
        assert {e.kind for e in entries if e.batch == batch} == {"note.filed", "activity.planned"}
        assert ana.crm.drafts.find("file_note", f"card:{card.id}") is None


async def test_esc_leaves_it_a_concluir_and_p_takes_it_up_where_the_cursor_stood(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Pela metade")
        await ana.press("left", "left", "tab", "2", "shift+tab", "escape")
        await ana.sees("¶3")
        await ana.press("p")
        await ana.sees("Pela metade", "Neutro", "salvo")
        await ana.type("X")
        await ana.sees("Pela metaXde")


async def test_a_missing_result_is_said_and_cured_in_place(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Sem resultado")
        await ana.press("ctrl+s")
        await ana.sees("Escolha o resultado")
        await ana.press("1", "ctrl+s")
        await ana.sees("gravado")


async def test_words_that_mean_no_date_are_said_never_guessed(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        before = ana.crm.read(views.queue)
        await ana.press("p")
        await ana.type("Texto")
        await ana.press("tab", "1", "tab")
        await ana.type("próxima sexta")
        await ana.press("ctrl+s")
        await ana.sees("próxima sexta", "20/11", "27/11")
        assert ana.crm.read(views.queue).keys == before.keys  # nothing was saved half


async def test_undo_of_the_filing_gives_the_text_back_as_a_draft(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        row = ana.crm.read(views.page, ana.crm.read(views.queue).keys[:1])[0]
        await ana.press("p")
        await ana.type("Volta como rascunho")
        await ana.press("tab", "1", "ctrl+s")
        await ana.sees("gravado")
        await ana.press("u")
        await ana.sees("Desfeito: Tarefa, Positivo", "U refaz")
        draft = ana.crm.drafts.find("file_note", f"card:{row.card_id}")
        assert draft is not None
        assert draft.text == "Volta como rascunho"
        again = ana.crm.read(views.page, [row.key])[0]
        assert (again.due_on, again.subject) == (row.due_on, row.subject)


async def test_moving_the_stage_from_the_parecer_is_part_of_the_same_transaction(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Subiu de etapa")
        await ana.press("tab", "1", "tab", "tab", "tab")
        await ana.type("neg")
        await ana.press("ctrl+s")
        await ana.sees("gravado")
        card = ana.crm.read(boards.find, "OP-0113")[0]
        detail = ana.crm.read(boards.detail, card.id)
        assert detail.stage == "Negociação"
        kinds = [e.kind for e in ana.crm.read(trails.of_card, card.id)][:2]
        assert "card.moved" in kinds


async def test_letters_and_digits_typed_in_the_editor_are_text(demo_db: Path, clock: Clock) -> None:
    text = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type(text)
        await ana.sees(text[:60])
        assert ana.app.screen.__class__.__name__ == "NoteEditor"


async def test_keys_typed_ahead_land_in_the_editor_that_they_opened(demo_db: Path, clock: Clock) -> None:
    """A whole sentence sent at once after `p` (a slow line, a fast hand) is typed, not obeyed by the list."""
    from textual import events

    async with at_work(demo_db, clock=clock) as ana:
        for char in "pFechou tudo, x G d":
            ana.app.post_message(events.Key({" ": "space", ",": "comma"}.get(char, char), char))
        await ana.sees("Fechou tudo, x G d")


async def test_a_quick_esc_and_letter_merged_by_the_terminal_are_two_keys(
    demo_db: Path, clock: Clock
) -> None:
    from textual import events

    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("space")
        await ana.sees("1 marcado")
        ana.app.post_message(events.Key("alt+p", "p"))
        await ana.sees("Parecer")
        assert "1 marcado" not in ana.text()


async def test_a_draft_does_not_take_the_card_back_to_the_stage_where_it_was_begun(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = ana.crm.read(boards.find, "OP-0113")[0].id
        there = ana.crm.read(boards.detail, card)
        await ana.press("p")
        await ana.type("Combinamos o frete")
        await ana.press("escape")
        further = next(
            s
            for s in ana.crm.read(boards.stages, there.board_id)
            if s.category == "open" and s.id != there.stage_id
        )
        carla = open_crm(demo_db, "carla", clock)
        assert isinstance(carla.run(MoveCard(card=card, stage=further.id)), Done)
        carla.store.close()
        await ana.press("p")
        await ana.sees("Combinamos o frete", further.name)
        await ana.press("tab", "1", "ctrl+s")
        await ana.sees("gravado")
        assert ana.crm.read(boards.detail, card).stage_id == further.id


async def test_a_stage_that_was_chosen_is_kept_with_the_draft(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Avança")
        ana.app.screen.inputs["stage"].focus()  # type: ignore[attr-defined]
        await ana.type("visita")
        await ana.press("tab", "escape")
        draft = ana.crm.drafts.find("file_note", ana.crm.drafts.list()[0].subject)
        assert draft is not None
        assert draft.payload["stage:label"] == "Visita"
        await ana.press("p")
        await ana.sees("Avança", "Visita")


async def _stage_chosen_and_left(ana: Operator, typed: str) -> CardDetail:
    """A parecer with a stage chosen on purpose, left unfinished; the card as it stood."""
    card: CardDetail = ana.crm.read(boards.detail, ana.crm.read(boards.find, "OP-0113")[0].id)
    await ana.press("p")
    await ana.type("Avança")
    await ana.press("tab", "1")
    ana.app.screen.inputs["stage"].focus()  # type: ignore[attr-defined]
    await ana.type(typed)
    await ana.press("tab", "escape")
    return card


def _moved_by_carla(db: Path, clock: Clock, card: CardDetail, name: str) -> None:
    carla = open_crm(db, "carla", clock)
    stage = next(s.id for s in carla.read(boards.stages, card.board_id) if s.name == name)
    assert isinstance(carla.run(MoveCard(card=card.id, stage=stage)), Done)
    carla.store.close()


@pytest.mark.parametrize(("keys", "stage"), [(["left"], "Visita"), (["right"], "Negociação")])
async def test_a_card_moved_since_the_stage_was_chosen_is_asked_and_not_overwritten(
    demo_db: Path, clock: Clock, keys: list[str], stage: str
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await _stage_chosen_and_left(ana, "visita")
        _moved_by_carla(demo_db, clock, card, "Negociação")
        await ana.press("p")
        await ana.sees("Avança", "Visita")
        await ana.press("ctrl+s")
        await ana.sees("carla", "Visita", "Negociação", card.stage)
        await ana.press("escape")
        await ana.sees("Avança", "carla moveu este cartão")
        assert ana.crm.read(boards.detail, card.id).stage == "Negociação"
        await ana.press("ctrl+s")  # looking away settles nothing: it is asked again
        await ana.sees("Visita", "Negociação")
        await ana.press(*keys, "ctrl+s")
        await ana.sees("gravado")
        assert ana.crm.read(boards.detail, card.id).stage == stage
        assert ana.crm.read(trails.said, card_id=card.id)[0].body == "Avança"


async def test_the_parecer_is_locked_as_well_while_it_is_saved_after_a_conflict(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_tui.screens.core.saving.SLOW", 0.0)
    async with at_work(demo_db, clock=clock) as ana:
        card = await _stage_chosen_and_left(ana, "visita")
        _moved_by_carla(demo_db, clock, card, "Negociação")
        await ana.press("p", "ctrl+s")
        await ana.sees("carla", "Visita", "Negociação")
        beto = open_crm(demo_db, "beto", clock)
        with beto.store.writing():
            await ana.pilot.press("ctrl+s")
            await ana.sees("Gravando…")
            await ana.pilot.press("comma")
        beto.store.close()
        await ana.sees("o que foi digitado durante a gravação não entrou", "1 Hoje")


async def test_what_else_changed_on_the_card_does_not_hinder_the_stage_that_was_chosen(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await _stage_chosen_and_left(ana, "visita")
        carla = open_crm(demo_db, "carla", clock)
        assert isinstance(carla.run(EditCard(card=card.id, subject="Outro assunto")), Done)
        carla.store.close()
        await ana.press("p", "ctrl+s")
        await ana.sees("gravado")
        assert ana.crm.read(boards.detail, card.id).stage == "Visita"


async def test_a_stage_left_alone_follows_the_card_when_its_data_was_edited_from_the_parecer(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = ana.crm.read(boards.detail, ana.crm.read(boards.find, "OP-0113")[0].id)
        await ana.press("p")
        await ana.type("Fica onde está")
        await ana.press("tab", "1")
        _moved_by_carla(demo_db, clock, card, "Negociação")
        await ana.press("f8")
        await ana.type("x")
        await ana.press("ctrl+s")
        await ana.sees("Fica onde está", "Negociação")
        await ana.press("ctrl+s")
        await ana.sees("gravado")
        assert ana.crm.read(boards.detail, card.id).stage == "Negociação"


async def test_a_quick_esc_and_capital_are_two_keys_too(demo_db: Path, clock: Clock) -> None:
    from textual import events

    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("space")
        await ana.sees("1 marcado")
        ana.app.post_message(events.Key("alt+shift+i", "I"))
        await ana.sees("de todos, o mais novo primeiro")


async def test_a_field_that_was_refused_is_right_again_once_it_is_filled(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Sem resultado")
        await ana.press("ctrl+s")
        await ana.sees("Escolha o resultado")
        result = ana.app.screen.query_one("#result")
        assert result.wrong  # type: ignore[attr-defined]
        await ana.press("1")
        assert not result.wrong  # type: ignore[attr-defined]


async def test_the_promise_of_the_drafts_stands_whole_on_a_small_screen(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(60, 20)) as ana:
        await ana.press("d")
        await ana.sees("Pareceres a concluir")
        shown = " ".join(ana.text().split())
        assert "nem com queda da linha, nem se outra pessoa encerrar, mover ou excluir o cartão." in shown
        assert "OP-0…" not in shown


async def test_a_draft_whose_date_is_not_understood_is_not_called_ready(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = ana.crm.read(views.page, ana.crm.read(views.queue).keys[:1])[0].card_id
        for words, state in (("bananas", "falta: quando"), ("seg", "pronto para gravar")):
            kept = {"body": "Combinado.", "result": "#1", "next_when": words}
            ana.crm.drafts.save("file_note", f"card:{card}", kept, {}, "Combinado.", rev=ana_rev(ana, card))
            ana.app.screen.go("drafts")  # type: ignore[attr-defined]
            await ana.sees("Combinado.", state)
            await ana.press("escape")


def ana_rev(ana: Operator, card: int) -> int:
    """The state of the draft about this card that was stored last."""
    found = ana.crm.drafts.find("file_note", f"card:{card}")
    return found.rev if found is not None else 0


async def test_a_draft_that_cannot_be_discarded_just_now_says_so_and_stays(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_tui.store.store.DRAFT_DEADLINE", 0.01)
    async with at_work(demo_db, clock=clock) as ana:
        ana.app.screen.go("drafts")  # type: ignore[attr-defined]
        await ana.sees("rascunho")
        before = ana.crm.drafts.count()
        beto = open_crm(demo_db, "beto", clock)
        await ana.press("x")
        with beto.store.writing():
            await ana.press("s")
            await ana.sees("está demorando")
        beto.store.close()
        assert ana.crm.drafts.count() == before
        await ana.press("x", "s")
        await ana.sees("Rascunho descartado")
        assert ana.crm.drafts.count() == before - 1


async def test_filing_says_that_no_step_follows_or_whose_it_is(demo_db: Path, clock: Clock) -> None:
    """Nobody sees in the list that a contact left it: it is said at once."""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Sem data combinada.")
        await ana.press("tab", "2", "ctrl+s")
        await ana.sees("gravado sem próximo passo: Restaurante Dona Benta   u desfaz")
        await ana.press("u")
        await ana.sees("Desfeito")
        await ana.press("up", "p")
        await ana.press("f4")
        await ana.type("sex 14h")
        await ana.press("ctrl+g", "m", *["tab"] * 5)
        await ana.until(lambda: ana.app.screen.inputs["next_assignee"].has_focus, "not there yet")  # type: ignore[attr-defined]
        await ana.type("beto")
        await ana.press("ctrl+s")
        await ana.sees("gravado, passo de beto: Restaurante Dona Benta")


async def test_what_is_left_to_conclude_says_so(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Volto já.")
        await ana.press("f6")
        await ana.sees("a concluir: Restaurante Dona Benta")
        await ana.press("down", "down", "p", "escape")
        await ana.gone("Próximo passo  ")
        assert "a concluir: " not in ana.lines()[1], "nothing was typed there"
