"""The file is deleted or moved away under a running program: it is said, nothing is written into the void."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crm_tui.domain.outcome import Refusal
from crm_tui.services.core.crm import Crm
from crm_tui.services.party.commands import NewParty
from crm_tui.store.errors import NoRoom


@pytest.mark.parametrize("written_before", [True, False])
def test_a_base_that_is_gone_is_a_refusal_and_no_fault(
    crm_as: Callable[[str], Crm], demo_db: Path, written_before: bool
) -> None:
    crm = crm_as("ana")
    if written_before:
        with crm.store.writing():
            pass
    demo_db.rename(demo_db.with_name("elsewhere.db"))
    outcome = crm.run(NewParty(name="Ninguém"))
    assert isinstance(outcome, Refusal)
    assert "Nothing was saved" in outcome.reason.msgid
    with pytest.raises(NoRoom), crm.store.writing():
        pytest.fail("a transaction began on a file without a name")
    assert not demo_db.exists()
