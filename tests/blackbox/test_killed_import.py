"""An import killed in the middle and begun again: nobody twice, and who was taken in is known."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

from tests.blackbox.conftest import PROGRAM, Ask


def test_killed_in_the_middle_and_begun_again_nobody_is_there_twice(
    demo_db: Path, env: dict[str, str], tmp_path: Path, asked: Ask
) -> None:
    file, people = tmp_path / "muitos.csv", 4_000
    rows = (f"Importado {n},(21) 98{n:07d},i{n}@x.example" for n in range(people))
    file.write_text("Nome,Telefone,E-mail\n" + "\n".join(rows) + "\n")
    command = [PROGRAM, "--db", demo_db, "--as", "ana", "import", file, "--yes"]
    known = 0
    with subprocess.Popen(
        command, env={**env, "PATH": "/usr/bin:/bin"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as importing:
        end = time.monotonic() + 60
        while not known and importing.poll() is None and time.monotonic() < end:
            with closing(sqlite3.connect(f"file:{demo_db}?mode=ro", uri=True)) as reading:
                found = reading.execute("SELECT count(*) FROM party WHERE name LIKE 'Importado %'")
                known = found.fetchone()[0]
        importing.send_signal(signal.SIGKILL)
    before = asked("import", str(file), "--dry-run")
    assert 0 < before["duplicate"] < people
    assert before["new"] == people - before["duplicate"]
    done = subprocess.run(
        [*command, "--json"], env={**env, "PATH": "/usr/bin:/bin"}, capture_output=True, check=True
    )
    assert json.loads(done.stdout)["new"] == before["new"]
    after = asked("import", str(file), "--dry-run")
    assert (after["new"], after["updated"], after["duplicate"]) == (0, 0, people)
