"""From a command's declaration to its form, and from raw texts back to a command.

One reader for the form on the screen, the shell's options and a resumed draft: raw texts in, a command or a
refusal that names the field out. A picked record is `#7` (its id), a REF, or its exact name.
"""

from __future__ import annotations

import csv
import json
import re
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import Enum
from functools import reduce
from typing import Any, get_args, get_origin

from pydantic import ValidationError

from crm_tui.domain import money, when, when_span
from crm_tui.domain.fields import LONGEST_NUMBER, FieldSpec, Option, ShownIf, Widget, chosen_id, item
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import fold, sanitise
from crm_tui.domain.worktime import WorkCalendar
from crm_tui.i18n import LANGUAGES, Text, language
from crm_tui.services.core.commands import Command
from crm_tui.services.core.reading import Reading, ask_view, denial

FEW = 12
"""So many choices are named where none of them was meant; beyond, naming them helps nobody."""

NAMED = 60
"""Letters of a text that was given, in a sentence about it."""

A_TEXT = 1_000
"""From how many letters on what does not fit may as well be a file."""

_YES, _NO = {"1", "s", "sim", "y", "yes", "true", "x"}, {"0", "n", "nao", "no", "false", ""}

_WHOLE = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class World:
    """What reading a form needs beside the texts: who asks and when, the pickers, the working calendar."""

    reading: Reading
    pickers: Mapping[str, Callable[..., list[Option]]]
    calendar: WorkCalendar

    def two_hours(self, words: str) -> when_span.FromTo | None:
        """What a phrase with two hours means to whoever asks."""
        zone = self.reading.viewer.zone
        local = self.reading.now.astimezone(zone).replace(tzinfo=None)
        return when_span.parted(words, local, self.calendar, language(), zone)


def _plain(annotation: Any) -> tuple[Any, ...]:
    """The types that a field accepts, without None."""
    if get_origin(annotation) in (typing.Union, types.UnionType):
        return tuple(a for a in get_args(annotation) if a is not type(None))
    return (annotation,)


def specs(command: type[Command]) -> tuple[FieldSpec, ...]:
    """The fields of a command as a form shows them, in order."""
    found = []
    changes = "version" in command.model_fields  # there an empty field means: as it is
    takes_place = any(datetime in _plain(info.annotation) for info in command.model_fields.values())
    for name, info in command.model_fields.items():
        extra = typing.cast(dict[str, Any], info.json_schema_extra or {})
        accepted = _plain(info.annotation)
        choices = tuple((str(v), str(label)) for v, label in extra.get("choices", ()))
        found.append(
            FieldSpec(
                name=name,
                label=info.title or name,
                widget=_widget(extra, accepted, bool(choices)),
                required=info.is_required(),
                pick=extra.get("pick"),
                choices=choices,
                help=info.description or "",
                past=bool(extra.get("past")),
                ever=bool(extra.get("ever")),
                hours=datetime in accepted,
                days=takes_place and date in accepted,
                many=any(get_origin(each) is tuple for each in accepted),
                default="" if changes else _meant(info.default),
                shown_if=_condition(extra.get("shown_if")),
                ends=ends if (ends := when_span.ENDS.get(name, "")) in command.model_fields else "",
            )
        )
    return tuple(found)


def _meant(default: Any) -> str:
    """What an empty choice, or yes and no, means."""
    match default:
        case Enum():
            return str(default.value)
        case bool():
            return "1" if default else "0"
    return ""


def _condition(declared: Sequence[Any] | None) -> ShownIf | None:
    return ShownIf(declared[0], tuple(map(str, declared[1]))) if declared else None


def _widget(extra: Mapping[str, Any], accepted: tuple[Any, ...], choices: bool) -> Widget:
    if extra.get("widget"):
        return Widget(extra["widget"])
    if extra.get("pick"):
        return Widget.PICK
    if choices:
        return Widget.CHOICE
    if bool in accepted:
        return Widget.FLAG
    if int in accepted:
        return Widget.NUMBER
    if date in accepted or datetime in accepted:
        return Widget.WHEN
    return Widget.LINE


def build(command: type[Command], raw: Mapping[str, str | bytes], world: World) -> Command | Refusal:
    """The command that these texts mean, or the first field that stands in the way and why.

    A field that holds a file's contents is given them as bytes, as they are. An empty text leaves an
    optional field at its default where the command cannot tell empty from absent.
    """
    values: dict[str, Any] = {}
    by_name = {spec.name: spec for spec in specs(command)}
    for name, text in when_span.spread(raw, by_name.values(), world.two_hours).items():
        spec = by_name.get(name)
        if spec is None:
            return _refused(name, Text("There is no field called {name}.", {"name": name}))
        if isinstance(text, bytes):
            values[name] = text
            continue
        value = _value(command, spec, text, world)
        if isinstance(value, Refusal):
            return value
        values[name] = value
    try:
        return command(**values)
    except ValidationError as error:
        return _invalid(error, by_name)


def _refused(field: str, reason: Text) -> Refusal:
    return Refusal(reason, RefusedBy.INPUT, (field,))


def _value(command: type[Command], spec: FieldSpec, text: str, world: World) -> Any:
    accepted = _plain(command.model_fields[spec.name].annotation)
    if spec.widget is Widget.BODY:
        return text
    if spec.widget is Widget.MAP:
        return _texts_by_name(spec, text)
    clean = text.strip()
    if str in accepted and not spec.choices:
        return clean
    if not clean:
        return _empty(command, spec)
    if spec.pick is not None:
        return _several(spec, clean, world) if spec.many else _picked(spec, clean, world)
    if spec.widget is Widget.WHEN:
        return _moment(spec, clean, world, with_hour=datetime in accepted)
    if time in accepted:
        return _clock(spec, clean, world)
    if spec.widget is Widget.MONEY:
        found = money.cents(clean)
        problem = Text("“{text}” is no amount: 12.400,00 or 12400.", {"text": clean})
        return _refused(spec.name, problem) if found is None else found
    if spec.choices:
        return _chosen(spec, clean)
    if spec.widget is Widget.FLAG:
        return _flag(spec, clean)
    if int in accepted:
        problem = Text("“{text}” is no whole number.", {"text": clean})
        digits = clean.rstrip("%").strip()
        if _WHOLE.fullmatch(digits) is None:
            return _refused(spec.name, problem)
        if len(digits) > LONGEST_NUMBER:
            return _refused(
                spec.name, Text("“{text}” is too large: write a smaller number.", {"text": clean})
            )
        return int(digits)
    return clean


def _texts_by_name(spec: FieldSpec, text: str) -> Any:
    """A JSON object: text by name. Numbers, yes and no, and lists are taken as they would be typed."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    typed = {name: _typed(each) for name, each in found.items()} if isinstance(found, dict) else {"": None}
    if None in typed.values():
        reason = Text("“{text}” is no JSON object of texts: see --help.", {"text": shortened(text)})
        return _refused(spec.name, reason)
    return typed


def _typed(value: Any) -> str | None:
    """A JSON value as one would type it; None for what nobody could type."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case str() | int() | float():
            return str(value)
        case list():
            each = [_typed(one) for one in value]
            return None if None in each else ",".join(item(one) for one in each if one)
    return None


def shortened(text: str) -> str:
    """As much of a text as a sentence can name."""
    line = " ".join(text.split())
    return line if len(line) <= NAMED else f"{line[: NAMED - 1]}…"


def _empty(command: type[Command], spec: FieldSpec) -> Any:
    info = command.model_fields[spec.name]
    if info.is_required():
        return _refused(spec.name, Text("{label} is missing: fill it in.", {"label": Text(spec.label)}))
    return info.get_default()


def _chosen(spec: FieldSpec, text: str) -> Any:
    key = fold(text)
    for value, label in spec.choices:
        names = {fold(value), fold(label)} | {fold(word) for word in _in_all_languages(label)}
        if key in names:
            return value
    known = _row([Text(label) for _, label in spec.choices])
    return _refused(spec.name, Text("“{text}” is none of: {known}.", {"text": text, "known": known}))


def _in_all_languages(label: str) -> list[str]:
    from crm_tui.i18n import say_as

    return [say_as(each, label) for each in LANGUAGES]


def _flag(spec: FieldSpec, text: str) -> Any:
    key = fold(text)
    if key in _YES:
        return True
    if key in _NO:
        return False
    return _refused(spec.name, Text("“{text}” is neither yes nor no.", {"text": text}))


def _moment(spec: FieldSpec, text: str, world: World, *, with_hour: bool) -> Any:
    zone = world.reading.viewer.zone
    now_local = world.reading.now.astimezone(zone).replace(tzinfo=None)
    found = when.read(text, now_local, world.calendar, language(), zone=zone, past=spec.past, ever=spec.ever)
    if isinstance(found, when.WhenRefusal):
        return _refused(spec.name, when.sentence(found, text, now_local, language()))
    if isinstance(found, datetime):
        if not with_hour:
            return _refused(spec.name, Text("This field is a day, without an hour."))
        return found.replace(tzinfo=zone)
    return found


def _clock(spec: FieldSpec, text: str, world: World) -> Any:
    found = when.hour(text, world.reading.today, world.calendar, language())
    if found is not None:
        return found
    return _refused(spec.name, Text("“{text}” is no hour of the day: write 3pm or 15:30.", {"text": text}))


def parted(text: str) -> list[str]:
    """The names of a field that takes several: parted by commas, one that holds a comma in quotation marks."""
    listed = ",".join(sanitise(text).splitlines())  # a name a line is a list, too
    return [
        each.strip() for row in csv.reader([listed], skipinitialspace=True) for each in row if each.strip()
    ]


def joined(names: Sequence[str]) -> str:
    """What `parted` takes apart."""
    return ",".join('"{}"'.format(name.replace('"', '""')) for name in names)


def _several(spec: FieldSpec, text: str, world: World) -> Any:
    found = [_picked(spec, each, world) for each in parted(text)]
    return next((each for each in found if isinstance(each, Refusal)), tuple(found))


def _picked(spec: FieldSpec, text: str, world: World) -> Any:
    if (chosen := chosen_id(text)) is not None:
        return chosen
    picker = world.pickers[spec.pick or ""]
    if (denied := denial(world.reading, picker)) is not None:
        return Refusal(denied.reason, RefusedBy.PERMISSION, (spec.name,))
    options: list[Option] = ask_view(world.reading, picker, text)
    exact = (
        [o for o in options if o.ref.lower() == text.lower()]
        or [o for o in options if fold(o.label) == fold(text)]
        or _within(text, lambda name: ask_view(world.reading, picker, name))
    )
    if len(exact) == 1:
        return exact[0].value
    if exact or options:
        names = _named(_apart(exact or options)[:8], with_ref=True)
        reason = Text(
            "“{text}” could be several: {names}. Write one of them in full.", {"text": text, "names": names}
        )
        if len(options) == 1:
            reason = Text("There is no “{text}”; the nearest is {names}.", {"text": text, "names": names})
        return _refused(spec.name, reason)
    every = ask_view(world.reading, picker, "")
    missing = Text("There is no “{text}” for {label}.", {"text": text, "label": Text(spec.label)})
    if every and len(every) <= FEW:
        missing = Text(
            "There is no “{text}” for {label}: {names}.",
            {"text": text, "label": Text(spec.label), "names": _named(every, with_ref=False)},
        )
    return Refusal(missing, RefusedBy.MISSING_RECORD, (spec.name,))


def _within(text: str, search: Callable[[str], list[Option]]) -> list[Option]:
    """`Vendas: Proposta`, a name behind that of what it is of, as the picker shows both."""
    outer, colon, name = (part.strip() for part in text.partition(":"))
    if not (outer and colon and name):
        return []
    return [o for o in search(name) if fold(o.label) == fold(name) and _of(o) and fold(_of(o)) == fold(outer)]


def _of(option: Option) -> str:
    return option.hint if isinstance(option.hint, str) else ""


def _apart(options: Sequence[Option]) -> list[Option]:
    """Those of one name are called with what they are of, as they may be written."""
    labels = [fold(o.label) for o in options]
    return [
        replace(o, label=f"{_of(o)}: {o.label}", ref="" if o.ref == o.label else o.ref)
        if _of(o) and labels.count(fold(o.label)) > 1
        else o
        for o in options
    ]


def _named(options: Sequence[Option], *, with_ref: bool) -> Text | str:
    """The answers of a picker in a row, with the REF that tells them apart and what the program says of each.

    Put together from texts, because below the screens nothing is said.
    """
    return _row([_one(o, o.ref if with_ref and o.ref != o.label else "") for o in options])


def _row(texts: Sequence[Text | str]) -> Text | str:
    """Texts parted by commas."""
    return reduce(lambda before, each: Text("{before}, {next}", {"before": before, "next": each}), texts)


def _one(option: Option, ref: str) -> Text | str:
    if not isinstance(option.hint, Text):
        return f"{option.label} ({ref})" if ref else option.label
    told = Text("{ref}: {hint}", {"ref": ref, "hint": option.hint}) if ref else option.hint
    return Text("{name} ({hint})", {"name": option.label, "hint": told})


def _invalid(error: ValidationError, by_name: Mapping[str, FieldSpec]) -> Refusal:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    label = Text(by_name[name].label) if name in by_name else name
    context = {k: v.value if isinstance(v, Enum) else v for k, v in (first.get("ctx") or {}).items()}
    match first["type"]:
        case "missing":
            reason = Text("{label} is missing: fill it in.", {"label": label})
        case "string_too_long":
            facts = {"label": label, "most": context["max_length"], "n": len(str(first["input"]))}
            reason = (
                Text("{label} may have {most} letters and has {n}: shorten it.", facts)
                if context["max_length"] < A_TEXT
                else Text(
                    "{label} may have {most} letters and has {n}: shorten it, or attach it as a file.", facts
                )
            )
        case "greater_than_equal":
            reason = Text("{label} is at least {least}.", {"label": label, "least": context["ge"]})
        case "less_than_equal":
            reason = Text("{label} is at most {most}.", {"label": label, "most": context["le"]})
        case "string_unicode":
            reason = Text("{label} holds bytes that are no text: give it in UTF-8.", {"label": label})
        case _:
            reason = Text("{label} cannot be that: {why}.", {"label": label, "why": first["msg"]})
    return _refused(name, reason)
