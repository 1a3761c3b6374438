"""A filter's tree as SQL: one condition on the rows of one kind, with everything that was typed as a parameter.

`condition` is the only door. The meaning is `domain.filter_match.matches`, row for row (a property test holds the
two together); the columns of each kind of row are in `rows`, how each node is written in `tree`. Knows no view.
"""

from __future__ import annotations

from crm_tui.store.filters.asker import Asker
from crm_tui.store.filters.rows import CARDS, PEOPLE, STEPS, Rows
from crm_tui.store.filters.tree import Condition, condition

__all__ = ["CARDS", "PEOPLE", "STEPS", "Asker", "Condition", "Rows", "condition"]
