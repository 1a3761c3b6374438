"""An import killed in the middle and begun again: nothing twice, and what was taken in is known."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.blackbox.conftest import PROGRAM, Ask


class Many(NamedTuple):
    """A file of `n` rows of one kind, and what counts those that are written."""

    kind: str
    n: int
    header: str
    row: str
    written: str


FILES = (
    Many(
        "people",
        4_000,
        "Nome,Telefone,E-mail",
        "Importado {n},(21) 98{n:07d},i{n}@x.example",
        "SELECT count(*) FROM party WHERE name LIKE 'Importado %'",
    ),
    Many(
        "cards",
        1_500,
        "Título,Valor,Pessoa,Telefone",
        "Importado {n},{n},Importado {n},(21) 98{n:07d}",
        "SELECT count(*) FROM card WHERE title LIKE 'Importado %'",
    ),
    Many(
        "activities",
        1_500,
        "Tipo,Data,Pessoa,E-mail,Nota",
        "Ligação,09/11/2026,Marina Alves,marina@padariaaurora.com.br,Importado {n}",
        "SELECT count(*) FROM note WHERE body LIKE 'Importado %'",
    ),
)


@pytest.mark.parametrize("many", FILES, ids=[each.kind for each in FILES])
def test_killed_in_the_middle_and_begun_again_nothing_is_there_twice(
    demo_db: Path, env: dict[str, str], tmp_path: Path, asked: Ask, many: Many
) -> None:
    file = tmp_path / "muitos.csv"
    rows = (many.row.format(n=n) for n in range(many.n))
    file.write_text(many.header + "\n" + "\n".join(rows) + "\n", encoding="utf-8")
    said = ("import", str(file), "--kind", many.kind)
    command = [PROGRAM, "--db", demo_db, "--as", "ana", *said, "--yes"]
    known = 0
    with subprocess.Popen(
        command, env={**env, "PATH": "/usr/bin:/bin"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as importing:
        end = time.monotonic() + 60
        while not known and importing.poll() is None and time.monotonic() < end:
            known = _written(demo_db, many)
        importing.send_signal(signal.SIGKILL)
    before = asked(*said, "--dry-run")
    assert 0 < before["duplicate"] < many.n
    assert before["new"] == many.n - before["duplicate"]
    assert before["duplicate"] == _written(demo_db, many)
    done = subprocess.run(
        [*command, "--json"], env={**env, "PATH": "/usr/bin:/bin"}, capture_output=True, check=True
    )
    assert json.loads(done.stdout)["new"] == before["new"]
    after = asked(*said, "--dry-run")
    assert (after["new"], after["updated"], after["duplicate"]) == (0, 0, many.n)
    assert _written(demo_db, many) == many.n


def _written(database: Path, many: Many) -> int:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as reading:
        found: int = reading.execute(many.written).fetchone()[0]
    return found
