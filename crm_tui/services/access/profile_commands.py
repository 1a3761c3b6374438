"""What may be asked about profiles: which permission reaches how far. (M91, M111, M47)

The fields of the one sheet are made from the list of permissions, so that a new key is in it by itself.
"""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import create_model

from crm_tui.domain.access import Scope
from crm_tui.domain.permissions import PERMISSIONS, Permission
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, seen_version


def _reach(permission: Permission) -> Any:
    said = tuple((scope.value, permission.said(scope)) for scope in permission.scopes)
    return ask(permission.words, default=None, choices=said)


_FIELDS: dict[str, Any] = {each.field: (Scope | None, _reach(each)) for each in PERMISSIONS}


class AddProfile(Command):
    """A new access profile, with the permissions of another to begin with. (M111)"""

    permission: ClassVar[str] = "user.manage"
    title: ClassVar[str] = N_("New profile")

    name: str = ask(N_("Name"), max_length=60)
    like: int | None = ask(N_("Like"), default=None, pick="profiles", help=N_("empty: it may do nothing yet"))


class _Profile(Command):
    """The record that is changed."""

    permission: ClassVar[str] = "user.manage"
    title: ClassVar[str] = N_("Edit profile")

    profile: int = ask(N_("Profile"), pick="every_profile", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    version: int | None = seen_version()


class EditProfile(create_model("_EditProfile", __base__=_Profile, **_FIELDS)):  # type: ignore[misc]
    """Change a profile: how far each permission reaches; only what is given changes. (M111, M47)"""

    permission: ClassVar[str] = "user.manage"
    title: ClassVar[str] = N_("Edit profile")

    def wanted(self) -> dict[str, Scope]:
        """The scope of each permission key that is given."""
        found = {each.key: getattr(self, each.field) for each in PERMISSIONS}
        return {
            key: scope
            for key, scope in found.items()
            if scope is not None and key.replace(".", "_") in self.model_fields_set
        }


class DeactivateProfile(Command):
    """Take a profile out of use, once nobody has it."""

    permission: ClassVar[str] = "user.manage"
    title: ClassVar[str] = N_("Take profile out of use")

    profile: int = ask(N_("Profile"), pick="every_profile", hidden=True)


class ReactivateProfile(Command):
    """Offer a profile again."""

    permission: ClassVar[str] = "user.manage"
    title: ClassVar[str] = N_("Put profile back in use")

    profile: int = ask(N_("Profile"), pick="every_profile", hidden=True)
