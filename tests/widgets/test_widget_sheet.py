"""The sheet: where it is attached, its bar, and how wide its text may be."""

from __future__ import annotations

import pytest
from widget_stage import Stage

from crm_tui.widgets.looks import Run
from crm_tui.widgets.pane import Line, Pane
from crm_tui.widgets.sheet import Kind, Sheet


def sheet(*, top: bool, kind: Kind = Kind.CHOICE, rows: int = 2) -> Sheet:
    pane = Pane(ground="raised", gap=0)
    pane.styles.height = rows
    pane.set_blocks([[Line((Run(f"linha {i} " + "palavra " * 30),), most=1)] for i in range(rows)])
    return Sheet(pane, kind=kind, top=top)


@pytest.mark.parametrize("top", [True, False])
async def test_hangs_at_the_header_or_stands_on_the_footer(top: bool) -> None:
    stage = Stage(lambda: [sheet(top=top)])
    async with stage.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        shown = stage.screen_text()
        rows = [1, 2] if top else [9, 10]
        assert [y for y, line in enumerate(shown) if line.startswith("▌")] == rows
        assert shown[rows[0]].startswith("▌ linha 0")


async def test_the_bar_has_the_colour_of_its_kind_and_can_change() -> None:
    built = sheet(top=False, kind=Kind.MISSING)
    stage = Stage(lambda: [built])
    async with stage.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        bar = next(iter(built._edge.render_line(0)))
        assert bar.style == stage.look.style("today", "raised")
        built.kind = Kind.REFUSED
        await pilot.pause()
        assert next(iter(built._edge.render_line(0))).style == stage.look.style("overdue", "raised")


@pytest.mark.parametrize(("width", "most"), [(80, 79), (99, 98), (100, 80), (140, 80)])
async def test_from_a_hundred_columns_the_text_keeps_to_78_cells(width: int, most: int) -> None:
    stage = Stage(lambda: [sheet(top=False)])
    async with stage.run_test(size=(width, 12)) as pilot:
        await pilot.pause()
        longest = max(len(line) for line in stage.screen_text())
        assert most - 9 < longest <= most


async def test_a_sheet_too_high_scrolls_and_leaves_the_record_in_sight() -> None:
    stage = Stage(lambda: [sheet(top=False, rows=40)])
    async with stage.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        assert sum(line.startswith("▌") for line in stage.screen_text()) == 8


async def test_the_foot_stays_in_sight_however_long_the_content() -> None:
    foot = Pane(ground="raised", gap=0)
    foot.styles.height = 1
    foot.set_blocks([[Line((Run("Falta o nome."),))]])
    pane = Pane(ground="raised", gap=0)
    pane.styles.height = 40
    built = Sheet(pane, foot=foot)
    stage = Stage(lambda: [built])
    async with stage.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        assert stage.screen_text()[10] == "▌ Falta o nome."
