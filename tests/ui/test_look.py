"""Styles, cuts and cache keys of the four depths."""

from __future__ import annotations

import subprocess
import sys

import pytest
from rich.cells import cell_len
from rich.color import ColorSystem

from crm_tui.ui import tokens
from crm_tui.ui.look import Depth, Look

SYSTEM = {
    Depth.TRUE: ColorSystem.TRUECOLOR,
    Depth.C256: ColorSystem.EIGHT_BIT,
    Depth.C16: ColorSystem.STANDARD,
    Depth.MONO: ColorSystem.STANDARD,
}


def codes(look: Look, fg: str, bg: str = "background", **attributes: bool) -> str:
    rendered = look.style(fg, bg, **attributes).render("x", color_system=SYSTEM[look.depth])
    return rendered.removeprefix("\x1b[").partition("m")[0] if "\x1b" in rendered else ""


def test_truecolor() -> None:
    assert codes(Look(), "overdue", "selection", bold=True) == "1;38;2;245;113;107;48;2;34;46;82"
    assert codes(Look(dark=False), "text") == "38;2;29;35;43;48;2;248;248;246"


@pytest.mark.parametrize("dark", [True, False])
def test_256_are_exact_entries(dark: bool) -> None:
    for role, entry in tokens.C256[dark].items():
        ground = tokens.C256[dark]["background"]
        assert codes(Look(Depth.C256, dark), role) == f"38;5;{entry};48;5;{ground}"


def test_16_colours() -> None:
    dark, light = Look(Depth.C16), Look(Depth.C16, dark=False)
    assert codes(dark, "overdue", "raised") == "91"
    assert codes(light, "overdue") == "31"
    assert codes(light, "today") == "30;43"
    assert codes(dark, "bright") == codes(dark, "accent") == "1"
    assert codes(dark, "muted") == codes(dark, "text", "sunken") == ""


@pytest.mark.parametrize("depth", [Depth.C16, Depth.MONO])
@pytest.mark.parametrize("dark", [True, False])
def test_the_cursor_row_is_reversed_without_colours(depth: Depth, dark: bool) -> None:
    for role in tokens.ROLES:
        assert codes(Look(depth, dark), role, "selection") == "1;7"
        assert "7" not in codes(Look(depth, dark), role, "idle").split(";")
    assert codes(Look(depth, dark), "text", "idle") == "1"


def test_never_faint_and_never_bold_33() -> None:
    for depth in Depth:
        for dark in (True, False):
            for fg in tokens.ROLES:
                for bg in tokens.ROLES:
                    found = codes(Look(depth, dark), fg, bg, bold=True).split(";")
                    assert "2" not in found[:1]
                    assert not look_bold_33(depth, found)


def look_bold_33(depth: Depth, found: list[str]) -> bool:
    return depth is Depth.C16 and "1" in found and "33" in found


def test_without_colour_only_attributes() -> None:
    for fg in tokens.ROLES:
        for bg in tokens.ROLES:
            found = codes(Look(Depth.MONO), fg, bg, underline=True).split(";")
            assert set(found) <= {"1", "4", "7"}
            assert "4" in found


def test_styles_are_shared() -> None:
    assert Look().style("open") is Look().style("open")
    assert Look().style("success") == Look().style("open")


def test_an_unknown_role_is_our_fault() -> None:
    with pytest.raises(KeyError):
        Look().style("red")


def test_labels() -> None:
    assert codes_of_label(Look(), 1) == "38;2;236;167;167;48;2;69;48;51"
    assert Look().label("quente") == " quente "
    assert Look(Depth.C16).label("quente") == "#quente"
    assert Look().label_style(9) is Look().label_style(1)
    assert Look(Depth.MONO).label_style(3, selected=True).reverse


def codes_of_label(look: Look, hue: int) -> str:
    return look.label_style(hue).render("x").removeprefix("\x1b[").partition("m")[0]


def test_keys_tell_looks_apart() -> None:
    looks = [Look(d, dark, a) for d in Depth for dark in (True, False) for a in (True, False)]
    assert len({look.key for look in looks}) == len(looks) == len(set(looks))


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("Padaria Aurora", 18, "Padaria Aurora"),
        ("Restaurante Dona Benta", 17, "Restaurante Dona…"),
        ("Restaurante Dona Benta", 13, "Restaurante…"),
        ("São João", 4, "São…"),
        ("日本語のカ", 5, "日本…"),
        ("日本語のカ", 4, "日…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("", 5, ""),
    ],
)
def test_cut_by_cells(text: str, cells: int, shown: str) -> None:
    assert Look().cut(text, cells) == shown
    assert cell_len(shown) <= cells


def test_cut_in_ascii() -> None:
    assert Look(ascii=True).cut("Restaurante Dona Benta", 17) == "Restaurante Dona~"


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (80, "Desfeito: 3 registros, o primeiro: Cadastro de Ana"),
        (50, "Desfeito: 3 registros, o primeiro: Cadastro de Ana"),
        (44, "Desfeito: 3 registros, o primeiro: Cadastro…"),
        (41, "Desfeito: 3 registros, o primeiro…"),
        (24, "Desfeito: 3 registros…"),
        (8, "Desfeit…"),
        (0, ""),
    ],
)
def test_a_sentence_is_cut_between_two_words(cells: int, shown: str) -> None:
    assert Look().cut_sentence("Desfeito: 3 registros, o primeiro: Cadastro de Ana", cells) == shown


def test_pad_fills_to_the_cell() -> None:
    assert Look().pad("São", 6) == "São   "
    assert Look().pad("12.400", 9, right=True) == "   12.400"
    assert cell_len(Look().pad("日本語", 4)) == 4
    assert Look().rule(3) == "───"
    assert Look(ascii=True).rule(3) == "---"


def test_the_first_paint_loads_nothing_heavy() -> None:
    code = (
        "import sys, crm_tui.ui.look, crm_tui.ui.formats, crm_tui.ui.footers, crm_tui.ui.terminal;"
        "print(sorted({'pydantic', 'babel', 'textual', 'sqlmodel', 'typer'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
