"""What may be asked about the company whose database it is. (M105)"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from crm_tui.domain.access import SET_UP
from crm_tui.domain.fields import Widget
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, seen_version


class EditCompany(Command):
    """Say whose database it is; only what is given changes. (M105)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit company")

    name: str = ask(N_("Name"), default="", max_length=60, help=N_("as the header shows it"))
    legal_name: str = ask(N_("Registered name"), default="", max_length=120)
    document: str = ask(N_("CNPJ or CPF"), default="", max_length=24)
    logo: Annotated[str, StringConstraints(strip_whitespace=False)] = ask(
        N_("Logo"), default="", widget=Widget.BODY, max_length=2_000, help=N_("drawn with letters and signs")
    )
    version: int | None = seen_version()
