"""A board column: heads, cards, folding, its offset, and that a cursor move sends two cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.events import MouseScrollDown
from textual.geometry import Region
from widget_stage import NOW, TODAY, ZONE, Stage

from crm_tui.domain.board import BoardCard, StageHead
from crm_tui.ui.look import Depth, Look
from crm_tui.widgets.column import BoardColumn, Shown
from crm_tui.widgets.column_paint import beyond

HEAD = StageHead(7, "Proposta", "open", 3, 6, 10_740_000, 6_444_000, 5)


def card(number: int, **changes: object) -> BoardCard:
    values: dict[str, object] = {
        "id": number, "number": f"OP-{number:04}", "title": f"PDV {number} caixas", "party": "Padaria Aurora",
        "owner": "ana", "status": "open", "due_on": TODAY + timedelta(days=4), "start_at": None,
        "internal_on": None, "value_cents": 1_240_000, "stale_days": None, "late_days": None,
        "reopened": False, "version": 1,
    }  # fmt: skip
    return BoardCard(**(values | changes))  # type: ignore[arg-type]


CARDS = [card(n) for n in range(1, 7)]


class Board(Stage):
    def on_column_wanted(self, message: BoardColumn.Wanted) -> None:
        self.heard.append(message.start)

    def on_column_picked(self, message: BoardColumn.Picked) -> None:
        self.heard.append((message.card, message.again))

    def on_column_dropped(self, message: BoardColumn.Dropped) -> None:
        self.heard.append((message.card, message.x))


def column(
    shown: Shown, width: int = 25, height: int = 24, look: Look | None = None
) -> tuple[Board, BoardColumn]:
    built = BoardColumn(shown, NOW, ZONE, id="column")
    built.styles.width, built.styles.height = width, height
    return Board(lambda: [built], look), built


async def test_head_and_card_are_the_picture() -> None:
    worst = card(
        1, title="PDV 3 caixas + NFC-e", due_on=TODAY - timedelta(days=2), stale_days=9
    )  # fmt: skip
    labels = {1: (("quente", 1), ("TEF", 5), ("rede", 2))}
    stage, _ = column(Shown(HEAD, [worst, card(2, value_cents=0)], 1, frozenset({2}), labels=labels))
    async with stage.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = stage.screen_text()
        assert shown[:8] == [
            " Proposta          6/5 !",
            " 107,400       w. 64,440",
            "▌PDV 3 caixas +…  12,400",
            "▌Padaria Aurora      ana",
            "▌! 2d ago ‖9d +3",
            " ■ PDV 2 caixas",
            " Padaria Aurora      ana",
            " ○ Mon 23/11",
        ]


@pytest.mark.parametrize("width", [18, 22, 25, 30, 60])
async def test_numbers_are_never_cut_and_rows_are_full(width: int) -> None:
    long = card(
        1, title="Construtora Pedra Branca Empreendimentos", value_cents=999_999_900, owner="maria.eduarda1"
    )
    head = replace(HEAD, value_cents=999_999_900, weighted_cents=888_888_800)
    stage, built = column(Shown(head, [long]), width)
    async with stage.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        rows = [built.render_line(y) for y in range(5)]
        assert all(sum(s.cell_length for s in row) == width for row in rows)
        text = "\n".join(stage.screen_text())
        assert "9,999,999" in text
        assert "6/5 !" in text


async def test_cards_alternate_grounds_and_marks_win() -> None:
    stage, built = column(Shown(HEAD, CARDS, 3, frozenset({4, 3})))
    async with stage.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        grounds = []
        for y in range(2, 20, 3):
            style = next(iter(built.render_line(y))).style
            assert style is not None
            grounds.append(style.bgcolor)
        names = ["surface", "background", "selection", "marked", "surface", "background"]
        assert grounds == [stage.look.style("text", name).bgcolor for name in names]


async def test_a_cursor_move_sends_two_cards_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    stage, built = column(Shown(HEAD, CARDS, 2))
    async with stage.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        asked: list[Region] = []
        refresh = built.refresh
        monkeypatch.setattr(built, "refresh", lambda *r, **k: (asked.extend(r), refresh(*r, **k))[1])
        built.show(replace(built.shown, cursor=3))
        assert [region.y for region in asked] == [5, 6, 7, 8, 9, 10]


def test_above_and_below_are_said_alike_and_without_words_where_there_is_no_room() -> None:
    assert beyond(7, 6, 20) == "↑ 7 more  ↓ 6 more"
    assert beyond(9990, 1200, 20) == "↑ 9990  ↓ 1200"
    assert (beyond(7, 0, 20), beyond(0, 6, 20)) == ("↑ 7 more", "↓ 6 more")


async def test_scrolls_to_its_cursor_says_how_many_more_and_at_the_end_the_wheel_asks_for_them() -> None:
    head = replace(HEAD, count=60, wip_limit=None)
    stage, built = column(Shown(head, [card(n) for n in range(1, 21)], 1), height=15)
    async with stage.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert stage.screen_text()[14].strip() == "↓ 56 more"
        built.show(replace(built.shown, cursor=18))
        await pilot.pause()
        shown = stage.screen_text()
        assert "PDV 18 caixas" in shown[11]
        assert shown[14].strip() == "↑ 14 more  ↓ 42 more"
        for _ in range(5):
            built.post_message(MouseScrollDown(built, 5, 6, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert stage.screen_text()[14].strip() == "↑ 16 more  ↓ 40 more"
        assert stage.heard == [20], "asked once"


async def test_folded_it_is_three_cells() -> None:
    stage, _ = column(Shown(replace(HEAD, name="Visita"), CARDS, folded=True), 3, 12)
    async with stage.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = [line.strip() for line in stage.screen_text()[:12]]
        assert shown == ["6", "", *"Visita", "", "", "", "›"]


async def test_labels_are_names_without_colour_too() -> None:
    stage, _ = column(
        Shown(HEAD, [card(1)], labels={1: (("TEF", 5),)}), 30, look=Look(Depth.MONO, ascii=True)
    )
    async with stage.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert stage.screen_text()[4] == " o Mon 23/11 #TEF"


async def test_the_mouse_picks_and_drags_cards() -> None:
    stage, built = column(Shown(HEAD, CARDS))
    async with stage.run_test(size=(80, 24)) as pilot:
        await pilot.click("#column", offset=(5, 6))
        await pilot.click("#column", offset=(5, 0))
        await pilot.mouse_down("#column", offset=(5, 3))
        await pilot.mouse_up(offset=(60, 3))
        await pilot.pause()
        assert stage.heard == [(2, False), (None, False), (1, 60)]
        assert built.card_at(100) is None


@pytest.mark.parametrize("depth", list(Depth))
async def test_a_stages_hue_is_a_chip_round_its_name_and_nothing_without_grounds(depth: Depth) -> None:
    """The head reads the same in any depth; where there are grounds its name stands on the hue's."""
    look = Look(depth)
    shown = {}
    for color in (None, "violet"):
        stage, _ = column(Shown(replace(HEAD, color=color), CARDS), look=look)
        async with stage.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            strip = stage.screen._compositor.render_strips()[0]
            shown[color] = stage.screen_text()[0], [(s.text, s.style) for s in strip]
    assert shown[None][0] == shown["violet"][0]
    chip = look.label_style(7)
    named = [s for text, s in shown["violet"][1] if "Proposta" in text and s is not None]
    if look.colourful:
        assert [(s.color, s.bgcolor) for s in named] == [(chip.color, chip.bgcolor)]
    else:
        assert shown[None][1] == shown["violet"][1]
