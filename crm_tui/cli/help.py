"""The words that explain the command line: the list of verbs, and one verb's options.

The list is fixed text, so that `--help` answers without loading Typer; a verb's own page is written from what it
declared to Typer, in the reader's language (Typer's is English only).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from crm_tui.i18n import C_, N_, say, say_in


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb, the file of `crm_tui.cli` that holds it, its Portuguese name, its words and what it does."""

    name: str
    module: str
    alias: str
    words: str
    help: str


VERBS: tuple[Verb, ...] = (
    Verb("today", "day", "hoje", "[--filter LINE]", N_("what is due today: overdue, today, internal")),
    Verb(
        "followups",
        "day",
        "retornos",
        "[--all] [--owner LOGIN | --team] [--filter LINE]",
        N_("the whole queue; --all adds the closed ones, --owner todos is everybody's"),
    ),
    Verb(
        "agenda",
        "agenda",
        "",
        "[--from WHEN] [--to WHEN] [--users LOGINS] [--deleted]",
        N_("the appointments of some days, today and six more unless said otherwise"),
    ),
    Verb("dash", "dash", "painel", "[--team]", N_("one's own day and week in numbers, or the team's")),
    Verb("board", "day", "quadro", "[NAME] [--filter LINE]", N_("a board by columns")),
    Verb(
        "people",
        "records",
        "pessoas",
        "[--filter LINE]",
        N_("people, the newest first, or those of a filter"),
    ),
    Verb(
        "duplicates",
        "once",
        "duplicados",
        "[--most N]",
        N_("who may stand here twice, the surest pairs first"),
    ),
    Verb("views", "records", "visoes", "", N_("the saved views: filters that have a name")),
    Verb("drafts", "day", "pendentes", "", N_("what was left unfinished")),
    Verb(
        "notices",
        "stages",
        "avisos",
        "[--read]",
        N_("what others did to one's appointments, and stages late or nearly so, what is new first"),
    ),
    Verb(
        "stages",
        "workflow",
        "etapas",
        "[BOARD]",
        N_("what the stages of a board ask, and where each answer leads"),
    ),
    Verb(
        "actions",
        "actions",
        "acoes",
        "[WORDS] [--account REF] [--by LOGIN] [--from WHEN] [--csv FILE] …",
        N_("what was done with whom and how it ended; --csv writes all of it to a file"),
    ),
    Verb(
        "free-days",
        "free",
        "dias-livres",
        "[--from WHEN] [--to WHEN] [--users a,b | --team NAME]",
        N_("who is off, free, partly free or busy on which days, with the free hours"),
    ),
    Verb("stage-times", "stages", "tempos", "[BOARD]", N_("where the cards of a board wait, by stage")),
    Verb("search", "records", "buscar", "TEXT", N_("people and cards")),
    Verb("show", "records", "ver", "REF", N_("one record: OP-0142, PE-00123, note:7, activity:9, draft:3")),
    Verb("save", "records", "salvar", "REF [FILE]", N_("a copy of an attached file, as a new file")),
    Verb(
        "history",
        "records",
        "historico",
        "REF | --board NAME",
        N_("all that happened to a record, or on a board"),
    ),
    Verb(
        "do",
        "act",
        "",
        "COMMAND [--field VALUE …] [--where LINE]",
        N_("run any command; do --list names them, --help each; --where for many cards at once"),
    ),
    Verb("undo", "act", "desfazer", "[BATCH]", N_("undo one's own latest batch, or the one named")),
    Verb("redo", "act", "refazer", "", N_("undo one's own latest undo")),
    Verb(
        "import",
        "intake",
        "importar",
        "FILE",
        N_("people or cards from a file, seen before they are written"),
    ),
    Verb(
        "export",
        "export",
        "exportar",
        "people|cards|activities|events [--filter LINE] [--format csv|json|xlsx] [--out FILE]",
        N_("all that one may see of one kind as a table, or what a filter means; it is noted in the trail"),
    ),
    Verb(
        "calendar",
        "calendars",
        "calendario",
        "[holidays FILE]",
        N_("the working calendars; holidays FILE takes in those of cities, seen before they are written"),
    ),
    Verb(
        "agenda import",
        "agenda_files",
        "agenda importar",
        "FILE [--yes] [--user LOGIN]",
        N_("appointments from a calendar file (.ics), seen before they are written"),
    ),
    Verb(
        "agenda export",
        "agenda_files",
        "agenda exportar",
        "[--user LOGIN | --team NAME] [--details] --out FILE",
        N_("an agenda as a calendar file that other programs read; the same file is written anew"),
    ),
    Verb(
        "config", "config", "", "", N_("what is set up: the lists of settings, and how many records each has")
    ),
    Verb(
        "config export",
        "config",
        "config exportar",
        "[--out FILE]",
        N_("all that settings hold as one TOML file, to be kept in git: no people, no cards"),
    ),
    Verb(
        "config import",
        "config",
        "config importar",
        "FILE [--dry-run] [--yes]",
        N_("a setup from such a file, seen before it is written; all of it or nothing"),
    ),
    Verb("when", "when", "quando", "WORDS", N_("what words of a date mean")),
    Verb("init", "files", "", "[--name NAME]", N_("make a database; you are its administrator")),
    Verb("demo", "files", "", "[--no-open]", N_("make and open the demonstration, in a file of its own")),
    Verb("backup", "files", "", "FILE", N_("copy the database to a new file")),
    Verb(
        "copies",
        "files",
        "copias",
        "[--check]",
        N_("the copies beside the database, the newest first; --check reads each to its end"),
    ),
    Verb("restore", "files", "", "FILE", N_("put a copy back; the present is kept beside it")),
    Verb(
        "doctor", "upkeep", "", "[--fix] [--trail]", N_("check the database, this terminal and this machine")
    ),
    Verb("tick", "upkeep", "", "", N_("run the jobs that are due, for cron")),
    Verb(
        "ssh-line", "ssh", "", "LOGIN FILE", N_("the line of authorized_keys that lets an operator in by ssh")
    ),
)

_GLOBALS = (
    ("--db FILE", N_("the database (CRM_TUI_DB)")),
    ("--as LOGIN", N_("who acts (CRM_TUI_USER)")),
    ("--lang LANG", N_("pt-BR or en (CRM_TUI_LANG)")),
    ("--json", N_("one JSON document")),
    ("-q, --quiet", N_("only the names of records (REFs)")),
    ("--service", N_("the far end of an ssh line: paths lead to the operator's inbox alone")),
    ("--help, --version", N_("these words; the version")),
)


_PLACES: Final[Mapping[str, str]] = {
    "FILE": C_("placeholder", "FILE"),
    "WHEN": C_("placeholder", "WHEN"),
    "NAME": C_("placeholder", "NAME"),
    "LINE": C_("placeholder", "LINE"),
    "BOARD": C_("placeholder", "BOARD"),
    "WORDS": C_("placeholder", "WORDS"),
    "TEXT": C_("placeholder", "TEXT"),
    "BATCH": C_("placeholder", "BATCH"),
    "COMMAND": C_("placeholder", "COMMAND"),
    "VALUE": C_("placeholder", "VALUE"),
    "LANG": C_("placeholder", "LANG"),
}
"""What stands for a value; the others (REF, LOGIN, ISO) are the same word everywhere."""


def _placed(words: str) -> str:
    """The same with what stands for a value in the language in force."""

    def said(found: re.Match[str]) -> str:
        known = _PLACES.get(found[0])
        return say_in("placeholder", known) if known is not None else found[0]

    return re.sub(r"\b[A-Z]{2,}\b", said, words)


def find(word: str) -> Verb | None:
    """The verb of this name, English or Portuguese (with its accent or without)."""
    key = word.replace("ó", "o").replace("õ", "o").replace("á", "a")
    return next((verb for verb in VERBS if key in (verb.name, verb.alias)), None)


def narrowed(verb: Verb, words: list[str]) -> tuple[Verb, list[str]]:
    """The verb of two words (`agenda import`) that these words begin with, and the words behind it."""
    further = find(f"{verb.name} {words[0]}") if words else None
    return (verb, words) if further is None else (further, words[1:])


def overview() -> str:
    """The page of `crm-tui --help`."""
    lines = [
        say("crm-tui: a customer-relationship manager for the terminal. Without a verb it opens."),
        "",
        say("Usage: crm-tui [globals] [verb …]"),
        "",
    ]
    lines += _columns([(_names(verb), say(verb.help)) for verb in VERBS])
    lines += [
        "",
        say("Globals, before or after the verb:"),
        *_columns([(_placed(n), say(h)) for n, h in _GLOBALS]),
    ]
    lines += [
        "",
        say("Ends with 0 done, 2 wrong usage, 3 no such record, 4 refused by a rule, 5 not allowed,"),
    ]
    lines += [say("6 changed meanwhile, 7 the database cannot be used, 64 no terminal, 1 a fault of ours.")]
    return "\n".join(lines)


def _names(verb: Verb) -> str:
    named = f"{verb.name}, {verb.alias}" if verb.alias else verb.name
    return f"{named} {_placed(verb.words)}".strip()


def _columns(rows: list[tuple[str, str]]) -> list[str]:
    wide = max(len(left) for left, _ in rows)
    if wide > 34:  # a long left side has its help on the next line
        return [part for left, right in rows for part in _folded(left, right)]
    return [f"  {left:{wide}}  {right}" for left, right in rows]


def _folded(left: str, right: str) -> list[str]:
    return [f"  {left:34}  {right}"] if len(left) <= 34 else [f"  {left}", f"  {'':34}  {right}"]


def page(verb: Verb, params: list[Any]) -> str:
    """A verb's own page, from the parameters that it declared."""
    arguments = [p for p in params if p.param_type_name == "argument"]
    named = " ".join(map(_argument, arguments))
    options = [p for p in params if p.param_type_name == "option"]
    more = f" {say('[options]')}" if options else ""
    lines = [
        say("Usage: {words}", words=f"crm-tui {verb.name} {named}".strip() + more),
        "",
        f"  {say(verb.help)}",
    ]
    told = [(_named(p), p.help) for p in arguments if p.help]
    if told:
        lines += ["", *_columns(told)]
    if options:
        rows = [(_option(p), p.help or "") for p in options]
        lines += ["", say("Options:"), *_columns(rows)]
    further = [each for each in VERBS if each.name.startswith(f"{verb.name} ")]
    if further:
        lines += ["", say("See also:"), *_columns([(_names(each), say(each.help)) for each in further])]
    return "\n".join([*lines, "", say("The globals are told by crm-tui --help.")])


def _named(param: Any) -> str:
    """An argument as one writes it: a word of the program's as it stands, what stands for a value in capitals."""
    name = _placed((param.metavar or param.name.upper()).rstrip("."))
    return f"{name}…" if param.nargs == -1 else name


def _argument(param: Any) -> str:
    return _named(param) if param.required else f"[{_named(param)}]"


def _option(param: Any) -> str:
    names = ", ".join(param.opts)
    return names if param.is_flag else f"{names} {_placed(param.metavar or param.name.upper())}"
