"""The demonstration's ingredients, read from `data/demo/`: the only place here that opens a file."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from typing import Any

from crm_tui.store.data import data_path


@cache
def told(name: str) -> dict[str, Any]:
    """The contents of `<name>.toml`; not to be changed."""
    with data_path("demo", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def lines(name: str) -> tuple[dict[str, str], ...]:
    """The lines of `<name>.csv`, by column."""
    with data_path("demo", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="|"))
