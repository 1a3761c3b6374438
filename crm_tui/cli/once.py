"""The verb that lists who may stand in the base twice. (X8)"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from crm_tui.cli import out
from crm_tui.cli.out import Column
from crm_tui.cli.session import Session
from crm_tui.domain.once import Pairs, signs
from crm_tui.i18n import say


def duplicates(
    ctx: typer.Context,
    most: Annotated[int, typer.Option("--most", min=1, max=10_000, help=say("so many pairs at most"))] = 500,
) -> None:
    """Who may stand in the base twice, the surest pairs first."""
    from crm_tui.services.once import views

    session: Session = ctx.obj
    found: Pairs = session.crm().read(views.pairs, most)

    def person() -> None:
        columns = [
            Column(say("Sure"), right=True, key=True),
            Column("", key=True),
            Column(say("Person")),
            Column("", key=True),
            Column(say("The other one")),
            Column(say("Same")),
        ]
        rows = [
            (f"{p.sure} %", p.older_code, p.older_name, p.newer_code, p.newer_name, say(signs(p.by)))
            for p in found.pairs
        ]
        if rows:
            out.table(columns, rows)
        else:
            out.line(say("Nobody seems to stand here twice."))

    session.show(
        [
            {
                "party": p.older_code,
                "name": p.older_name,
                "other": p.newer_code,
                "other_name": p.newer_name,
                "sure": p.sure,
                "by": [str(key) for key in p.by],
                "shared": p.shared,
            }
            for p in found.pairs
        ],
        [f"{p.older_code} {p.newer_code}" for p in found.pairs],
        person,
    )


VERBS: Mapping[str, Callable[..., int | None]] = {"duplicates": duplicates}
