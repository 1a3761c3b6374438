"""Prepared text in a pane: wrapping, cutting, scrolling, the block cursor, and what is sent."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.geometry import Region
from widget_stage import Stage

from crm_tui.ui.look import Depth, Look
from crm_tui.widgets.looks import Run, width_of
from crm_tui.widgets.pane import Line, Pane, lay, wrap


def said(rows: list[list[Run]]) -> list[str]:
    return ["".join(run.text for run in row) for row in rows]


def test_wraps_at_blanks_and_hangs() -> None:
    rows = wrap([Run("ter 10/11  ", "muted"), Run("Pediu 5% até sexta; quer saber")], 24, 11)
    assert said(rows) == ["ter 10/11  Pediu 5% até ", "sexta; quer ", "saber"]
    assert rows[1][0].fg == "text"


def test_a_word_longer_than_the_row_is_broken_inside() -> None:
    assert said(wrap([Run("ab " + "x" * 25)], 10)) == ["ab ", "x" * 10, "x" * 10, "x" * 5]


def test_line_feeds_begin_rows() -> None:
    assert said(wrap([Run("a\n\nb")], 10)) == ["a", "", "b"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab ãç日\u0301", max_size=80), st.integers(3, 30))
def test_wrapping_loses_no_letter_and_keeps_the_width(text: str, width: int) -> None:
    rows = wrap([Run(text)], width)
    assert "".join(said(rows)).replace(" ", "") == text.replace(" ", "")
    assert all(width_of([r._replace(text=r.text.rstrip(" ")) for r in row[-1:]]) <= width for row in rows)


def test_right_side_rule_and_most() -> None:
    look = Look()
    line = Line((Run("O que foi dito"),), (Run("3 antes"),), rule=True)
    assert said(lay(look, line, 40)) == [" O que foi dito ─────────────── 3 antes"]
    cut = Line((Run("um dois três quatro cinco seis"),), most=2)
    assert said(lay(look, cut, 12)) == [" um dois ", " três…"]
    name = Line((Run("Construtora Pedra Branca"),), (Run("OP-0142"),))
    assert said(lay(look, name, 24)) == [" Construtora P… OP-0142"]


def test_a_right_side_that_leaves_no_room_goes_to_a_row_of_its_own() -> None:
    line = Line((Run("Padaria Aurora"),), (Run("OP-0142   R$ 12.400,00"),))
    assert said(lay(Look(), line, 30)) == [" Padaria Aurora", "       OP-0142   R$ 12.400,00"]


def test_controls_in_data_are_shown_not_sent() -> None:
    assert said(lay(Look(), Line((Run("a\x1b[2Jb\tc"),)), 30)) == [" a␛[2Jb    c"]


def block(text: str) -> list[Line]:
    return [Line((Run(text, "bright", True),)), Line((Run(f"corpo de {text}"),))]


async def test_only_rows_that_differ_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    pane = Pane()
    stage = Stage(lambda: [pane])
    async with stage.run_test(size=(40, 10)) as pilot:
        pane.set_blocks([block("um"), block("dois")])
        await pilot.pause()
        assert stage.screen_text()[:5] == [" um", " corpo de um", "", " dois", " corpo de dois"]
        asked: list[Region] = []
        refresh = pane.refresh
        monkeypatch.setattr(pane, "refresh", lambda *r, **k: (asked.extend(r), refresh(*r, **k))[1])
        pane.set_blocks([block("um"), block("três")])
        assert asked == [Region(0, 3, 40, 1), Region(0, 4, 40, 1)]
        pane.set_blocks([block("um"), block("três")])
        assert len(asked) == 2


async def test_scrolls_and_chooses_blocks() -> None:
    pane = Pane(focusable=True)
    stage = Stage(lambda: [pane])
    async with stage.run_test(size=(30, 6)) as pilot:
        pane.set_blocks([block(str(i)) for i in range(10)])
        pane.focus()
        pane.action_pane_last()
        await pilot.pause()
        assert stage.screen_text()[5].startswith(" corpo de 9")
        pane.action_pane_first()
        pane.choose(4)
        await pilot.pause()
        assert [line.rstrip(" ▌") for line in stage.screen_text()[4:]] == ["▌4", "▌corpo de 4"]
        assert pane.chosen == 4
        chosen = next(iter(pane.render_line(5))).style
        assert chosen is not None
        assert chosen.bgcolor == stage.look.style("text", "selection").bgcolor
        pane.choose(99)
        assert pane.chosen == 9


async def test_wraps_anew_when_the_width_changes() -> None:
    pane = Pane()
    stage = Stage(lambda: [pane])
    async with stage.run_test(size=(40, 6)) as pilot:
        pane.set_blocks([[Line((Run("um dois três quatro cinco"),))]])
        await pilot.resize_terminal(14, 6)
        await pilot.pause()
        assert stage.screen_text()[:3] == [" um dois três", " quatro cinco", ""]


async def test_without_grounds_the_title_row_is_a_rule() -> None:
    pane = Pane(titled=True)
    stage = Stage(lambda: [pane], Look(Depth.MONO, ascii=True))
    async with stage.run_test(size=(40, 3)) as pilot:
        pane.set_blocks([[Line((Run("Padaria Aurora"), Run("  Marina")), (Run("OP-0142"),))]])
        await pilot.pause()
        assert stage.screen_text()[0] == "-Padaria Aurora  Marina ------- OP-0142-"


async def test_a_phone_is_left_out_whole_and_a_number_is_never_cut() -> None:
    pane = Pane()
    stage = Stage(lambda: [pane])
    async with stage.run_test(size=(32, 4)) as pilot:
        phones = [Run(f"(11) 9888{n}-1234  ", whole=True) for n in range(2)]
        pane.set_blocks(
            [
                [Line((*phones, Run("marina@aurora.com.br  ", whole=True)), most=1)],
                [Line((Run("Versão 2, frete incluso, R$ 12.400,00"),), most=1)],
            ]
        )
        await pilot.pause()
        assert stage.screen_text()[:3:2] == [" (11) 98880-1234", " Versão 2, frete incluso, R$…"]


async def test_the_name_stands_whole_before_what_is_at_the_right() -> None:
    pane = Pane()
    stage = Stage(lambda: [pane])
    right = (Run("OP-0142   ", "muted"), Run("Proposta 60%   ", "muted"), Run("R$ 12.400,00"))
    async with stage.run_test(size=(60, 3)) as pilot:
        pane.set_blocks([[Line((Run("Restaurante Dona Benta"), Run("  Benta Carvalho")), right=right)]])
        await pilot.pause()
        assert stage.screen_text()[0] == " Restaurante Dona Benta  Benta… Proposta 60%   R$ 12.400,00"


async def test_only_a_pane_that_keys_scroll_shows_where_it_stands() -> None:
    panes = [Pane(), Pane(focusable=True)]
    stage = Stage(lambda: panes)
    async with stage.run_test(size=(30, 8)) as pilot:
        for pane in panes:
            pane.set_blocks([block(str(i)) for i in range(10)])
        await pilot.pause()
        marked = [line.endswith("▌") for line in stage.screen_text()]
        assert not any(marked[:4])
        assert any(marked[4:])
