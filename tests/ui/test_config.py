"""The operator's own settings: read with what is wrong left out, written without touching other lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_tui import i18n
from crm_tui.i18n import say
from crm_tui.ui import config, keymap
from crm_tui.ui.look import Depth, Look


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Language and keys are those of the process: put them back."""
    yield
    i18n.set_language("en")
    keymap.use(keymap.keymap())


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_no_file_is_an_empty_config(tmp_path: Path) -> None:
    assert config.load(tmp_path / "none.toml") == config.Config()


def test_everything_is_read(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        'language = "pt_BR"\ntheme = "light"\nkeys = "vim"\nascii = true\n[keymap]\n"rec.note" = "f4"\n',
    )
    assert config.load(file) == config.Config("pt-BR", "light", "vim", True, {"rec.note": "f4"})


def test_what_is_wrong_is_left_out_and_told(tmp_path: Path) -> None:
    file = written(tmp_path, 'language = "fr"\ntheme = "pink"\nascii = 1\ncolour = 3\n[keymap]\nx = 1\n')
    found = config.load(file)
    assert found.language is None
    assert found.theme is None
    assert found.ascii is None
    assert found.keymap == {}
    assert [say(problem) for problem in found.problems] == [
        "there is no setting colour",
        "language is one of pt-BR, en",
        'a line of [keymap] is like "rec.note" = "f4"',
        "theme is one of dark, light",
        "ascii is one of true, false",
    ]


def test_a_broken_file_is_told_and_does_not_end_the_program(tmp_path: Path) -> None:
    file = written(tmp_path, "language = ")
    assert say(config.load(file).problems[0]).startswith(f"{file} cannot be read: ")


def test_writing_keeps_comments_tables_and_unknown_lines(tmp_path: Path) -> None:
    file = written(tmp_path, '# mine\ntheme = "dark"  # at night\n\n[keymap]\n"rec.note" = "f4"\n')
    config.save(file, {"theme": "light", "language": "en", "ascii": True})
    assert file.read_text(encoding="utf-8") == (
        '# mine\ntheme = "light"  # at night\nlanguage = "en"\nascii = true\n\n[keymap]\n"rec.note" = "f4"\n'
    )
    assert config.load(file) == config.Config("en", "light", "default", True, {"rec.note": "f4"})


def test_writing_makes_the_folder_and_the_file(tmp_path: Path) -> None:
    file = tmp_path / "new" / "config.toml"
    config.save(file, {"keys": "vim"})
    assert config.load(file).keys == "vim"


def test_the_command_line_and_the_environment_win_over_the_files_language() -> None:
    own = config.Config(language="pt-BR")
    i18n.set_language("en")
    config.begin(own, {}, "en")
    assert i18n.language() == "en"
    config.begin(own, {"CRM_TUI_LANG": "en"})
    assert i18n.language() == "en"
    config.begin(own, {})
    assert i18n.language() == "pt-BR"


def test_theme_and_signs_of_the_file_win_over_what_the_terminal_says() -> None:
    terminal = {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "COLORFGBG": "15;0",
        "LANG": "pt_BR.UTF-8",
    }
    assert config.begin(config.Config(), terminal)[1] == Look(Depth.TRUE, True, False)
    own = config.Config(theme="light", ascii=True)
    assert config.begin(own, terminal)[1] == Look(Depth.TRUE, False, True)


def test_the_keys_are_in_force_and_a_wrong_line_is_named() -> None:
    found, _ = config.begin(config.Config(keys="vim", keymap={"rec.note": "f4", "no.such": "x"}), {})
    assert keymap.in_force().of("rec.note") == ("f4",)
    assert keymap.in_force().of("nav.half_down") == ("ctrl+d",)
    assert [say(problem) for problem in found.problems] == ["no.such: there is no action no.such"]


def test_a_preference_that_cannot_be_stored_holds_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CRM_TUI_CONFIG", str(tmp_path / "file" / "config.toml"))
    found, look, problem = config.prefer(config.Config(), Look(), {"theme": "light"})
    assert found.theme == "light"
    assert not look.dark
    assert problem.startswith("Not stored (")


def test_keys_of_ones_own_are_written_into_their_table_and_nothing_else_is_touched(tmp_path: Path) -> None:
    file = written(
        tmp_path, 'theme = "dark" # mine\n\n[keymap]\n# by hand\n"rec.note" = "f4"\n"rec.lost" = "f5"\n'
    )
    config.save(file, {"keymap": {"rec.note": "f6", "rec.won": "f7"}})
    assert (
        file.read_text()
        == 'theme = "dark" # mine\n\n[keymap]\n# by hand\n"rec.note" = "f6"\n"rec.won" = "f7"\n'
    )
    config.save(file, {"keymap": {}})
    assert config.load(file).keymap == {}
    none = tmp_path / "none.toml"
    config.save(none, {"keymap": {"rec.note": '"'}})
    assert config.load(none).keymap == {"rec.note": '"'}


def test_the_mouse_is_asked_for_unless_the_file_says_no(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    assert config.load(file).mouse
    file.write_text("mouse = false\n", encoding="utf-8")
    assert not config.load(file).mouse
    file.write_text("mouse = 3\n", encoding="utf-8")
    found = config.load(file)
    assert found.mouse
    assert [problem.params["name"] for problem in found.problems] == ["mouse"]
