"""Runs one verb through Typer: its group's file is loaded, its words are parsed, its failure is a sentence.

A group is a module with a `verbs(app)` function, that registers what it has. Typer's own sentences are English
only, so what it refuses is said here again.
"""

from __future__ import annotations

import importlib
from typing import Any

import typer
import typer.main

from crm_tui.cli import help, out
from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.help import Verb
from crm_tui.cli.options import Options
from crm_tui.cli.session import Session
from crm_tui.i18n import Text


def application(module: str) -> Any:
    """The parsed commands of a group, by name."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, add_help_option=False)
    app.callback()(lambda: None)  # a group stays a group, also with one verb
    importlib.import_module(f"crm_tui.cli.{module}").verbs(app)
    return typer.main.get_command(app)


def run(verb: Verb, words: list[str], given: Options) -> int:
    """Run the verb with these words; its exit status."""
    group = application(verb.module)
    command = group.commands[verb.name]
    before = words[: words.index("--")] if "--" in words else words
    if verb.name != "do" and ({"--help", "-h"} & set(before)):
        out.line(help.page(verb, command.params))
        return Status.DONE
    session = Session(given)
    try:
        answer = group.main([verb.name, *words], prog_name="crm-tui", standalone_mode=False, obj=session)
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
            reason = Text(
                "{what} cannot be that ({why}): see crm-tui {verb} --help.",
                hint | {"what": param.opts[0], "why": error.message.rstrip(".")},
            )
        case "BadOptionUsage":
            reason = Text("{option} needs a value.", {"option": option})
        case _:
            reason = Text(
                "That is not understood ({why}): see crm-tui {verb} --help.", hint | {"why": error.message}
            )
    return Failure(Status.USAGE, reason)
