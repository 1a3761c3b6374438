"""Runs one verb through Typer: its group's file is loaded, its words are parsed, its failure is a sentence.

A group is a module whose `VERBS` has a function for each of its verbs. Typer's own sentences are English
only, so what it refuses is said here again.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import typer
import typer.main

from crm_tui.cli import help, out
from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.help import Verb
from crm_tui.cli.options import Options
from crm_tui.cli.session import Session
from crm_tui.i18n import Text

_SETTINGS: Mapping[str, dict[str, Any]] = {
    **{name: {"ignore_unknown_options": True, "allow_extra_args": True} for name in ("do", "today")},
    "when": {"ignore_unknown_options": True},  # `-3d` and `+3d` are words
}


def command_of(verb: Verb) -> Any:
    """The verb as Typer parses it, alone: each parameter of another would load pydantic (70 ms, measured)."""
    function = importlib.import_module(f"crm_tui.cli.{verb.module}").VERBS[verb.name]
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    settings = _SETTINGS.get(verb.name, {}) | {"help_option_names": []}
    app.command(verb.name, context_settings=settings)(function)
    return typer.main.get_command(app)


def run(verb: Verb, words: list[str], given: Options) -> int:
    """Run the verb with these words; its exit status."""
    command = command_of(verb)
    before = words[: words.index("--")] if "--" in words else words
    if verb.name != "do" and ({"--help", "-h"} & set(before)):
        out.line(help.page(verb, command.params))
        return Status.DONE
    session = Session(given)
    try:
        with command.make_context(f"crm-tui {verb.name}", list(words), obj=session) as context:
            answer = command.invoke(context)
    except typer.TyperException as error:
        raise _misused(verb, error) from None
    finally:
        session.close()
    return int(answer or 0)


def _misused(verb: Verb, error: typer.TyperException) -> Failure:
    """What Typer refused, in a sentence of ours."""
    option = getattr(error, "option_name", None)
    param = getattr(error, "param", None)
    hint = {"verb": verb.name}
    match type(error).__name__:
        case "NoSuchOption":
            reason = Text(
                "There is no option {option}: see crm-tui {verb} --help.", hint | {"option": option}
            )
        case "MissingParameter" if param is not None:
            reason = Text(
                "{what} is missing: see crm-tui {verb} --help.", hint | {"what": param.name.upper()}
            )
        case "BadParameter" if param is not None:
            reason = Text("{what} cannot be that: see crm-tui {verb} --help.", hint | {"what": param.opts[0]})
        case "BadOptionUsage":
            reason = Text("{option} needs a value.", {"option": option})
        case _:
            reason = Text("There is a word too many: see crm-tui {verb} --help.", hint)
    return Failure(Status.USAGE, reason)
