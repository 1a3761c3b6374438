"""Where one chooses whom to call, what is not to be used says so. (M1, M102)"""

from __future__ import annotations

import pytest
from house import House, do

from crm_tui.domain.consent import Purpose
from crm_tui.i18n import Text, say
from crm_tui.services.followup.registers import pick_phone
from crm_tui.services.party.commands import AddContactPoint, GrantConsent, NewParty, RevokeConsent


@pytest.mark.usefixtures("pt")
def test_the_phone_of_a_step_is_chosen_knowing_which_is_not_to_be_used(house: House) -> None:
    crm = house.open()
    made = NewParty(name="Olívia Prado", phone="(11) 98888-0001")
    party = do(crm, made).entity_id or 0
    do(crm, AddContactPoint(party=party, value="(11) 98888-0002", opted_out=True))

    def hints(text: str = "", **more: object) -> list[str]:
        found = crm.read(pick_phone, text, **more)
        return [say(each.hint) if isinstance(each.hint, Text) else each.hint for each in found]

    assert hints(parties=[party]) == ["Olívia Prado", "não usar · Olívia Prado"]
    assert hints("+5511988880002") == ["não usar · Olívia Prado"]
    do(crm, GrantConsent(party=party, purpose=Purpose.CONTACT))
    do(crm, RevokeConsent(consent=house.one("SELECT id FROM consent WHERE party_id = ?", party)))
    assert hints(parties=[party]) == ["não usar · Olívia Prado"] * 2
