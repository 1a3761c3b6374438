"""Compile the gettext catalogues before every build, so that no installed copy lacks its languages.

Runs inside hatchling for wheels and editable installs alike: the `.mo` files lie beside their `.po` in the
source tree (an editable install reads them there) and travel in the wheel. Must not import the program.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(root: Path) -> list[Path]:
    """Write the `.mo` of every `.po` below `root`; an unreadable catalogue raises, it is never skipped."""
    compiled = []
    for po in sorted((root / "crm_tui" / "i18n" / "locale").glob("*/LC_MESSAGES/*.po")):
        with po.open("rb") as file:
            catalogue = read_po(file, locale=po.parent.parent.name, abort_invalid=True)
        mo = po.with_suffix(".mo")
        fresh = mo.with_suffix(".mo.new")
        with fresh.open("wb") as file:
            write_mo(file, catalogue)
        fresh.replace(mo)  # a program that starts meanwhile reads the old or the new one, never half of one
        compiled.append(mo)
    return compiled


class CompileCatalogues(BuildHookInterface[Any]):
    """hatchling's custom hook; the project's one step between source and wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the results as artifacts because git ignores them."""
        root = Path(self.root)
        build_data["artifacts"] += [f"/{mo.relative_to(root).as_posix()}" for mo in compile_catalogues(root)]
