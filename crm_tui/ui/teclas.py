"""`python -m crm_tui.ui.teclas` writes `docs/teclas.md`: every key, in both languages.

A test holds the file to the tables. It must not say anything that the tables do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from crm_tui.i18n import language, say_in, set_language
from crm_tui.ui.actions import SCOPES
from crm_tui.ui.keymap import key_word

PAGE: Final = Path(__file__).parents[2] / "docs" / "teclas.md"

_TITLES: Final = {"pt-BR": "Teclas", "en": "Keys"}
_INTRO: Final = {
    "pt-BR": (
        "Gerado das tabelas do programa (`python -m crm_tui.ui.teclas`); não edite. O nome à esquerda é o "
        'que se põe na configuração para trocar a tecla; a coluna *vim* vale com `keys = "vim"`. '
        "[In English](#keys)"
    ),
    "en": (
        "Made from the program's tables (`python -m crm_tui.ui.teclas`); do not edit. The name at the left "
        'is what the configuration uses to change a key; the column *vim* applies with `keys = "vim"`.'
    ),
}
_HEADS: Final = {
    "pt-BR": "| nome | teclas | vim | ação | o que faz |",
    "en": "| name | keys | vim | action | what it does |",
}


def _cell(keys: str) -> str:
    return ", ".join(f"`{key_word(key)}`" for key in keys.split())


def _part(spoken: str) -> Iterator[str]:
    set_language(spoken)
    yield f"# {_TITLES[spoken]}\n"
    yield f"{_INTRO[spoken]}\n"
    for scope in SCOPES.values():
        yield f"## {say_in('keys', scope.title)}\n"
        yield _HEADS[spoken]
        yield "|---|---|---|---|---|"
        for action in scope.actions:
            keys = _cell(action.keys) or (say_in("key", action.shown) if action.shown else "–")
            vim = _cell(action.vim) if action.vim else ""
            yield f"| `{action.id}` | {keys} | {vim} | {action.label_said()} | {action.help_said()} |"
        yield ""


def page() -> str:
    """The whole page; the language in force is left as it was."""
    before = language()
    try:
        return "\n".join([*_part("pt-BR"), *_part("en")])
    finally:
        set_language(before)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
