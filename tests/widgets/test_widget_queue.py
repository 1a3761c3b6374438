"""The rows of the queue, cell by cell, and the list under them: cursor, marks, pages, what is repainted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from rich.console import Console
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from widget_stage import NOW, ZONE, Stage, row

from crm_tui.domain.due import DueState
from crm_tui.domain.followup import QueueRow
from crm_tui.i18n import set_language
from crm_tui.ui.look import Depth, Look
from crm_tui.widgets.looks import Run, paint
from crm_tui.widgets.queue import QueuePainter, bands, columns
from crm_tui.widgets.rows import Group, GroupedLines
from crm_tui.widgets.vlist import VList


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


def draw(queued: QueueRow, width: int = 80, look: Look | None = None, **state: bool) -> Strip:
    drawn = {"cursor": False, "marked": False, "focused": False} | state
    return QueuePainter(NOW, ZONE).paint(look or Look(), queued, width, **drawn)


def text(strip: Strip) -> str:
    return "".join(segment.text for segment in strip)


BAKERY = row(
    1,
    -2,
    party="Padaria Aurora",
    subject="Retorno da proposta do PDV",
    stale_days=9,
    late_days=3,
    reopened=True,
)


def test_row_stands_in_its_cells() -> None:
    shown = text(draw(BAKERY, cursor=True, focused=True, marked=True))
    assert len(shown) == 80
    assert shown[0] == "▌"
    assert shown[1] == "■"
    assert shown[3] == "!"
    assert shown[5:18].rstrip() == "overdue 2d"
    assert shown[19:37].rstrip() == "Padaria Aurora"
    assert shown[38:52] == "Retorno da pr…"
    assert shown[53:65].rstrip() == "Proposta"
    assert shown[65:74] == "   12,400"
    assert shown[75:79] == "‖9d "  # of three flags the worst
    assert shown[79] == " "


@pytest.mark.parametrize("width", [44, 50, 60, 70, 75, 76, 80, 82, 120])
def test_every_width_is_filled_exactly_and_keeps_the_flag(width: int) -> None:
    long = row(2, -2, party="Construtora Pedra Branca Empreendimentos Imobiliários Ltda.", stale_days=120)
    strip = draw(long, width)
    assert strip.cell_length == width == sum(segment.cell_length for segment in strip)
    shown = text(strip)
    assert shown[width - 5 : width - 1] == "‖99+"
    assert shown[19:].startswith("Construtora P")
    assert ("12,400" in shown) == (width >= 76)


def test_who_is_never_cut_under_fourteen() -> None:
    assert [columns(w).who for w in (120, 80, 60, 52, 48, 44)] == [18, 18, 18, 18, 14, 14]
    assert all(columns(w).what >= 0 for w in range(40, 200))


def test_seven_digits_are_never_cut_and_never_touch_the_stage() -> None:
    shown = text(draw(row(3, stage="Qualificação", value_cents=999_999_999_00)))
    assert " 999,999,999 " in shown
    assert "Qualific… 999" in shown


def test_wide_and_combining_letters_keep_the_columns() -> None:
    shown = draw(row(4, party="日本語の会社名はとても長いです", subject="e\u0301" * 30))
    assert shown.cell_length == 80 == sum(segment.cell_length for segment in shown)


def test_control_characters_in_data_never_reach_the_strip() -> None:
    shown = text(draw(row(5, party="\x1b[31mred\nline", subject="a\tb")))
    assert "\x1b" not in shown
    assert "\n" not in shown
    assert "\t" not in shown


def test_states_are_told_by_glyph_and_word_without_colour() -> None:
    look = Look(Depth.MONO, ascii=True)
    rows = [
        row(1, -9, stale_days=21),
        row(2, 0, hour=(11, 30)),
        row(3, 5, internal_on=NOW.date()),
        row(4, 4),
        row(5, None),
        row(6, 0, status="won"),
    ]
    shown = [text(draw(r, look=look)) for r in rows]
    assert [line[3] for line in shown] == ["!", "*", ">", "o", "?", "x"]
    assert shown[0][0] == "|"
    assert "=21d" in shown[0]
    assert len({line[5:18] for line in shown}) == 6
    assert all(segment.style is None or segment.style.color is None for segment in draw(rows[0], look=look))


def test_filter_words_are_underlined_whatever_their_accents() -> None:
    painter = QueuePainter(NOW, ZONE, ["cla", "orcamen"])
    strip = painter.paint(
        Look(),
        row(1, party="Clínica Sorriso", subject="Orçamento"),
        80,
        cursor=False,
        marked=False,
        focused=False,
    )
    hits = [segment.text for segment in strip if segment.style is not None and segment.style.underline]
    assert hits == ["Orçamen"]
    assert painter.words.runs("Ótica Visão Clara", "bright")[1] == Run("Cla", "accent", underline=True)


def test_a_blank_opens_no_colour() -> None:
    strip = paint(Look(), [Run("ab", "bright"), Run("  "), Run("cd", "muted"), Run(" ")], 10)
    assert [segment.text for segment in strip] == ["ab  ", "cd    "]
    chip = paint(Look(), [Run("x", "text"), Run(" y ", "text", ground="raised"), Run(" ")], 6)
    assert [segment.text for segment in chip] == ["x", " y ", "  "]


def test_cursor_row_in_sixteen_colours_is_one_reversed_run() -> None:
    strip = draw(BAKERY, look=Look(Depth.C16), cursor=True, focused=True)
    assert len(list(strip)) == 1
    assert next(iter(strip)).style == Look(Depth.C16).style("text", "selection")


def test_group_row_has_its_sum_under_the_values() -> None:
    painter = QueuePainter(NOW, ZONE)
    group = bands([(DueState.OVERDUE, 5, 3_275_000), (DueState.TODAY, 0, 0), (DueState.CLOSED, 2, 0)])
    assert [(g.start, g.label, g.tone) for g in group] == [(0, "Overdue", "overdue"), (5, "Closed", "muted")]
    shown = text(painter.group(Look(), group[0], 82))
    assert shown.startswith("  Overdue 5 ──")
    assert shown[:76].endswith("── 32,750")
    head = text(painter.head(Look(), 82))
    assert head[5:11] == "When ▾"
    assert head[:76].endswith("Value R$")
    assert head[38:42] == "What"


def test_group_arithmetic_is_its_own_inverse() -> None:
    groups = (Group(0, "a", 3, 0), Group(3, "b", 1, 0), Group(4, "c", 6, 0))
    lines = GroupedLines(10, groups)
    assert [lines.at(i) for i in range(lines.total)] == [
        groups[0], 0, 1, 2, groups[1], 3, groups[2], 4, 5, 6, 7, 8, 9,
    ]  # fmt: skip
    assert all(lines.at(lines.line_of(i)) == i for i in range(10))


# --- the list -----------------------------------------------------------------------------------------------


class Rows:
    """A source of rows by position that remembers what was fetched."""

    def __init__(self, count: int) -> None:
        self.keys: Sequence[int] = range(1, count + 1)
        self.fetched: list[tuple[int, int]] = []

    def __call__(self, start: int, count: int) -> list[QueueRow]:
        self.fetched.append((start, count))
        return [row(key) for key in self.keys[start : start + count]]


def stage_of(count: int) -> tuple[Stage, VList[QueueRow], Rows]:
    source = Rows(count)
    vlist = VList(source, QueuePainter(NOW, ZONE), id="queue")
    vlist.styles.height = "1fr"

    def build() -> list[Widget]:
        return [vlist]

    return Stage(build), vlist, source


async def test_a_cursor_move_repaints_two_rows_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    stage, vlist, source = stage_of(100_000)
    async with stage.run_test(size=(80, 24)) as pilot:
        vlist.show(source.keys)
        vlist.focus()
        await pilot.pause()
        asked: list[Region] = []
        refresh = vlist.refresh
        monkeypatch.setattr(vlist, "refresh", lambda *r, **k: (asked.extend(r), refresh(*r, **k))[1])
        vlist.action_nav_down()
        assert asked == [Region(0, 0, 80, 1), Region(0, 1, 80, 1)]
        assert vlist.key == 2
    assert source.fetched == [(0, 100)]


async def test_only_the_pages_one_sees_are_fetched() -> None:
    stage, vlist, source = stage_of(100_000)
    async with stage.run_test(size=(80, 24)) as pilot:
        vlist.show(source.keys)
        vlist.action_nav_last()
        await pilot.pause()
        assert vlist.key == 100_000
        assert stage.screen_text()[23][19:].startswith("Pessoa 100000")
    assert source.fetched == [(0, 100), (99_900, 100)]


async def test_at_the_edge_it_scrolls_by_half_a_page() -> None:
    stage, vlist, source = stage_of(100)
    async with stage.run_test(size=(80, 20)) as pilot:
        vlist.show(source.keys)
        for _ in range(20):
            vlist.action_nav_down()
        await pilot.pause()
        shown = stage.screen_text()
        assert shown[0][19:].startswith("Pessoa 11 ")
        assert vlist.key == 21
        assert any(line[79:] == "▌" for line in shown)  # the scroll mark
        for _ in range(9):
            vlist.action_nav_down()
        await pilot.pause()
        assert stage.screen_text()[0][19:].startswith("Pessoa 11 ")
        vlist.action_nav_page_down()
        assert vlist.key == 50
        vlist.action_nav_first()
        await pilot.pause()
        assert stage.screen_text()[0][19:].startswith("Pessoa 1 ")


async def test_the_cursor_stays_with_its_key_and_falls_to_the_next_one() -> None:
    stage, vlist, source = stage_of(30)
    async with stage.run_test(size=(80, 24)) as pilot:
        vlist.show(source.keys)
        assert vlist.go_to(5)
        source.keys = [20, 21, *range(1, 20)]
        vlist.show(source.keys)
        assert vlist.key == 5
        source.keys = [1, 2, 8, 9]
        vlist.show(source.keys)
        assert vlist.key == 8  # 6 and 7 are gone too
        vlist.show(source.keys, step=True)
        assert vlist.key == 9
        source.keys = [1, 2]
        vlist.show(source.keys)
        assert vlist.key == 2
        vlist.show([])
        assert vlist.key is None
        assert vlist.row is None
        vlist.action_nav_down()
        await pilot.pause()
        assert stage.screen_text() == [""] * 24


async def test_marks_survive_a_filter_and_are_counted_outside_it() -> None:
    stage, vlist, source = stage_of(10)
    async with stage.run_test(size=(80, 24)) as pilot:
        vlist.show(source.keys)
        vlist.action_sel_toggle()
        vlist.action_sel_toggle()
        assert vlist.marks == {1, 2}
        assert vlist.key == 3
        source.keys = [2, 3, 4, 5]
        vlist.show(source.keys)
        assert vlist.hidden_marks() == 1
        vlist.go_to(4)
        vlist.action_sel_range()
        assert vlist.marks == {1, 2, 3, 4}
        vlist.action_sel_all()
        assert vlist.marks == {1, 2, 3, 4, 5}
        vlist.action_sel_all()
        assert vlist.marks == {1}
        await pilot.pause()


async def test_tall_screens_have_headings_and_groups_and_clicks_find_their_rows() -> None:
    stage, vlist, source = stage_of(6)
    async with stage.run_test(size=(82, 36)) as pilot:
        vlist.show(source.keys, bands([(DueState.OVERDUE, 2, 100), (DueState.TODAY, 4, 200)]))
        await pilot.pause()
        shown = stage.screen_text()
        assert shown[0].startswith("     When ▾")
        assert shown[1].startswith("  Overdue 2 ─")
        assert shown[4].startswith("  Today 4 ─")
        await pilot.click("#queue", offset=(20, 5))
        assert vlist.key == 3
        await pilot.click("#queue", offset=(20, 4))
        assert vlist.key == 3  # a group row takes no cursor
        await pilot.click("#queue", offset=(1, 2))
        assert vlist.marks == {1}


async def test_a_row_that_changed_is_x_and_others_are_not() -> None:
    stage, vlist, source = stage_of(5)
    async with stage.run_test(size=(80, 24)) as pilot:
        vlist.show(source.keys)
        await pilot.pause()
        before = [vlist.render_line(y) for y in range(5)]
        changed = row(3, party="Outro nome", version=2)
        vlist._fetch = lambda start, count: [row(1), row(2), changed, row(4), row(5)]
        vlist.show(source.keys)
        after = [vlist.render_line(y) for y in range(5)]
        assert [a is b for a, b in zip(before, after, strict=True)] == [True, True, False, True, True]
        assert "Outro nome" in text(after[2])


def test_strips_hold_no_empty_segments() -> None:
    for queued in (BAKERY, row(2, None, party=None), row(3, 0, status="lost")):
        for segment in draw(queued, cursor=True, focused=True):
            assert isinstance(segment, Segment)
            assert segment.text


def test_two_rows_of_the_queue_cost_at_most_850_bytes() -> None:
    """What a cursor move sends at 120x36, where the list has 82 cells and the briefing the rest (LOOK, 7)."""
    console = Console(color_system="truecolor", force_terminal=True, width=120, _environ={})
    sent = [draw(BAKERY, 82, cursor=True, focused=True), draw(row(3, -1, stale_days=None, late_days=3), 82)]
    moves = len("\x1b[10;1H") * 2
    assert moves + sum(len(strip.render(console).encode()) for strip in sent) <= 850


@pytest.mark.parametrize("depth", [Depth.TRUE, Depth.MONO])
def test_an_hour_agreed_for_today_weighs_more_than_a_day_with_and_without_colours(depth: Depth) -> None:
    look, today = Look(depth), NOW.astimezone(ZONE).date()

    def bold(queued: QueueRow) -> bool:
        when = next(
            segment
            for segment in draw(queued, look=look)
            if "today" in segment.text or "overdue" in segment.text
        )
        return bool(when.style and when.style.bold)

    plain = row(1, 0)
    assert not bold(plain._replace(start_at=None))
    assert bold(plain._replace(due_on=today, start_at=NOW + timedelta(hours=1)))
    assert bold(plain._replace(due_on=today, start_at=NOW - timedelta(hours=1)))
    assert not bold(plain._replace(due_on=today, start_at=NOW - timedelta(days=2)))
