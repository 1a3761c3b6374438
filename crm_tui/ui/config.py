"""The operator's own settings: language, light or dark, keys, signs and mouse, in one TOML file of the machine.

Read at every start, so only `tomllib` is loaded, and only if there is a file. Writing changes the lines that
it must and leaves the operator's comments and other lines as they stand. Knows neither screen nor database.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from crm_tui.i18n import N_, Text, language_of, say, set_language
from crm_tui.ui import keymap
from crm_tui.ui.look import Look
from crm_tui.ui.terminal import choose_look

THEMES: Final = ("dark", "light")
_KNOWN: Final = frozenset({"language", "theme", "keys", "ascii", "mouse", "keymap"})


@dataclass(frozen=True, slots=True)
class Config:
    """What the operator chose; None is "as the terminal and the environment say".

    `keymap` maps action ids to keys. `problems` are sentences about lines that were left out.
    """

    language: str | None = None
    theme: str | None = None
    keys: str = "default"
    ascii: bool | None = None
    keymap: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Text, ...] = ()
    mouse: bool = True
    """Whether the terminal's mouse is asked for; without it one marks and copies text as the terminal does."""


def path(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the file lies: `CRM_TUI_CONFIG`, else the user's folder for configuration."""
    named = environ.get("CRM_TUI_CONFIG", "").strip()
    if named:
        return Path(os.path.expanduser(named))  # `~nobody` stays: the `Path`'s own would raise
    import platformdirs

    return Path(platformdirs.user_config_dir("crm-tui", appauthor=False)) / "config.toml"


def load(file: Path) -> Config:
    """Read the file; a missing one is empty, and what is wrong is left out and told in `problems`."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        return Config(
            problems=(_problem(N_("{path} cannot be read: {why}"), path=str(file), why=str(error)),)
        )
    import tomllib

    try:
        return _understood(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        return Config(
            problems=(_problem(N_("{path} cannot be read: {why}"), path=str(file), why=str(error)),)
        )


def _problem(msgid: str, **params: Any) -> Text:
    return Text(msgid, params)


def _understood(told: Mapping[str, Any]) -> Config:
    problems = [_problem(N_("there is no setting {name}"), name=name) for name in told if name not in _KNOWN]

    def one_of(name: str, known: tuple[Any, ...]) -> Any:
        if name not in told:
            return None
        if told[name] in known and type(told[name]) is type(known[0]):
            return told[name]
        shown = ", ".join(str(value).lower() if isinstance(value, bool) else str(value) for value in known)
        problems.append(_problem(N_("{name} is one of {known}"), name=name, known=shown))
        return None

    spoken = language_of(str(told["language"])) if "language" in told else None
    if "language" in told and spoken is None:
        problems.append(_problem(N_("{name} is one of {known}"), name="language", known="pt-BR, en"))
    table = told.get("keymap", {})
    if not isinstance(table, Mapping) or any(not isinstance(keys, str) for keys in table.values()):
        problems.append(_problem(N_('a line of [keymap] is like "rec.note" = "f4"')))
        table = {}
    mouse = one_of("mouse", (True, False)) is not False
    return Config(
        spoken,
        one_of("theme", THEMES),
        one_of("keys", keymap.KEYSETS) or "default",
        one_of("ascii", (True, False)),
        dict(table),
        tuple(problems),
        mouse,
    )


def begin(
    config: Config, environ: MutableMapping[str, str], spoken: str | None = None
) -> tuple[Config, Look]:
    """Put language and keys in force and choose the look; the config with what its keymap got wrong.

    `spoken` is the language of the command line; it and `CRM_TUI_LANG` win over the file.
    """
    if config.language and not spoken and not language_of(environ.get("CRM_TUI_LANG")):
        set_language(config.language)
    dark = None if config.theme is None else config.theme == "dark"
    return take_keys(config), choose_look(environ, dark=dark, ascii=config.ascii).look


def take_keys(config: Config) -> Config:
    """Put the config's keys in force; the config with the problems of its keymap added."""
    keys = keymap.keymap(config.keys, config.keymap)
    keymap.use(keys)
    found = tuple(
        Text(N_("{id}: {problem}"), {"id": problem.id, "problem": problem.text}) for problem in keys.problems
    )
    return replace(config, problems=(*config.problems, *(p for p in found if p not in config.problems)))


def prefer(config: Config, look: Look, changes: Mapping[str, Any]) -> tuple[Config, Look, str]:
    """Store some settings and put them in force: the config and look as they are now, and a sentence if they
    could not be stored (they hold all the same until the program ends)."""
    problem = ""
    try:
        save(path(), changes)
    except OSError as error:
        problem = say(N_("Not stored ({why}): it holds until you leave."), why=error.strerror or str(error))
    if "language" in changes:
        set_language(changes["language"])
    if "theme" in changes:
        look = replace(look, dark=changes["theme"] == "dark")
    if "ascii" in changes:
        look = replace(look, ascii=changes["ascii"])
    fresh = replace(config, **changes)
    if "keymap" in changes:  # what was wrong with the former one is said no more
        fresh = replace(fresh, problems=())
    return take_keys(fresh), look, problem


def save(file: Path, changes: Mapping[str, str | bool | Mapping[str, str]]) -> None:
    """Write some settings, leaving every other line as it stands; OSError if that cannot be.

    The new file takes the old one's place at once, so that a power cut leaves one of the two whole.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        lines = []
    for name, value in changes.items():
        if isinstance(value, Mapping):
            lines = _with_table(lines, name, value)
        else:
            lines = _with_line(lines, name, _written(value))
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fresh.replace(file)


_KEY_LINE = re.compile(r"\s*(\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\w.-]+)\s*=")


def _with_table(lines: list[str], name: str, values: Mapping[str, str]) -> list[str]:
    """The lines with these values in their table; comments in it stay, lines of other names go."""
    header = next((i for i, text in enumerate(lines) if re.match(rf"\s*\[{name}\]", text)), None)
    if header is None:
        lines, header = [*lines, *([""] if lines else []), f"[{name}]"], len(lines) + bool(lines)
    end = next((i for i in range(header + 1, len(lines)) if lines[i].lstrip().startswith("[")), len(lines))
    left, kept = dict(values), []
    for text in lines[header + 1 : end]:
        found = _KEY_LINE.match(text)
        key = found[1].strip("\"'") if found else None
        if key is None:
            kept.append(text)
        elif key in left:
            kept.append(f"{_written(key)} = {_written(left.pop(key))}")
    gap = len(kept)
    while gap and not kept[gap - 1].strip():
        gap -= 1
    fresh = [f"{_written(key)} = {_written(value)}" for key, value in left.items()]
    return [*lines[: header + 1], *kept[:gap], *fresh, *kept[gap:], *lines[end:]]


def _written(value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _with_line(lines: list[str], name: str, value: str) -> list[str]:
    """The lines with `name = value` at the top level, which ends where the first table begins."""
    line = f"{name} = {value}"
    end = next((i for i, text in enumerate(lines) if text.lstrip().startswith("[")), len(lines))
    for i, text in enumerate(lines[:end]):
        found = re.match(rf"\s*{name}\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s#]+)(.*)", text)
        if found:
            return [*lines[:i], line + found[1], *lines[i + 1 :]]
    last = end
    while last and not lines[last - 1].strip():
        last -= 1
    return [*lines[:last], line, *([""] if last == end < len(lines) else []), *lines[last:]]
