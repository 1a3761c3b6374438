"""The files that calendar programs test themselves with, read without a crash. Opt-in: it downloads.

CRM_TUI_CORPORA=1 pytest tests/connectors/test_ics_corpora.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from crm_tui.connectors.ics_read import read
from crm_tui.connectors.ics_write import write
from crm_tui.domain.ics import IcsFile
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import say
from tests.conftest import NOW

ZONE = ZoneInfo("America/Sao_Paulo")
LEAST = {"icalendar": 100, "khal": 50, "recurring-ical-events": 90}
"""Files that each brings at least; fewer would mean that the wrong thing was looked at."""


@pytest.mark.skipif("CRM_TUI_CORPORA" not in os.environ, reason="downloads; set CRM_TUI_CORPORA=1")
@pytest.mark.parametrize("project", sorted(LEAST))
def test_every_file_of_a_corpus_is_read_without_a_crash(project: str, tmp_path: Path) -> None:
    asked = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-binary",
        ":all:",
        "--no-deps",
        "-d",
        str(tmp_path),
    ]
    subprocess.run([*asked, project], check=True, timeout=600)
    files = dict(_files(tmp_path))
    assert len(files) >= LEAST[project]
    taken = broken = refused = 0
    for name, content in files.items():
        found = read(content, Path(name).name, ZONE)
        if isinstance(found, Refusal):
            refused += 1
            assert say(found.reason)
            continue
        assert isinstance(found, IcsFile)
        taken += len(found.events)
        broken += len(found.faults)
        out = write(found.events, NOW)
        assert Calendar.from_ical(out).errors == []
        again = read(out, name, ZONE)
        assert isinstance(again, IcsFile), name
        assert (len(again.events), again.faults) == (len(found.events), ()), name
    assert taken > broken
    sys.stdout.write(
        f"{project}: {len(files)} files, {taken} events, {broken} broken, {refused} no calendars\n"
    )


def _files(folder: Path) -> list[tuple[str, bytes]]:
    found = []
    for archive in folder.glob("*.tar.gz"):
        with tarfile.open(archive) as tar:
            for member in tar.getmembers():
                source = tar.extractfile(member) if member.name.endswith(".ics") else None
                if source is not None:
                    found.append((member.name, source.read()))
    return found
