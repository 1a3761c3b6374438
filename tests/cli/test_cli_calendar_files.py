"""`crm-tui agenda import` and `agenda export`: seen before it is written, nothing twice, a feed that is its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.conftest import Run

FILE = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:a@x
DTSTAMP:20261101T000000Z
SUMMARY:Visita
DTSTART;TZID=America/Sao_Paulo:20261202T140000
DURATION:PT1H
END:VEVENT
BEGIN:VEVENT
UID:s@x
DTSTAMP:20261101T000000Z
SUMMARY:Semanal
DTSTART;TZID=America/Sao_Paulo:20261203T090000
DTEND;TZID=America/Sao_Paulo:20261203T093000
RRULE:FREQ=WEEKLY;COUNT=3
EXDATE;TZID=America/Sao_Paulo:20261210T090000
END:VEVENT
BEGIN:VEVENT
UID:off@x
DTSTART:20261202T140000Z
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:broken@x
SUMMARY:Quebrado
END:VEVENT
BEGIN:VTODO
UID:t
END:VTODO
END:VCALENDAR
"""


@pytest.fixture
def ics(tmp_path: Path) -> Path:
    path = tmp_path / "agenda.ics"
    path.write_text(FILE)
    return path


def test_a_file_is_shown_before_it_is_written(demo: Run, ics: Path) -> None:
    shown = demo("agenda", "import", str(ics))
    assert shown.status == 2
    assert "repeat with --yes" in shown.err
    assert "Quebrado: it does not say when it begins (DTSTART)." in shown.err
    assert "line 19: it is called off, and was never here." in shown.err
    found = demo("agenda", "import", str(ics), "--yes", "--json").json
    counts = {key: found[key] for key in ("new", "update", "cancel", "unchanged", "skipped", "error")}
    assert counts == {"new": 2, "update": 0, "cancel": 0, "unchanged": 0, "skipped": 1, "error": 1}
    assert [each["verdict"] for each in found["events"]] == ["new", "new", "skipped"]
    assert found["errors"][0]["line"] == 24
    week = demo("agenda", "--from", "2026-12-02", "--to", "2026-12-20", "--json").json
    assert [each["from"] for each in week if each["title"] in ("Visita", "Semanal")] == [
        "2026-12-02T14:00:00-03:00",
        "2026-12-03T09:00:00-03:00",
        "2026-12-17T09:00:00-03:00",
    ]


def test_the_same_file_twice_is_nothing_new_and_undo_takes_it_back(demo: Run, ics: Path) -> None:
    said = demo("--lang", "pt-BR", "agenda", "importar", str(ics), "--yes")
    assert "desfaz tudo" in said.out
    assert (
        "linha 19: está cancelado" in said.err
    )  # what is left out is said with its reason, without asking, too
    assert "DTSTART" not in said.err
    again = demo("agenda", "import", str(ics), "--yes", "--json").json
    assert (again["new"], again["unchanged"], again["batch"]) == (0, 2, None)
    assert demo("undo").status == 0
    assert demo("agenda", "import", str(ics), "--dry-run", "--json").json["new"] == 2


def test_the_words_of_the_counts_are_those_of_several(demo: Run, ics: Path) -> None:
    told = demo("--lang", "pt-BR", "agenda", "importar", str(ics), "--dry-run").out
    assert all(word in told for word in ("Novos", "Atualizados", "Cancelados", "Pulados"))
    assert "Cancelado " not in told


def test_into_a_colleagues_agenda(demo: Run, ics: Path) -> None:
    barred = demo("agenda", "import", str(ics), "--yes", "--user", "beto", "--json").json
    assert (barred["new"], barred["skipped"], barred["batch"]) == (0, 3, None)
    assert barred["events"][0]["reason"] == "you may not book in that agenda."
    assert demo("--as", "carla", "agenda", "import", str(ics), "--yes", "--user", "beto", "-q").status == 0
    asked = demo(
        "--as", "carla", "agenda", "--users", "beto", "--from", "2026-12-02", "--to", "2026-12-02", "--json"
    )
    assert asked.err == ""
    found = asked.json
    assert "Visita" in [each["title"] for each in found]
    assert demo("agenda", "import", str(ics), "--yes", "--user", "nobody").status == 3


@pytest.mark.parametrize("content", [b"", b"name;phone\nAna;11", b"\x00\xff"])
def test_what_is_no_calendar_is_refused_by_name(demo: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "contacts.ics"
    path.write_bytes(content)
    refused = demo("agenda", "import", str(path), "--yes")
    assert refused.status == 2
    assert "contacts.ics is no calendar file" in refused.err
    assert demo("agenda", "import", str(tmp_path / "none.ics")).status == 2


def test_a_feed_is_written_anew_and_nothing_else_is_written_over(demo: Run, tmp_path: Path) -> None:
    path = tmp_path / "ana.ics"
    first = demo("agenda", "export", "--out", str(path), "--json").json
    assert first["users"] == ["ana"]
    assert first["events"] > 0
    assert path.stat().st_mode & 0o777 == 0o600
    content = path.read_bytes()
    calendar = Calendar.from_ical(content)
    assert calendar.errors == []
    assert [e.errors for e in calendar.events] == [[]] * len(calendar.events)
    assert demo("agenda", "export", "--out", str(path)).status == 0
    assert path.read_bytes() == content
    other = demo("agenda", "export", "--user", "beto", "--out", str(path))
    assert other.status == 2
    assert "no file of this feed" in other.err
    assert path.read_bytes() == content
    assert os.listdir(tmp_path).count("ana.ics") == 1
    assert [name for name in os.listdir(tmp_path) if name.endswith(".new")] == []
    assert demo("agenda", "export").status == 2
    assert demo("agenda", "export", "--out", str(tmp_path / "no" / "x.ics")).status == 2


def test_what_one_exports_is_known_when_it_comes_in(demo: Run, tmp_path: Path) -> None:
    """The demonstration's own agenda, out and in again: nothing new, nothing broken."""
    path = tmp_path / "ana.ics"
    demo("agenda", "export", "--out", str(path))
    found = demo("agenda", "import", str(path), "--dry-run", "--json").json
    assert (found["new"], found["update"], found["cancel"], found["error"]) == (0, 0, 0, 0)
    assert found["unchanged"] > 0


def test_of_others_only_that_they_are_busy(demo: Run) -> None:
    """What carla takes part in has its words in beto's feed, too; the rest only for who asks and may see it."""

    def titles(*more: str) -> list[str]:
        told = demo("--as", "carla", "agenda", "export", "--user", "beto", *more, "--out", "-").out
        return sorted(line for line in told.splitlines() if line.startswith("SUMMARY"))

    plain, seen = titles(), titles("--details")
    assert "SUMMARY:busy" in plain
    assert len(plain) == len(seen)
    assert seen.count("SUMMARY:busy") < plain.count("SUMMARY:busy")
