"""Keys as terminals send them: a quick Esc, the pad, composed letters, junk, and job control left on."""

from __future__ import annotations

import select

import pytest

from tests.blackbox.conftest import Ask, Terminal
from tests.tools.term import Term


def _sent(t: Term, data: str) -> None:
    """Bytes as they come over the line, in one write."""
    t.type(data)


def _rest(ms: int) -> None:
    """Let so many milliseconds pass between two keys: what is tested is the terminal's own timing."""
    select.select([], [], [], ms / 1000)


@pytest.mark.parametrize("ms", [0, 30, 90, 150])
def test_esc_and_a_letter_are_two_keys_however_quick(terminal: Terminal, ms: int) -> None:
    """Inside 100 ms the terminal's parser makes `alt+p` of them; nothing may be typed into the parecer."""
    with terminal() as t:
        t.wait("Restaurante Dona")
        t.type("pUma frase")
        t.wait("Uma frase")
        _sent(t, "\x1b")
        if ms:
            _rest(ms)
        _sent(t, "i")
        t.wait("Histórico")
        t.send("f7")
        t.wait("a concluir")
        t.gone("Histórico  ")
        t.send("p")
        t.wait(r"Uma frase\s*$")
        assert t.quit("ctrl+q").code == 0


def test_esc_and_a_digit_in_one_breath_change_the_place(terminal: Terminal) -> None:
    """Textual's table reads `ESC 2` as a Mac's option key and would type a `™`."""
    with terminal() as t:
        t.wait("Restaurante Dona")
        t.type("pUma frase")
        t.wait("Uma frase")
        _sent(t, "\x1b2")
        t.wait("Vendas")
        t.send("1")
        t.wait("Restaurante Dona")
        t.send("p")
        t.wait(r"Uma frase\s*$")
        assert t.quit("ctrl+q").code == 0


@pytest.mark.parametrize(("letter", "sees"), [("b", "Quadros"), ("f", "Donos"), ("-", "Recolhida|›")])
def test_esc_and_a_letter_that_other_programs_take_for_option_and_an_arrow(
    terminal: Terminal, letter: str, sees: str
) -> None:
    """In Textual's table `ESC b` and `ESC f` are a word to the left and to the right, and `ESC -` a dash."""
    with terminal() as t:
        t.wait("Restaurante Dona")
        t.send("2")
        t.wait("Vendas")
        t.send("+")
        t.wait("depois Enter")
        _sent(t, f"\x1b{letter}")
        t.wait(sees)
        t.gone("depois Enter")


def test_the_pad_and_what_is_composed_arrive_under_the_kitty_protocol(terminal: Terminal) -> None:
    """The pad's signs come as keys of their own, dead keys as the letter, NumLock as a modifier."""
    with terminal() as t:
        t.wait("Restaurante Dona")
        _sent(t, "\x1b[57410u")  # the pad's /: the filter
        t.wait("f1 ajuda")
        _sent(t, "\x1b[231u\x1b[227u\x1b[97;129u")  # ç, ã composed, and an a with NumLock on
        t.wait("çãa")
        t.send("escape")
        t.wait(r"\? ajuda")
        _sent(t, "\x1b[57411u")  # the pad's *: mark all
        t.wait("marcados")
        t.send("escape")
        t.gone("marcados")
        _sent(t, "2")
        t.wait("Qualificação")
        _sent(t, "\x1b[57413u")  # the pad's +: a card for this stage
        t.wait("Nov")
        assert t.quit("ctrl+q").code == 0


@pytest.mark.parametrize(
    "junk",
    [
        "\x1b[47:63;2;63u",
        "\x1b]11;rgb:zz/zz\x1b\\",
        "\x1b[?1;2;3;4;5;6;7;8;9c",
        "\x1b[<0;999999;999999M",
        "\x1bP1$r0 q\x1b\\",
        "\x1b[200~\x1b[201~",
    ],
)
def test_answers_nobody_asked_for_lose_nothing(terminal: Terminal, asked: Ask, junk: str) -> None:
    """The program lives, or ends with every draft stored."""
    with terminal() as t:
        t.wait("Restaurante Dona")
        t.type("pUma frase inteira")
        t.wait("frase inteira")
        _sent(t, junk)
        t.settle(0.2)
        if t.code is None:
            t.quit("ctrl+q")
        else:
            assert t.code == 1
            assert "Isto é falha nossa" in t.text()
            assert "Traceback" not in t.text()
    assert any(d["text"].startswith("Uma frase inteira") for d in asked("drafts"))


def test_ctrl_z_undoes_although_the_environment_leaves_job_control_on(terminal: Terminal) -> None:
    with terminal(TEXTUAL_ALLOW_SIGNALS="1") as t:
        t.wait("Restaurante Dona")
        t.type("R")
        t.type("seg\r")
        t.wait("u desfaz")
        t.send("ctrl+z")
        t.wait("Desfeito")
        assert t.quit("ctrl+q").code == 0
