"""Compile the gettext catalogues before every build, so that no installed copy lacks its languages.

Runs inside hatchling for wheels and editable installs alike: the `.mo` files lie beside their `.po` in the
source tree (an editable install reads them there) and travel in the wheel. Must not import the program.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface[Any]):
    """hatchling's custom hook; the project's one step between source and wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the results as artifacts because git ignores them."""
        root = Path(self.root)
        # Run by path: the checkout is not on the import path of an isolated build.
        made = runpy.run_path(str(root / "catalogues.py"))["compile_catalogues"]()
        build_data["artifacts"] += [f"/{mo.relative_to(root).as_posix()}" for mo in made]
