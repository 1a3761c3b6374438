"""Where the shipped data lies: in a checkout beside the package, in an installed wheel inside it."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def data_path(*parts: str) -> Path:
    """A file of `data/`; FileNotFoundError if it was not shipped."""
    for root in (_PACKAGE.parent / "data", _PACKAGE / "data"):
        found = root.joinpath(*parts)
        if found.exists():
            return found
    raise FileNotFoundError("/".join(parts))
