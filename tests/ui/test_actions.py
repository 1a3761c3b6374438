"""The table of actions: no conflict, no label too long, and the keys that the user may give."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from crm_tui import i18n
from crm_tui.i18n import say
from crm_tui.ui import teclas
from crm_tui.ui.actions import ACTIONS, ALIVE, PROTECTED, SCOPE_OF, SCOPES
from crm_tui.ui.keymap import (
    KEYSETS,
    bindings,
    clashes,
    effective,
    key_word,
    keymap,
    printable,
    textual_names,
)

TYPED = ("editor", "text", "form", "whenfield", "filterline", "filterdialog", "import", "merge")


@pytest.mark.parametrize("keyset", KEYSETS)
@pytest.mark.parametrize("name", ALIVE)
def test_no_key_is_held_twice(name: str, keyset: str) -> None:
    assert clashes(ALIVE[name], keymap(keyset)) == []


def test_the_check_sees_a_conflict() -> None:
    assert ("x", "rec.lost", "set.off") in clashes(("record", "settings"))


def test_a_replaced_action_exists() -> None:
    for name, scope in SCOPES.items():
        assert scope.replaces <= set(ACTIONS), name
    assert set(ACTIONS) >= PROTECTED
    assert len(ACTIONS) == sum(len(scope.actions) for scope in SCOPES.values())
    assert {name for alive in ALIVE.values() for name in alive} == set(SCOPES)


@pytest.mark.parametrize("spoken", i18n.LANGUAGES)
def test_words_fit(spoken: str) -> None:
    i18n.set_language(spoken)
    for action in ACTIONS.values():
        assert 0 < cell_len(action.label_said()) <= 14, action.id
        assert 0 < cell_len(action.help_said()) <= 30, action.id


def test_where_letters_are_typed_none_is_a_command() -> None:
    for keyset in KEYSETS:
        for name in TYPED:
            for action in SCOPES[name].actions:
                taken = [key for key in action.keys_in(keyset) if printable(key)]
                assert not taken or action.id == "mg.both", action.id


def test_only_signs_of_the_app_have_priority_among_letters() -> None:
    for action in ACTIONS.values():
        if action.priority:
            letters = [key for key in action.keys.split() if printable(key)]
            assert set(letters) <= {"?", ":"}, action.id


@pytest.mark.parametrize("keyset", KEYSETS)
@pytest.mark.parametrize("name", ALIVE)
def test_bindings(name: str, keyset: str) -> None:
    from textual.binding import BindingsMap

    made = bindings(ALIVE[name], keyset)
    keys = [key for binding in made for key in binding.key.split(",")]
    assert len(keys) == len(set(keys))
    for binding in made:
        assert binding.id in ACTIONS
        assert binding.action == binding.id.replace(".", "_")
        assert not binding.show
    assert set(BindingsMap(made).key_to_bindings) == set(keys)


def test_textual_knows_every_sign() -> None:
    """A name in the table is what Textual calls the character that the terminal sends."""
    from textual.keys import _character_to_key

    for action in ACTIONS.values():
        for key in action.keys.split():
            if len(key) == 1:
                assert textual_names(key)[0] == _character_to_key(key), key


def test_the_pads_names_are_bound_too() -> None:
    assert textual_names("+") == ("plus", "add")
    found = {b.id: b.key for b in bindings(("place", "record", "board"))}
    assert found["board.add"] == "plus,add"
    assert found["board.fold"] == "minus,subtract"
    assert found["view.filter"] == "slash,divide"


def test_an_inner_scope_takes_the_key() -> None:
    held = effective(ALIVE["agenda"], keymap())
    assert held["agenda.goto"] == ("g",)
    assert held["nav.first"] == ("home",)
    assert "rec.won" not in held
    assert effective(ALIVE["agenda"], keymap(), only={"nav.first"}) == {"nav.first": ("g", "home")}


def test_the_vim_set() -> None:
    vim = keymap("vim")
    assert vim.of("app.palette") == (":",)
    assert vim.of("rec.trail") == ("T",)
    assert vim.of("nav.half_down") == ("ctrl+d",)
    assert vim.of("rec.note") == keymap().of("rec.note")
    with pytest.raises(ValueError, match="emacs"):
        keymap("emacs")


@pytest.mark.usefixtures("portuguese")
def test_keys_as_words() -> None:
    assert [key_word(k) for k in ("escape", "space", "pagedown", "down", "?", "ctrl+s")] == [
        *("esc", "espaço", "pgdn", "↓", "?", "ctrl+s")
    ]
    assert key_word("down", ascii=True) == "baixo"


def test_a_taken_key_names_both_and_goes_to_the_newer() -> None:
    keys = keymap(remap={"rec.note": "n"})
    assert keys.of("rec.note") == ("n",)
    assert keys.of("new.here") == ()
    (problem,) = keys.problems
    assert (problem.id, problem.taken_from) == ("rec.note", "new.here")
    assert say(problem.text) == "n now belongs to rec.note, no longer to new.here"


def test_keys_that_are_never_alive_together_do_not_clash() -> None:
    keys = keymap(remap={"board.add": "O"})
    assert keys.problems == ()
    assert keys.of("agenda.who") == ("O",)


def test_a_shared_key_that_is_kept_takes_nothing() -> None:
    keys = keymap(remap={"agenda.goto": "g f9"})
    assert keys.problems == ()
    assert keys.of("nav.first") == ("g", "home")


@pytest.mark.parametrize("action_id", sorted(PROTECTED))
def test_a_protected_action_keeps_a_key(action_id: str) -> None:
    keys = keymap(remap={action_id: ""})
    assert keys.of(action_id) == keymap().of(action_id)
    assert [problem.id for problem in keys.problems] == [action_id]


def test_another_action_cannot_take_the_last_key_of_a_protected_one() -> None:
    keys = keymap(remap={"place.reload": "ctrl+q"})
    assert keys.of("app.quit") == ("ctrl+q",)
    assert keys.of("place.reload") == ("r",)
    assert keys.problems[0].taken_from == "app.quit"


@pytest.mark.parametrize(
    ("action_id", "key", "reason"),
    [
        ("ed.park", "p", "typed there"),
        ("form.save", "space", "typed there"),
        ("app.find", "k", "typed there"),
        ("rec.note", "ctrl+i", "cannot be used"),
        ("rec.note", "~", "cannot be used"),
        ("rec.note", "alt+p", "not a key"),
        ("rec.note", "shift+f1", "not a key"),
        ("rec.note", "f13", "not a key"),
        ("rec.not", "f9", "no action"),
    ],
)
def test_refused_keys(action_id: str, key: str, reason: str) -> None:
    keys = keymap(remap={action_id: key})
    (problem,) = keys.problems
    assert reason in say(problem.text)
    if action_id in ACTIONS:
        assert keys.of(action_id) == keymap().of(action_id)


def test_good_keys_are_taken() -> None:
    assert keymap(remap={"nav.first": "pgup espaço ↑"}).of("nav.first") == ("pageup", "space", "up")
    keys = keymap("vim", {"rec.note": "ç f9", "ed.park": "ctrl+d", "view.dialog": ""})
    assert keys.problems == ()
    assert keys.of("rec.note") == ("ç", "f9")
    assert keys.of("view.dialog") == ()
    assert "view.dialog" not in {b.id for b in bindings(("place",), "vim", {"view.dialog": ""})}


def test_every_action_has_its_scope() -> None:
    assert SCOPE_OF["rec.note"] == "record"
    assert ACTIONS["rec.note"].method == "rec_note"


def test_the_page_of_keys_is_current() -> None:
    """After a change of the tables: `python -m crm_tui.ui.teclas`."""
    assert teclas.PAGE.relative_to(Path(__file__).parents[2]) == Path("docs", "teclas.md")
    assert teclas.page() == teclas.PAGE.read_text(encoding="utf-8")
