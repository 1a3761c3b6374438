"""What happens to layouts of imports."""

from __future__ import annotations

from crm_tui.domain.happened import Named
from crm_tui.i18n import N_


class ImportLayoutAdded(Named):
    kind = "import_layout.added"
    entity = "import_layout"
    sentence = N_("Import layout {name} added")


class ImportLayoutEdited(Named):
    kind = "import_layout.edited"
    entity = "import_layout"
    sentence = N_("Import layout {name} changed")


class ImportLayoutDeactivated(Named):
    kind = "import_layout.deactivated"
    entity = "import_layout"
    sentence = N_("Import layout {name} taken out of use")


class ImportLayoutReactivated(Named):
    kind = "import_layout.reactivated"
    entity = "import_layout"
    sentence = N_("Import layout {name} back in use")
