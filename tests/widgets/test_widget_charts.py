"""Charts in cells: half-high bars with their numbers, sparklines, and a cursor that walks figures and rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.geometry import Region
from textual.widget import Widget
from widget_stage import Stage

from crm_tui.i18n import set_language
from crm_tui.ui.look import Depth, Look
from crm_tui.widgets.chart import Block, Figure, Row, Spark, bar, block_head, block_row, figure_rows, spark
from crm_tui.widgets.charts import Charts, Page
from crm_tui.widgets.looks import Run, width_of

LOOKS = (Look(), Look(Depth.C16), Look(Depth.MONO, ascii=True))
LONG = "Construtora Pedra Branca Empreendimentos Imobiliários Ltda."


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


def text(runs: list[Run]) -> str:
    return "".join(run.text for run in runs)


def block(key: str, rows: int, **more: object) -> Block:
    made = tuple(
        Row(f"{key}:{n}", f"row {n}", ((n, "bar_accent"), (1, "bar_overdue")), (Run(str(n)), Run("! 1")))
        for n in range(rows)
    )
    return Block(key, key.title(), "done, overdue", made, **more)  # type: ignore[arg-type]


PAGE = Page(
    tuple(Figure(f"f{n}", f"Figure {n}", str(n), spark=Spark((0, n, 2 * n), 2, "today")) for n in range(6)),
    (block("a", 5), block("b", 3, note="the finding")),
    (block("c", 7), block("d", 0, note="nothing here")),
)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_bar_has_a_cell_for_whatever_is_there_and_never_more_than_its_room(look: Look) -> None:
    for room in range(1, 30):
        assert width_of(bar(look, ((1000, "bar_accent"), (1, "bar_overdue")), 1001, room)) == room
        assert width_of(bar(look, ((0, "bar_accent"),), 5, room)) == room
    drawn = bar(look, ((1000, "bar_accent"), (1, "bar_overdue")), 1200, 20)
    assert [run.fg for run in drawn if run.text.strip()] == ["bar_accent", "bar_overdue"]
    assert {*text(drawn).strip()} == {look.glyph("chart")}
    assert not text(bar(look, (), 0, 9)).strip()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_sparkline_tells_nought_from_little_and_todays_cell_by_its_tone(look: Look) -> None:
    runs = spark(look, Spark((0, 1, 1000, 500), 3, "today"), "surface")
    shown = text(runs)
    assert len(shown) == 4
    assert shown[0] == look.glyph("spark1") != shown[1] == look.glyph("spark2")
    assert shown[2] == look.glyph("spark8")
    assert [run.text for run in runs if run.fg == "today"] == [shown[3]]
    assert text(spark(look, Spark((0, 0), 0, "today"), "surface")) == look.glyph("spark1") * 2


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("width", [19, 26, 30, 59, 80])
def test_every_row_fills_its_width_and_no_number_is_cut(look: Look, width: int) -> None:
    figure = Figure("x", LONG, "R$ 123.456", notes=(Run("! ", "overdue"), Run(LONG)), more=(Run("9 cards"),))
    for height in (2, 3, 4):
        rows = figure_rows(look, figure, width, height, here=True)
        assert [width_of(row) for row in rows] == [width] * height
        assert "R$ 123.456" in "".join(map(text, rows))
    long = Block(
        "b",
        LONG,
        LONG,
        (
            Row("1", LONG, ((5, "busy"),), (Run("1.234.567", "bright"), Run("! 99"))),
            Row("2", "x", words=LONG, beside=LONG, numbers=(Run("7"),)),
        ),
    )
    assert width_of(block_head(look, long, width)) == width
    for row in long.rows:
        shown = block_row(look, long, row, width, here=False)
        assert width_of(shown) == width
        if width > 26:
            assert all(run.text in text(shown) for run in row.numbers)


def test_what_stands_beside_the_words_has_a_column_or_is_left_out() -> None:
    one, other = (
        Row("1", "today 09:30", words="Ana", beside="Call"),
        Row("2", "x", words=LONG, beside="Visit"),
    )
    both = Block("b", "B", "", (one, other))
    wide = [text(block_row(Look(), both, row, 60, here=False)) for row in both.rows]
    assert wide[0].index("Call") == wide[1].index("Visit")
    assert "Visit" not in text(block_row(Look(), both, other, 39, here=False))


async def test_arrows_walk_every_spot_and_tab_the_blocks_at_every_size() -> None:
    for size in ((60, 20), (80, 24), (120, 36)):
        charts = Charts()
        app = Stage(lambda shown=charts: [shown])  # type: ignore[misc]
        async with app.run_test(size=size) as pilot:
            charts.show(PAGE)
            await pilot.pause()
            assert {spot.group for spot in charts.spots} == {"figures", "a", "b", "c"}
            reached = {charts.key}
            for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)) * 2:
                for spot in list(charts.spots):
                    charts.go_to(spot.key)
                    charts.step(dx, dy)
                    reached.add(charts.key)
            assert reached == {spot.key for spot in charts.spots}
            charts.end(False)
            assert charts.key == "f0"
            charts.step(0, -1)
            charts.step(-1, 0)
            assert charts.key == "f0"
            groups = []
            for _ in range(4):
                charts.hop(1)
                groups.append(charts.key)
            assert sorted(groups) == ["a:0", "b:0", "c:0", "f0"]
            charts.end(True)
            assert any(
                "▌" in "".join(s.text for s in charts.render_line(y)) for y in range(charts.size.height)
            )
            charts.turn(-9)
            assert charts.key.startswith("f")


async def test_the_cursor_stays_by_its_key_and_only_rows_that_changed_are_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    charts = Charts()
    sent: list[Region] = []
    app = Stage(lambda: [charts])
    async with app.run_test(size=(80, 24)) as pilot:
        charts.show(PAGE)
        charts.go_to("c:3")
        await pilot.pause()
        refresh = Widget.refresh

        def counting(self: Widget, *regions: Region, **how: object) -> Widget:
            if self is charts:
                sent.extend(regions)
            return refresh(self, *regions, **how)  # type: ignore[arg-type]

        monkeypatch.setattr(Widget, "refresh", counting)
        charts.show(Page(PAGE.figures, PAGE.left, PAGE.right))
        assert sent == []
        charts.step(0, 1)
        assert charts.key == "c:4"
        assert len(sent) == 2
        fewer = Page(PAGE.figures, PAGE.left, (block("c", 4), PAGE.right[1]))
        charts.show(fewer)
        assert charts.key in {spot.key for spot in charts.spots}
        charts.show(Page())
        charts.step(1, 0)
        charts.hop(1)
        charts.turn(1)
        charts.end(True)
        assert charts.key == ""
