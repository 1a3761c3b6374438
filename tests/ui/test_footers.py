"""The footers at 80 and 60 columns, letter by letter, and the pages of `?`."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from rich.cells import cell_len

from crm_tui import i18n
from crm_tui.ui.actions import ACTIONS, ALIVE
from crm_tui.ui.footers import FOOTERS, Hint, footer, gap, help_rows
from crm_tui.ui.keymap import keymap

PORTUGUESE = """
today         | enter abrir  p parecer  A atender  n novo  / filtrar  espaço marcar    ? ajuda |
today         | enter abrir  p parecer  A atender  n novo          ? ajuda |
marked        | R remarcar  P passar para  m mover  E etiquetas  x perdida             ? ajuda |
marked        | R remarcar  P passar para  m mover  E etiquetas    ? ajuda |
attend        | p parecer  ] próximo  z adiar  y copiar…  i histórico  esc voltar      ? ajuda |
attend        | p parecer  ] próximo  z adiar  y copiar…           ? ajuda |
board         | enter abrir  L avançar etapa  m mover  x perdida  + adicionar          ? ajuda |
board         | enter abrir  L avançar etapa  m mover  x perdida   ? ajuda |
agenda        | enter abrir  n novo  s dia, mês…  pgdn próx. período  . hoje           ? ajuda |
agenda        | enter abrir  n novo  s dia, mês…                   ? ajuda |
free          | enter agendar  f5 1º horário  O quem  > alongar  < encurtar            ? ajuda |
free          | enter agendar  f5 1º horário  O quem  > alongar    ? ajuda |
people.search | enter aplicar  ↓ ir à lista  esc fechar                               f1 ajuda |
people.search | enter aplicar  ↓ ir à lista  esc fechar           f1 ajuda |
people        | enter abrir  p parecer  n novo  / filtrar  y copiar…  espaço marcar    ? ajuda |
people        | enter abrir  p parecer  n novo  / filtrar          ? ajuda |
dash          | enter abrir  s exibir  r recarregar  A atender                         ? ajuda |
dash          | enter abrir  s exibir  r recarregar  A atender     ? ajuda |
card          | p parecer  e editar  a agendar  t tarefas  i histórico  ] próximo      ? ajuda |
card          | p parecer  e editar  a agendar  t tarefas          ? ajuda |
settings      | enter abrir  e editar  n novo  x retirar  / filtrar  o outras ações    ? ajuda |
settings      | enter abrir  e editar  n novo  x retirar           ? ajuda |
note          | ctrl+s gravar  ctrl+n gravar e próx.  f6 a concluir  f7 histórico     f1 ajuda |
note          | f2 gravar  f3 gravar e próx.  f6 a concluir       f1 ajuda |
form          | ctrl+s gravar  ctrl+n gravar e novo  f4 escolher  esc sair (guarda)   f1 ajuda |
form          | f2 gravar  f3 gravar e novo  f4 escolher          f1 ajuda |
picker        | enter escolher  tab aceitar  esc fechar                               f1 ajuda |
picker        | enter escolher  tab aceitar  esc fechar           f1 ajuda |
when          | enter escolher  f5 1º horário  esc fechar                             f1 ajuda |
when          | enter escolher  f5 1º horário  esc fechar         f1 ajuda |
filterline    | enter aplicar  ↓ ir à lista  tab completar  esc fechar                f1 ajuda |
filterline    | enter aplicar  ↓ ir à lista  tab completar        f1 ajuda |
filterdialog  | ctrl+s aplicar  f3 salvar visão  f8 limpar  esc sair (guarda)         f1 ajuda |
filterdialog  | f2 aplicar  f3 salvar visão  f8 limpar            f1 ajuda |
history       | f7 voltar  / filtrar  s só padrão  enter citar                         ? ajuda |
history       | q voltar  / filtrar  s só padrão  enter citar      ? ajuda |
ways          | e editar  n novo  x não usar  m principal  f8 remover  esc voltar      ? ajuda |
ways          | e editar  n novo  x não usar  m principal          ? ajuda |
consents      | n novo  x revogar  esc voltar                                          ? ajuda |
consents      | n novo  x revogar  esc voltar                      ? ajuda |
drafts        | enter retomar  o ver registro  x descartar…  esc voltar                ? ajuda |
drafts        | enter retomar  o ver registro  x descartar…        ? ajuda |
menu          | enter executar  esc fechar                                             ? ajuda |
menu          | enter executar  q fechar                           ? ajuda |
confirm       | s sim  n não                                                           ? ajuda |
confirm       | s sim  n não                                       ? ajuda |
merge         | ctrl+s gravar  ← fica o meu  → fica o outro  espaço os dois           f1 ajuda |
merge         | f2 gravar  ← fica o meu  → fica o outro           f1 ajuda |
import        | ctrl+s importar  f7 só erros  f4 coluna  esc cancelar  f8 erros CSV   f1 ajuda |
import        | f2 importar  f7 só erros  f4 coluna               f1 ajuda |
help          | / procurar  esc fechar                                                 ? ajuda |
help          | / procurar  q fechar                               ? ajuda |
jump          | esc fechar                                                             ? ajuda |
jump          | esc fechar                                         ? ajuda |
"""
ENGLISH = """
today         | enter open  p note  A attend  n new  / filter  space mark               ? help |
marked        | R reschedule  P hand over  m move  E labels  x lost  esc back           ? help |
board         | enter open  L stage forward  m move  x lost  + add card  / filter       ? help |
card          | p note  e edit  a schedule  t tasks  i history  ] next                  ? help |
note          | ctrl+s file  ctrl+n file & next  f6 park  f7 history  f4 fill in       f1 help |
form          | ctrl+s save  ctrl+n save & new  f4 choose  esc leave (kept)            f1 help |
filterline    | enter apply  ↓ to the list  tab complete  esc close                    f1 help |
"""


def lines(block: str) -> list[tuple[str, str]]:
    rows = [line.split("|") for line in block.strip().splitlines()]
    return [(place.strip(), text) for place, text, _ in rows]


def _line(hints: Sequence[Hint], width: int) -> str:
    """The footer as one text of exactly `width` cells, help flush right one cell from the edge."""
    *first, last = hints
    left = " " + (" " * gap(width)).join(f"{hint.key} {hint.label}" for hint in first)
    right = f"{last.key} {last.label} "
    return left + " " * (width - cell_len(left) - cell_len(right)) + right


@pytest.mark.parametrize(("place", "text"), lines(PORTUGUESE))
@pytest.mark.usefixtures("portuguese")
def test_footers_in_portuguese(place: str, text: str) -> None:
    assert len(text) in (80, 60)
    assert _line(footer(place, len(text)), len(text)) == text


@pytest.mark.parametrize(("place", "text"), lines(ENGLISH))
def test_footers_in_english(place: str, text: str) -> None:
    assert len(text) == 80
    assert _line(footer(place, 80), 80) == text


@pytest.mark.parametrize("width", [40, 60, 79, 80, 99, 100, 120, 200])
@pytest.mark.parametrize("spoken", i18n.LANGUAGES)
@pytest.mark.parametrize("keyset", ["default", "vim"])
def test_no_footer_overflows_or_loses_help(width: int, spoken: str, keyset: str) -> None:
    i18n.set_language(spoken)
    for place in FOOTERS:
        for ascii_only in (True, False):
            hints = footer(place, width, keys=keymap(keyset), ascii=ascii_only)
            text = _line(hints, width)
            assert cell_len(text) == width
            assert hints[-1].key in ("?", "f1")
            assert len(hints) <= 7
            for hint in hints:
                assert f"{hint.key} {hint.label}" in text


def test_every_line_of_a_footer_is_alive_there() -> None:
    alive = {
        "marked": "today",
        "attend": "today",
        "today.empty": "today",
        "board.empty": "board",
        "board.list": "today",
        "board.owner": "board",
        "board.label": "board",
        "board.due": "board",
        "note": "editor",
        "people.search": "filterline",
        "people.marked": "people",
        "views": "picker",
        "path": "choose",
        "keylist": "settings",
        "pairs": "today",
        "relations": "today",
        "mapfield": "mapping",
        "maplayout": "mapping",
        "keysheet": "menu",
        "of_record": "today",
        "card.tasks": "card",
        "card.items": "card",
        "card.files": "card",
        "card.forms": "card",
    }
    alive["when"] = "days in a form"
    for place, ids in FOOTERS.items():
        scopes = ALIVE[alive.get(place, place)] if not place.startswith("history.") else ("place", "history")
        for action_id in ids:
            assert any(action_id in {a.id for a in _scope(scope)} for scope in scopes), (place, action_id)


def _scope(name: str) -> tuple[object, ...]:
    from crm_tui.ui.actions import SCOPES

    return SCOPES[name].actions


def test_only_what_is_offered() -> None:
    hints = footer("today", 80, only={"rec.open", "rec.redate"})
    assert [hint.label for hint in hints] == ["open", "reschedule", "help"]


def test_marks_change_the_verbs() -> None:
    assert footer("board", 80, marked=True) == footer("marked", 80)


def test_wide_footers_have_air() -> None:
    assert gap(80) == 2
    assert "enter open   p note   A attend" in _line(footer("today", 120), 120)


def test_the_users_keys_are_shown() -> None:
    keys = keymap(remap={"rec.note": "ç", "app.help": "f1"})
    hints = footer("today", 80, keys=keys)
    assert Hint("ç", "note") in hints
    assert hints[-1].key == "f1"
    assert "Open" not in _line(footer("today", 80, keys=keymap(remap={"rec.open": ""})), 80)


def test_what_a_rule_forbids_keeps_its_place_and_only_what_is_shown_is_asked() -> None:
    asked: list[str] = []

    def barred(shown: Sequence[str]) -> list[str]:
        asked.extend(shown)
        return ["rec.note"]

    hints = footer("today", 80, barred=barred)
    assert [hint.key for hint in hints if hint.barred] == ["p"]
    assert [(h.key, h.label) for h in hints] == [(h.key, h.label) for h in footer("today", 80)]
    assert len(asked) == len(hints) - 1


def test_arrows_are_words_in_ascii() -> None:
    assert Hint("down", "to the list") in footer("filterline", 80, ascii=True)


@pytest.mark.usefixtures("portuguese")
def test_help_is_by_purpose() -> None:
    groups = help_rows(ALIVE["agenda"])
    assert [group.title for group in groups] == [
        *("Agenda", "Este contato", "A lista", "Trabalhar a fila", "Andar", "Em toda parte")
    ]
    rows = {title: dict(rows) for title, rows in groups}
    assert rows["Agenda"]["g"] == "ir a uma data"
    assert rows["Andar"]["home"] == "à primeira linha"
    assert rows["Este contato"]["p"] == "escrever parecer"


def test_help_shows_only_what_is_offered() -> None:
    groups = help_rows(ALIVE["today"], only={"rec.note", "app.help"})
    assert [row for group in groups for row in group.rows] == [
        ("p", "write a note"),
        ("f1  ?", "the keys of this place"),
    ]


@pytest.mark.parametrize("name", ALIVE)
def test_every_action_alive_stands_in_help_once(name: str) -> None:
    shown = [row for group in help_rows(ALIVE[name], keys=keymap("vim")) for row in group.rows]
    assert len(shown) == len(set(shown))
    held = {i for i in ACTIONS if any(i in {a.id for a in _scope(s)} for s in ALIVE[name])}
    assert len(shown) <= len(held)
