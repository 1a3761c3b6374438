"""An operator who moves cards about as fast as the door lets, and what must hold however many do at once.

    python -m tests.tools.movers DB LOGIN SEED (--moves N | --seconds S)     one operator; prints what became of it
    python -m tests.tools.movers DB --together LOGIN,LOGIN --seconds 60      all at once, then the faults; 1 if any

Moves are MoveCard, OrderCard and an undo now and then, each with the version that was seen.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path

BOARD = 2
LISTED = "status IN ('open','paused') AND archived_at IS NULL AND deleted_at IS NULL"


def move(db: Path, login: str, seed: int, *, moves: int = 0, seconds: float = 0.0) -> Counter[str]:
    """Move cards of the board at random, so many times or so long; how often each outcome came."""
    from crm_tui.bootstrap import open_crm
    from crm_tui.domain.outcome import Done
    from crm_tui.services.board import views
    from crm_tui.services.board.commands import MoveCard, OrderCard
    from crm_tui.services.trail.commands import UndoBatch

    chance, told = random.Random(seed), Counter[str]()
    crm = open_crm(db, login)
    stages = [head.id for head in crm.read(views.heads, BOARD)]
    end = time.monotonic() + seconds if seconds else None
    while (time.monotonic() < end) if end is not None else told.total() < moves:
        cards = crm.read(views.column, chance.choice(stages), None, 200)
        if not cards:
            told["empty"] += 1
            continue
        card, kind = chance.choice(cards), chance.random()
        if kind < 0.75:
            outcome = crm.run(MoveCard(card=card.id, stage=chance.choice(stages), version=card.version))
            name = "moved"
        elif kind < 0.95:
            outcome, name = crm.run(OrderCard(card=card.id, step=chance.choice((-2, -1, 1, 2)))), "ordered"
        else:
            outcome, name = crm.run(UndoBatch()), "undone"
        told[name if isinstance(outcome, Done) else f"{name}: {type(outcome).__name__}"] += 1
    crm.store.close()
    return told


def together(
    db: Path, logins: Sequence[str], *, moves: int = 0, seconds: float = 0.0, timeout: float = 120.0
) -> list[dict[str, int]]:
    """Every operator in a process of its own, at once; what became of each."""
    much = ["--moves", str(moves)] if moves else ["--seconds", str(seconds)]
    root = Path(__file__).parents[2]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.tools.movers", str(db), login, str(seed), *much],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=root,
        )
        for seed, login in enumerate(logins, start=1)
    ]
    found = []
    for process in running:
        out, errors = process.communicate(timeout=timeout)
        if process.returncode:
            raise RuntimeError(errors)
        found.append(json.loads(out))
    return found


def faults(db: Path, before: Sequence[int]) -> list[str]:
    """What is wrong with the cards that stood open on the board before; nothing, if all is well."""
    wrong: list[str] = []
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:

        def rows(sql: str, *params: object) -> list[tuple[object, ...]]:
            return connection.execute(sql, params).fetchall()

        after = [
            i for (i,) in rows(f"SELECT id FROM card WHERE board_id = ? AND {LISTED} ORDER BY id", BOARD)
        ]
        if after != sorted(before):
            wrong.append(f"{len(before)} cards before, {len(after)} after")
        doubled = rows(
            f"SELECT stage_id, rank, count(*) FROM card WHERE board_id = ? AND {LISTED} "
            "GROUP BY stage_id, rank HAVING count(*) > 1",
            BOARD,
        )
        wrong += [f"stage {stage}: {n} cards with rank {rank}" for stage, rank, n in doubled]
        counted = rows(
            f"SELECT s.stage_id, sum(s.n), (SELECT count(*) FROM card c WHERE c.stage_id = s.stage_id AND {LISTED})"
            " FROM stage_stat s JOIN stage g ON g.id = s.stage_id WHERE g.board_id = ?"
            " AND s.status IN ('open','paused') GROUP BY s.stage_id",
            BOARD,
        )
        wrong += [f"stage {stage}: counted {n}, holds {held}" for stage, n, held in counted if n != held]
        for card in before:
            wrong += [f"card {card}: {fault}" for fault in _visits(rows, card) + _versions(rows, card)]
    return wrong


def _visits(rows: object, card: int) -> list[str]:
    """Each stay ends when the next begins, the last one is open and is where the card stands."""
    found = rows(  # type: ignore[operator]
        "SELECT v.stage_id, v.entered_at, v.left_at, c.stage_id FROM stage_visit v JOIN card c ON c.id = v.card_id"
        " WHERE v.card_id = ? ORDER BY v.id",
        card,
    )
    wrong = []
    if [left for _, _, left, _ in found].count(None) != 1 or found[-1][2] is not None:
        wrong.append("not one open stay, the last one")
    elif found[-1][0] != found[-1][3]:
        wrong.append("stands elsewhere than its last stay")
    for (stage, _, left, _), (after, entered, _, _) in pairwise(found):
        if left != entered:
            wrong.append(f"left at {left}, came at {entered}")
        if stage == after:
            wrong.append(f"went from stage {stage} to itself")
    return wrong


def _versions(rows: object, card: int) -> list[str]:
    """Every change of the row is in the trail, each one version later than the one before."""
    version = rows("SELECT version FROM card WHERE id = ?", card)[0][0]  # type: ignore[operator]
    told = rows(  # type: ignore[operator]
        "SELECT row_version FROM change WHERE table_name = 'card' AND row_id = ? AND op = 'update' ORDER BY id",
        card,
    )
    found = [each for (each,) in told]
    first = found[0] if found else version
    return [] if not found or found == [*range(first, version + 1)] else [f"versions {found}, now {version}"]


def main(arguments: Sequence[str]) -> int:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("db", type=Path)
    parser.add_argument("login", nargs="?")
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--together")
    parser.add_argument("--moves", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0.0)
    given = parser.parse_args(arguments)
    if given.together is None:
        print(json.dumps(move(given.db, given.login, given.seed, moves=given.moves, seconds=given.seconds)))
        return 0
    with closing(sqlite3.connect(f"file:{given.db}?mode=ro", uri=True)) as connection:
        sql = f"SELECT id FROM card WHERE board_id = {BOARD} AND {LISTED}"
        before = [i for (i,) in connection.execute(sql)]
    told = together(
        given.db,
        given.together.split(","),
        moves=given.moves,
        seconds=given.seconds,
        timeout=given.seconds + 120,
    )
    wrong = faults(given.db, before)
    print(json.dumps({"cards": len(before), "operators": told, "faults": wrong}, indent=2))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
