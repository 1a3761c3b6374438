"""A stand-in for the program: the few verbs and the screen that the benchmark relies on, without Textual."""

from __future__ import annotations

import math
import os
import select
import sqlite3
import sys
import termios
import time
import tty

BOARD = {
    b"s": "",
    b"g": "Colunas",
    b"sg": "Colunas",
    b"d": "por dono",
    b"L": "moved",
    b"/": "/",
    b"\x1b": "",
} | {letter.encode(): letter for letter in "pari"}
"""What the board's keys bring to the screen; `d` and `a` are letters of the filter, too."""


def demo(path: str, cards: int) -> int:
    db = sqlite3.connect(path)
    db.executescript(
        "PRAGMA journal_mode = WAL;"
        "CREATE TABLE stage (id INTEGER PRIMARY KEY, board_id INT, name TEXT, category TEXT, position INT);"
        "CREATE TABLE card (id INTEGER PRIMARY KEY, board_id INT, stage_id INT, number TEXT);"
        "INSERT INTO stage VALUES (1, 1, 'Novo', 'open', 1), (2, 1, 'Full', 'open', 2);"
        "INSERT INTO stage VALUES (3, 1, 'Last', 'open', 3)"
    )
    db.executemany("INSERT INTO card VALUES (?, 1, 1, ?)", [(n, f"OP-{n:04d}") for n in range(1, cards + 1)])
    db.commit()
    db.close()
    return 0


def move(path: str, number: str, stage: str) -> int:
    if stage == "Full":
        return 4
    with sqlite3.connect(path) as db:
        (to,) = db.execute("SELECT id FROM stage WHERE name = ?", (stage,)).fetchone()
        db.execute("UPDATE card SET stage_id = ? WHERE number = ?", (to, number))
    db.close()
    return 0


def show(path: str) -> int:
    before = termios.tcgetattr(0)
    tty.setraw(0)
    db, cursor, place, last = sqlite3.connect(path), 0, "1", None

    def out(text: str) -> None:
        os.write(1, text.encode())

    def paint() -> None:
        rows = db.execute("SELECT c.number, s.name FROM card c JOIN stage s ON s.id = c.stage_id LIMIT 20")
        out(f"\x1b[2J\x1b[H 1 Hoje  2 Quadro  {place}{'  pond. 1' if place == '2' else ''}")
        for y, (number, stage) in enumerate(rows):
            out(f"\x1b[{y + 2};1H{'>' if y == cursor else ' '} venceu ontem {number} {stage}")

    out("\x1b[?1049h\x1b[?25l")
    briefing_at = math.inf
    while True:
        if time.monotonic() >= briefing_at:
            briefing_at = math.inf
            out("\x1b[30;1Hbriefing")
        version = db.execute("PRAGMA data_version").fetchone()
        if version != last:
            last = version
            paint()
        if not select.select([0], [], [], 0.02)[0]:
            continue
        key = os.read(0, 100)
        if key == b"\x11":
            break
        if key == b"p" and place == "1":
            place = "p"
            out("\x1b[2J\x1b[HPróximo passo")
        elif place == "p":
            out(f"\x1b[25;1H\x1b[2K{len(key)} {time.monotonic()}")
        elif place == "2" and key in BOARD:
            out(f"\x1b[25;1H\x1b[2K{BOARD[key]} {time.monotonic()}")
        elif key in (b"1", b"2"):
            place = key.decode()
            paint()
        elif key in (b"\x1b[A", b"\x1b[B"):
            out(f"\x1b[{cursor + 2};1H ")
            cursor += 1 if key == b"\x1b[B" else -1
            out(f"\x1b[{cursor + 2};1H>")
            briefing_at = time.monotonic() + 0.15
    out("\x1b[?25h\x1b[?1049l")
    termios.tcsetattr(0, termios.TCSADRAIN, before)
    return 0


def main(arguments: list[str]) -> int:
    _, path, *verb = arguments
    if verb[:1] == ["--as"]:
        verb = verb[2:]
    match verb:
        case ["demo", "--no-open", "--cards", cards, "--people", _]:
            return demo(path, int(cards))
        case ["do", "move_card", "--card", number, "--stage", stage]:
            return move(path, number, stage)
        case ["today", "--json"]:
            print("[]")
            return 0
        case []:
            return show(path)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
