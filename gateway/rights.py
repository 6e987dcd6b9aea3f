"""What a clerk may do: rights, which pages of the office ask for, and which roles have them."""

from collections.abc import Iterable, Mapping
from typing import Literal

Right = Literal["own_account", "applications", "failures"]
"""`own_account`: come in and change one's own password. `applications`: see and decide applications for an account.
`failures`: see what could not be sent or made, and let it be tried again."""

RIGHT = "right"
"""Key of an office page's `opt` that names the right it needs; set from the list of pages."""

OF_EVERY_CLERK: frozenset[Right] = frozenset({"own_account"})
"""Rights without any role."""

OF_ROLE: Mapping[str, frozenset[Right]] = {
    "clerk": frozenset({"applications", "failures"}),
    "admin": frozenset({"applications", "failures"}),
}
"""Rights by role; a role that is not here gives none. Roles are given with `ebok staff add --role`."""


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """Everything that a clerk with these roles may do."""
    nothing: frozenset[Right] = frozenset()
    return OF_EVERY_CLERK.union(*(OF_ROLE.get(role, nothing) for role in roles))
