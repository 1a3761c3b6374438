"""The one-row bars at every width: what goes first, and that no word of ours is ever cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.widget import Widget
from widget_stage import Stage

from crm_tui.i18n import set_language
from crm_tui.ui.footers import Hint
from crm_tui.ui.look import Depth, Look
from crm_tui.widgets.bars import Counter, Footer, FooterBar, Header, HeaderBar, Title, TitleBar
from crm_tui.widgets.looks import Run

MODES = (("1", "Hoje"), ("2", "Quadro"), ("3", "Agenda"), ("4", "Pessoas"), ("5", "Painel"))
HEADER = Header(
    MODES,
    "1",
    "ana",
    (
        Counter("overdue", "overdue", 4),
        Counter("today", "today", 3),
        Counter("draft", "accent", 1, "a concluir"),
    ),
)
TITLE = Title("Em aberto e encerrados", "dono:eu  por data", marks=3, count=14, cents=31_525_000)
FOOTER = Footer(
    (
        *(Hint("enter", "abrir"), Hint("p", "parecer"), Hint("A", "atender")),
        *(Hint("n", "novo"), Hint("/", "filtrar"), Hint("espaço", "marcar")),
    ),
    Hint("?", "ajuda"),
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


def bars() -> list[Widget]:
    return [HeaderBar(HEADER), TitleBar(TITLE), FooterBar(FOOTER)]


async def shown(width: int, look: Look | None = None) -> list[str]:
    stage = Stage(bars, look)
    async with stage.run_test(size=(width, 6)) as pilot:
        await pilot.pause()
        return stage.screen_text()[:3]


async def test_at_eighty_it_is_the_picture() -> None:
    header, title, footer = await shown(80)
    assert header == " 1 Hoje  2 Quadro  3 Agenda  4 Pessoas  5 Painel    ana   !4  ●3  ¶1 a concluir"
    assert title == " Em aberto e encerrados  dono:eu  por data            3 marked   14  R$ 315,250"
    assert footer == " enter abrir  p parecer  A atender  n novo  / filtrar  espaço marcar    ? ajuda"


async def test_at_sixty_login_words_and_sum_go() -> None:
    header, title, footer = await shown(60)
    assert header == " 1 Hoje  2 Quadro 3 Agenda 4 Pessoas 5 Painel      !4 ●3 ¶1"
    assert "R$" not in title
    assert title.endswith("3 marked  14")
    assert footer == " enter abrir  p parecer  A atender  n novo          ? ajuda"


async def test_wide_footers_have_wide_gaps() -> None:
    footer = (await shown(120))[2]
    assert footer.startswith(" enter abrir   p parecer   A atender")
    assert footer.endswith("? ajuda")


@pytest.mark.parametrize("width", range(20, 130, 7))
async def test_no_word_of_ours_is_cut_at_any_width(width: int) -> None:
    header, title, footer = await shown(width)
    whole = {
        "1",
        "2",
        "3",
        "4",
        "5",
        "Hoje",
        "Quadro",
        "Agenda",
        "Pessoas",
        "Painel",
        "ana",
        "!4",
        "●3",
        "¶1",
        "a",
    }
    assert set(header.split()) <= whole | {"concluir"}
    keys = {word for hint in (*FOOTER.keys, Hint("?", "ajuda")) for word in (hint.key, hint.label)}
    assert set(footer.split()) <= keys
    assert footer.endswith("? ajuda")
    assert "Hoje" in header
    assert len(title) <= width
    assert "3 marked" in title or width < 20


async def test_a_current_mode_in_the_middle_keeps_its_name_when_others_are_digits() -> None:
    stage = Stage(lambda: [HeaderBar(Header(MODES, "3", "ana", HEADER.counters))])
    async with stage.run_test(size=(32, 3)) as pilot:
        await pilot.pause()
        assert stage.screen_text()[0] == " 1 2 3 Agenda  4 5     !4 ●3 ¶1"


async def test_a_long_login_pushes_out_words_and_never_the_counters() -> None:
    login = Header(MODES, "2", "maria.eduarda1", HEADER.counters)
    stage = Stage(lambda: [HeaderBar(login)])
    async with stage.run_test(size=(80, 3)) as pilot:
        await pilot.pause()
        header = stage.screen_text()[0]
        assert header.startswith(" 1 Hoje  2 Quadro  3 Agenda")
        assert header.endswith("maria.eduarda1   !4  ●3  ¶1")


async def test_counters_end_at_999_and_zero_is_muted() -> None:
    bar = HeaderBar(
        Header((("1", "Hoje"),), "1", "", (Counter("overdue", "overdue", 4000), Counter("today", "today", 0)))
    )
    stage = Stage(lambda: [bar])
    async with stage.run_test(size=(80, 3)) as pilot:
        await pilot.pause()
        assert stage.screen_text()[0].endswith("!999+  ●0")
        zero = next(s for s in bar.render_line(0) if "●" in s.text)
        assert zero.style == stage.look.style("muted", "raised")


async def test_a_notice_takes_the_place_of_the_filter_and_hidden_marks_are_told() -> None:
    bar = TitleBar(TITLE)
    stage = Stage(lambda: [bar])
    async with stage.run_test(size=(80, 3)) as pilot:
        bar.show(Title("Vendas", "em aberto", 3, 1, 4, None, "movido para Negociação   u desfaz"))
        await pilot.pause()
        shown = stage.screen_text()[0]
        assert shown.startswith(" Vendas  movido para Negociação   u desfaz")
        assert shown.endswith("3 marked (1 hidden)   4")
        bar.show(Title("Vendas", extra=(Run("← Novo 12", "muted"),)))
        await pilot.pause()
        assert stage.screen_text()[0].endswith("← Novo 12")


async def test_the_current_tab_is_bold_without_colour() -> None:
    stage = Stage(bars, Look(Depth.MONO, ascii=True))
    async with stage.run_test(size=(80, 6)) as pilot:
        await pilot.pause()
        tab = next(iter(stage.query_one(HeaderBar).render_line(0)))
        assert tab.text.strip() == "1 Hoje"
        assert tab.style is not None
        assert tab.style.bold
        assert "!4  *3  &1" in stage.screen_text()[0]


@pytest.mark.parametrize("width", range(20, 121, 4))
async def test_notices_take_the_place_of_words_and_leave_before_the_counts_do(width: int) -> None:
    told = Header(MODES, "1", "ana", HEADER.counters, notices=2)
    stage = Stage(lambda: [HeaderBar(told)])
    async with stage.run_test(size=(width, 3)) as pilot:
        await pilot.pause()
        header = stage.screen_text()[0]
    assert "a concluir" not in header
    if width >= 32:
        assert header.rstrip().endswith("¶1  notices 2" if width >= 76 else "¶1 notices 2")
    assert ("!4" in header) or width < 24
