"""Every verb of the command line, asked by an operator of a base that holds what they may not see: it says what it says
of a base that holds none of it. (threat 12)"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from house import House
from house_fixtures import FURNISHED_AT, house_template
from secrets_planted import FOLDED, HIDDEN_FROM, WORD, Plant, prepare, twins, word

from tests.cli.conftest import Run

__all__ = ["house_template"]
LINES = (
    *("indicação:segredo", "nome:segredo", "parecer:segredo", "email:segredo", "cidade:segredo", WORD),
    *(f'etiqueta:"{word("etiqueta")}"', f'quadro:"{word("quadro")}"', f'etapa:"{word("etapa")}"'),
    *(
        f'oferta:"{word("oferta")}"',
        f'atendimento:"{word("tipo")}"',
        "motivo:segredo",
        "campo.segredo_zz9_campo:x",
    ),
    *("dono:edu", "membro:beto", "equipe:south", "rascunho:sim", "tarefas:sim", "parado:sim", "atrasado:sim"),
    *("situação:todos arquivado:todos", "arquivado:sim", "perdido:sim", "convertido:sim", "serviço:sim"),
    *("tocado:hoje", "agenda:12/2026", "adiado:sim", "prazo:01/11/2026", "valor:>1000", "fase:cliente"),
    *("fone:966667777", "campo.apelido:segredo", "número:LD-0011", "número:ZQQ-0001", "reaberto:sim"),
)
"""What one would ask to find out by yes or no: every kind of field, and the names of what is planted."""
_NUMBERED = re.compile(r"\b[0-9a-f]{16}\b|\"id\": \d+, \"at\"")
"""The numbers of batches, made by chance, and of one's own events, which go on from where the trail ends."""


def _lists() -> list[tuple[str, ...]]:
    """Every verb that reads, in its widest form."""
    return [
        *(
            ("export", what, "--format", form)
            for what in ("events", "activities")
            for form in ("csv", "json")
        ),
        ("today",),
        ("followups", "--all", "--owner", "todos"),
        ("agenda", "--from", "19/11/2026", "--to", "30/11/2026", "--users", "bia,edu,nina", "--deleted"),
        *(("dash", *team) for team in ((), ("--team",))),
        *(("board", name) for name in ("Leads", word("quadro"))),
        *(
            (verb,)
            for verb in ("people", "duplicates", "views", "drafts", "stages", "actions", "stage-times")
        ),
        *((verb,) for verb in ("notices", "config", "calendar")),
        ("free-days", "--team", "south"),
        ("config", "export"),
        *(("search", text) for text in (WORD, "segredo", "cartao", "pessoa", "96666", word("muro-parecer"))),
        ("history", "--board", "Leads"),
        ("history", "--board", word("quadro")),
        ("stages", word("quadro")),
        ("stage-times", word("quadro")),
        ("actions", "segredo", "--by", "edu"),
        *(("export", what, "--format", form) for what in ("people", "cards") for form in ("csv", "json")),
    ]


def _filtered() -> list[tuple[str, ...]]:
    verbs: tuple[tuple[str, ...], ...] = (
        ("board", "Leads"),
        ("people",),
        ("followups", "--all", "--owner", "todos"),
    )
    return [(*verb, "--filter", line, "-q") for line in LINES for verb in verbs]


def _records(house: House) -> list[tuple[str, ...]]:
    """Everything that may be named, the planted among it."""
    last = "SELECT {} FROM {} ORDER BY id DESC LIMIT 4"
    refs = [
        ref
        for column, table in (("number", "card"), ("code", "party"))
        for (ref,) in house.rows(last.format(column, table))
    ]
    for kind in ("note", "activity", "attachment", "draft", "address", "consent"):
        refs += [f"{kind}:{i}" for (i,) in house.rows(last.format("id", kind))]
    refs += [f"batch:{batch}" for (batch,) in house.rows(last.format("batch", "event"))]
    return [*(("show", ref, "--json") for ref in refs), *(("history", ref, "--json") for ref in refs[:8])]


@pytest.mark.parametrize(("viewer", "plants"), [("bia", HIDDEN_FROM[1][0]), ("nina", HIDDEN_FROM[2][0])])
def test_no_verb_tells_the_two_apart(
    run: Run, house_template: Path, tmp_path: Path, viewer: str, plants: tuple[Plant, ...]
) -> None:
    path = tmp_path / "house.db"
    shutil.copy(house_template, path)
    house = House(path, lambda: FURNISHED_AT)
    prepare(house)
    other = twins(house, tmp_path / "other.db", *plants)
    in_json = [(*words, "--json") for words in _lists() if "--format" not in words]
    asked = [*_records(other), *(_filtered() if viewer == "nina" else _lists()), *in_json]
    told = []
    for words in asked:
        answers = [run(*words, "--as", viewer, db=each.path) for each in (house, other)]
        before, after = ((each.status, _NUMBERED.sub("", each.out), each.err) for each in answers)
        if before != after:
            told.append((words, before, after))
    shown = [FOLDED in run(*words, "--as", "ana", db=other.path).out.casefold() for words in _lists()[::3]]
    house.close()
    other.close()
    assert told == []
    assert sum(shown) > len(shown) / 3  # the administrator is told: the comparison would see it
