"""The globals, accepted before and after the verb: which file, who acts, which language, what is printed.

Read by hand, before any library is loaded: the bare program opens without Typer. A word after `--` is never a
global; the value of an option that looks like one is written with a sign of equality: `--body=--json`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crm_tui.cli.failures import Failure, Status
from crm_tui.i18n import Text, language_of

_VALUED = {"--db": "db", "--as": "login", "--lang": "lang"}
_FLAGS = {"--json": "json", "-q": "quiet", "--quiet": "quiet", "--service": "service"}


@dataclass(frozen=True, slots=True)
class Options:
    """What was said for every verb; `lang` is `pt-BR`, `en` or None, the rest as typed."""

    db: str | None = None
    login: str | None = None
    lang: str | None = None
    json: bool = False
    quiet: bool = False
    service: bool = False


def take(argv: Sequence[str]) -> tuple[Options, list[str]]:
    """The globals wherever they stand, and the other words in order; `Failure` (2) if a value is missing."""
    options, rest = Options(), []
    words = iter(argv)
    for word in words:
        if word == "--":
            rest += [word, *words]
            break
        name, equals, value = word.partition("=")
        if name in _VALUED:
            if not equals:
                value = next(words, "")
            options = _with(options, _VALUED[name], _given(name, value))
        elif word in _FLAGS:
            options = _with(options, _FLAGS[word], True)
        else:
            rest.append(word)
    return options, rest


def _with(options: Options, name: str, value: Any) -> Options:
    return replace(options, **{name: value})


def _given(name: str, value: str) -> str:
    if not value.strip():
        raise Failure(Status.USAGE, Text("{option} needs a value.", {"option": name}))
    if name != "--lang":
        return value
    known = language_of(value)
    if known is None:
        raise Failure(
            Status.USAGE, Text("There is no language “{language}”: pt-BR or en.", {"language": value})
        )
    return known


def database(options: Options, environ: Mapping[str, str] = os.environ) -> Path | None:
    """The file that `--db` or `CRM_TUI_DB` names, as a path or as `sqlite:///path`; None if neither does.

    `Failure` (7) for the address of a database server: one operator's file is all there is yet.
    """
    named = options.db or environ.get("CRM_TUI_DB", "").strip()
    if not named:
        return None
    scheme, found, rest = named.partition("://")
    if not found:
        return Path(os.path.expanduser(named))  # `~nobody` stays: the `Path`'s own would raise
    if scheme.lower() == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return Path(os.path.expanduser(rest[1:]))
    raise Failure(
        Status.STORE,
        Text("{scheme} databases are not supported yet: name a file with --db.", {"scheme": scheme}),
    )
