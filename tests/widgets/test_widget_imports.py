"""What the widgets of the first paint may load: the start-up budget (MEASURED.

Each import is paid before a row).
"""

from __future__ import annotations

import subprocess
import sys

DRAWN = ("vlist", "queue", "bars", "pane", "column")


def loaded_by(modules: tuple[str, ...]) -> set[str]:
    code = (
        "import sys\n" + "\n".join(f"import crm_tui.widgets.{m}" for m in modules) + "\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_drawn_widgets_load_no_stock_widgets_and_nothing_below_them() -> None:
    loaded = loaded_by(DRAWN)
    assert not [
        m for m in loaded if m.startswith(("textual.widgets._", "sqlmodel", "pydantic", "sqlalchemy"))
    ]
    assert not [m for m in loaded if m.startswith(("crm_tui.store", "crm_tui.services", "crm_tui.screens"))]


def test_no_widget_loads_what_lies_below() -> None:
    every = (*DRAWN, "sheet", "line", "body", "pick", "when_field")
    loaded = loaded_by(every)
    assert not [
        m for m in loaded if m.startswith(("crm_tui.store", "crm_tui.services", "crm_tui.connectors"))
    ]
