"""Texts: English message ids in the code, Portuguese and others from the gettext catalogues.

Below the screens a text is a `Text` (message id and parameters); it becomes a sentence only where it is
shown, in the reader's language, with `say`. Standard library only; anyone may import this.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LANGUAGES = ("pt-BR", "en")
_LOCALES = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Text:
    """A message id (English) and its parameters; a parameter may itself be a Text. `many` is the id of the plural,
    where the parameter `n` decides (`text_n`)."""

    msgid: str
    params: Mapping[str, Any] = field(default_factory=dict)
    many: str = ""


def N_(msgid: str) -> str:  # noqa: N802 - the name gettext tools know
    """Mark a message id for extraction without translating it (labels that are declared once)."""
    return msgid


def text_n(one: str, many: str, n: int, **params: Any) -> Text:
    """A Text with the plural form for `n`, which it knows as `{n}`: what `say_n` is to `say`."""
    return Text(one, {"n": n, **params}, many)


def C_(context: str, msgid: str) -> str:  # noqa: N802 - the name gettext tools know
    """Mark a message id with context for extraction; show it with `say_in`."""
    return msgid


class _Now:
    """The language in force; one per process, because one process is one operator's terminal."""

    language = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def set_language(language: str) -> None:
    """Switch to `pt-BR` or `en`; anything else is a ValueError."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _Now.language = language
    name = language.replace("-", "_")
    _Now.catalogue = gettext.translation("crm", _LOCALES, [name], fallback=language == "en")


def language() -> str:
    """`pt-BR` or `en`."""
    return _Now.language


def language_of(name: str | None) -> str | None:
    """What `--lang`, a config or an environment value means: `pt`, `pt_BR.UTF-8` are `pt-BR`; else None."""
    low = (name or "").replace("_", "-").split(".")[0].lower()
    if low.startswith("pt"):
        return "pt-BR"
    if low.startswith("en"):
        return "en"
    return None


def language_from_environment() -> str:
    """`CRM_TUI_LANG`, else the system's language if it is one of ours, else Portuguese."""
    for name in ("CRM_TUI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        found = language_of(os.environ.get(name))
        if found:
            return found
    return "pt-BR"


def _fill(template: str, params: Mapping[str, Any]) -> str:
    if not params:
        return template
    return template.format_map({k: say(v) if isinstance(v, Text) else v for k, v in params.items()})


def say(text: Text | str, **params: Any) -> str:
    """The sentence in the language in force."""
    if isinstance(text, Text) and text.many:
        return _fill(_Now.catalogue.ngettext(text.msgid, text.many, text.params["n"]), text.params)
    if isinstance(text, Text):
        return _fill(_Now.catalogue.gettext(text.msgid) if text.msgid else "", text.params)
    return _fill(_Now.catalogue.gettext(text) if text else "", params)


def say_in(context: str, msgid: str, **params: Any) -> str:
    """As `say`, for a message id that means different things in different contexts."""
    return _fill(_Now.catalogue.pgettext(context, msgid), params)


def say_n(one: str, many: str, n: int, **params: Any) -> str:
    """As `say` with the plural form for `n`, which the text knows as `{n}`."""
    return _fill(_Now.catalogue.ngettext(one, many, n), {"n": n, **params})


def say_as(wanted: str, msgid: str) -> str:
    """A label in a given language, whatever language is in force (choices are understood in all of them)."""
    if wanted == "en":
        return msgid
    return gettext.translation("crm", _LOCALES, [wanted.replace("-", "_")]).gettext(msgid)
