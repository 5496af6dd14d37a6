"""Who gives a command on this machine."""

from __future__ import annotations

import getpass


def user_name() -> str:
    """The name of the user who runs this process; "somebody" for one without a name, such as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
