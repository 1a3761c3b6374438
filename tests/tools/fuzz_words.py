"""Words of dates, names of files, standard texts: what is typed and kept, and read again by people and programs."""

from __future__ import annotations

import csv
import os
import re
import stat
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import takewhile
from pathlib import Path, PurePosixPath, PureWindowsPath
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crm_tui.connectors import files
from crm_tui.domain import canned, when
from crm_tui.domain.note import safe_filename
from crm_tui.domain.text import fold, sanitise
from crm_tui.domain.when import Moment, WhenRefusal
from crm_tui.domain.when_span import parted
from crm_tui.i18n import say
from tests.domain.when_world import CALENDAR, THURSDAY
from tests.tools import hostile
from tests.tools.fuzzing import Family

PHRASES = sorted(
    {
        row["phrase"]
        for row in csv.DictReader(
            (Path(__file__).parents[1] / "data" / "when_phrases.csv").read_text("utf-8").splitlines()
        )
    }
)
PIECES = (
    *sorted({word for phrase in PHRASES for word in phrase.split()}),
    *(
        "0",
        "3",
        "14",
        "31",
        "29/2",
        "30/2",
        "1/2/27",
        "2027",
        "9999",
        "0000",
        "14h",
        "3:30",
        "25:61",
        "14.30",
        "24h",
    ),
    *(
        "+0d",
        "+99999d",
        "-3d",
        "+9999999999du",
        "em 99 anos",
        "há",
        "até",
        "-",
        "às",
        "por",
        "das",
        "de",
        "9" * 30,
    ),
)
NUMBERS = (
    *map(str, range(32)),
    "00",
    "09",
    "59",
    "60",
    "99",
    "100",
    "999",
    "2026",
    "2027",
    "2036",
    "2037",
    "9999",
)
ZONES = ("", "", "America/Sao_Paulo", "America/New_York", "Australia/Lord_Howe")


class Said(NamedTuple):
    """Words of a date, and who reads them when."""

    words: str
    now: datetime
    language: str
    zone: str
    past: bool


class Template(NamedTuple):
    """A standard text, and what is known of the record."""

    body: str
    values: Mapping[str, str]


def _when(chance: Random) -> Said:
    way = chance.random()
    if way < 0.1:
        words = hostile.text(chance)
    elif way < 0.3:
        words = " ".join(chance.choice(PIECES) for _ in range(chance.randint(1, 4)))
    else:
        words = " ".join(chance.choice(PHRASES) for _ in range(chance.choice((1, 1, 1, 2))))
        if chance.random() < 0.7:
            words = re.sub("[0-9]+", lambda _: chance.choice(NUMBERS), words)
        if way > 0.8:
            words = hostile.spoilt(chance, words, PIECES)
        elif way > 0.6:
            words = hostile.slipped(chance, words)
    now = THURSDAY + timedelta(minutes=chance.randint(0, 3 * 365 * 24 * 60))
    return Said(words, now, chance.choice(("pt-BR", "en")), chance.choice(ZONES), chance.random() < 0.2)


def _read_when(said: Said) -> None:
    """A moment whose echo is that moment again, or a refusal with its sentence and offers that hold."""
    words, now, language, zone, past = said
    clock = ZoneInfo(zone) if zone else None
    found = when.read(words, now, CALENDAR, language, zone=clock, past=past)
    if isinstance(found, WhenRefusal):
        assert 0 <= found.start <= found.end <= len(words)
        assert say(when.sentence(found, words, now, language))
        if clock is None:
            for offer in () if past else found.offers:
                assert when.read(offer.words, now, CALENDAR, language) == offer.value, offer
    else:
        assert str(when.describe(found, now, CALENDAR, language, words=words))
        assert not isinstance(found, datetime) or (found.second, found.microsecond) == (0, 0)
        if not past:
            assert not _before(found, now), found
            again = when.read(when.echo(found, now, language), now, CALENDAR, language)
            assert (again, type(again)) == (found, type(found)), found
    when.read(words, now, CALENDAR, language, ever=True)
    when.read_either_way(words, now, CALENDAR, language, zone=clock or ZoneInfo("UTC"))
    when.hour(words, now.date(), CALENDAR, language)
    span = parted(words, now, CALENDAR, language, clock)
    if span is not None:
        assert isinstance(when.read(span.start, now, CALENDAR, language, zone=clock), datetime)


def _before(value: Moment, now: datetime) -> bool:
    return value < now if isinstance(value, datetime) else value < now.date()


def _name(chance: Random) -> str:
    good = chance.choice(
        ("proposta.pdf", "a b.tar.gz", "Orçamento nº 5.xlsx", ".bashrc", "-rf", "CON", "x" * 300)
    )
    return (
        hostile.spoilt(chance, good, hostile.PHRASES) if chance.random() < 0.6 else hostile.text(chance, 200)
    )


def _one_name(name: str, folder: Path) -> None:
    """One name in one folder, on any system's path, that steers no terminal; and the disk takes it."""
    kept = safe_filename(name)
    assert PurePosixPath(kept).name == kept
    assert PureWindowsPath(kept).name == kept or ":" in kept, kept
    assert kept not in (".", "..")
    assert len(kept) <= 120
    assert len(os.fsencode(kept)) <= 255
    assert sanitise(kept) == kept
    assert not set(kept) & set("/\\\0\n\r\t")
    assert safe_filename(kept) == kept
    there = folder / "kept"
    there.mkdir(exist_ok=True)
    lies = files.save(there, kept, b"x", folder / "crm.db")
    assert [*there.iterdir()] == [lies]
    assert stat.S_IMODE(lies.stat().st_mode) == 0o600
    lies.unlink()


def _template(chance: Random) -> Template:
    names = [name for each in canned.VARIABLES for name in (each.pt, each.en, each.pt.upper())]
    pieces = [
        *(f"{{{name}}}" for name in names),
        "{",
        "}",
        "{{",
        "}}",
        "{ nome }",
        "{nôme}",
        "{x}",
        "{}",
        "texto ",
        "\n",
    ]
    body = "".join(
        chance.choice(pieces) if chance.random() < 0.7 else hostile.text(chance, 12)
        for _ in range(chance.randint(0, 12))
    )
    values = {
        each.key: chance.choice(
            ("", "Ana", "{nome}", "{", "}", "eu}", "{eu", r"\1\g<0>", hostile.text(chance, 20))
        )
        for each in canned.VARIABLES
        if chance.random() < 0.8
    }
    return Template(body, values)


def _merged(made: Template) -> None:
    """Each name in braces is its value once, read from left to right; a value never is a name."""
    keys = {fold(name): each.key for each in canned.VARIABLES for name in (each.pt, each.en)}
    body, at = made.body, 0
    meant: list[str] = []
    unknown: list[str] = []
    empty: list[str] = []
    while at < len(body):
        name = "".join(
            takewhile(lambda sign: sign not in "{}" and not sign.isspace(), body[at + 1 : at + 32])
        )
        end = at + len(name) + 2
        if body[at] != "{" or not 1 <= len(name) <= 30 or body[end - 1 : end] != "}":
            meant.append(body[at])
            at += 1
            continue
        key = keys.get(fold(name))
        value = made.values.get(key, "") if key else ""
        if not value:
            (empty if key else unknown).append(body[at:end])
        meant.append(value or body[at:end])
        at = end
    left = (tuple(dict.fromkeys(unknown)), tuple(dict.fromkeys(empty)))
    assert canned.merge(body, made.values) == ("".join(meant), *left)


def families(folder: Path) -> list[Family]:
    """Words of dates, names of attachments, standard texts."""
    return [
        Family("when", _when, _read_when),
        Family("names", _name, lambda name: _one_name(name, folder)),
        Family("texts", _template, _merged),
    ]
