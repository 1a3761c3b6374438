"""Text as data: folding is stable, sanitising leaves nothing that steers a terminal, one line is one line."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_tui.domain.text import digits, fold, one_line, sanitise

MANY = settings(max_examples=400, deadline=None, derandomize=True, database=None)
anything = st.text(st.characters(codec=None) | st.characters(categories=("Cc", "Cf", "Cs")), max_size=40)
STEERS = {chr(c) for c in (*range(0x20), *range(0x7F, 0xA0)) if chr(c) not in "\t\n"}
SPOOFS = set("\u180e\u200b\u200e\u200f\u2028\u2029\u061c\ufeff") | {
    chr(c) for c in (*range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xE0000, 0xE0080))
}


@MANY
@given(anything)
def test_nothing_is_left_that_steers_or_spoofs(text: str) -> None:
    clean = sanitise(text)
    assert not set(clean) & (STEERS | SPOOFS)
    assert not any(unicodedata.category(c) == "Cs" for c in clean)
    clean.encode("utf-8")


@MANY
@given(anything)
def test_sanitising_twice_is_sanitising_once(text: str) -> None:
    assert sanitise(sanitise(text)) == sanitise(text)


@MANY
@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=40))
def test_what_people_write_stays_letter_for_letter(text: str) -> None:
    assert sanitise(text) == text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x1b[2Jb", "a␛[2Jb"),
        ("a\x1b]52;c;eA==\x07", "a␛]52;c;eA==␇"),
        ("a\x9b2J", "a\ufffd2J"),
        ("a\x00\x7f", "a␀␡"),
        ("fdp\u202eexe.pdf", "fdp\ufffdexe.pdf"),
        ("um\r\ndois\rtrês", "um\ndois\ntrês"),
        ("da\u2028web\u2029", "da\nweb\n"),
        ("etiqueta\U000e0041\U000e007f", "etiqueta\ufffd\ufffd"),
        ("tab\tstays", "tab\tstays"),
        ("família 👨\u200d👩", "família 👨\u200d👩"),
        ("\udc9b", "\ufffd"),
    ],
)
def test_controls_become_visible_signs(text: str, clean: str) -> None:
    assert sanitise(text) == clean


@MANY
@given(anything)
def test_one_line_is_one_line_without_blanks_around(text: str) -> None:
    line = one_line(text)
    assert line == line.strip()
    assert not set("\n\t\r") & set(line)
    assert one_line(line) == line


@MANY
@given(st.one_of(anything, st.text(" a\u00a0", max_size=6)))
def test_one_line_is_the_sanitised_words_with_a_blank_between(text: str) -> None:
    assert one_line(text) == " ".join(sanitise(text).split())


@MANY
@given(anything)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@MANY
@given(st.text("áàâãäéêíóôõöúüçñÁÀÂÃÉÊÍÓÔÕÚÇÑ aAzZ", max_size=20))
def test_folding_forgets_accents_case_and_how_they_are_composed(text: str) -> None:
    assert fold(text) == fold(unicodedata.normalize("NFD", text)) == fold(text.swapcase())
    assert fold(text).isascii()


@pytest.mark.parametrize(
    ("text", "key"), [("  São  JOSÉ\n", "sao jose"), ("Straße", "strasse"), ("ﬁm", "fim"), ("", "")]
)
def test_folded(text: str, key: str) -> None:
    assert fold(text) == key


@MANY
@given(anything)
def test_digits_are_ascii_digits_in_their_order(text: str) -> None:
    assert digits(text) == "".join(c for c in text if c.isascii() and c.isdigit())
