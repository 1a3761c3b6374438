"""The shape of a screen: two parts side by side where there is room, one above the other where there is not.

The widths and heights at which a screen looks different are said here once. Knows nothing of what stands in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from crm_tui.screens.core.place import Place

if TYPE_CHECKING:
    from crm_tui.screens.core.base import CrmScreen

    _Screen = CrmScreen[object]
else:
    _Screen = object  # Textual takes style rules from the first base that is a widget: this must not be one

BESIDE: Final = 100
"""From so many cells the two parts stand side by side."""
LOW: Final = 24
"""Under so many rows the part below is lower, and rows that only part others go."""

T = TypeVar("T")


class Shaped(_Screen):
    """Mixin of screens: `wide` and `low`, and the classes `-wide` and `-low` for their style rules.

    Not Textual's breakpoints: these come with the first resize, when the screen is laid out once already.
    """

    @property
    def wide(self) -> bool:
        """Whether two parts stand side by side."""
        return self.app.size.width >= BESIDE

    @property
    def low(self) -> bool:
        """Whether there are too few rows for air."""
        return self.app.size.height < LOW

    def _shape(self, *, update: bool = True) -> None:
        self.set_class(self.wide, "-wide", update=update)
        self.set_class(self.low, "-low", update=update)

    def on_mount(self) -> None:
        self._shape()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._shape(update=False)  # it is styled when it comes in

    def on_resize(self) -> None:
        self._shape()


class Sided(Shaped, Place[T]):
    """A place whose content, `#work`, has two parts."""

    DEFAULT_CSS = """
    Sided #work { height: 1fr; layout: vertical; }
    Sided.-wide #work { layout: horizontal; }
    """
