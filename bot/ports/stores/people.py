"""What people told of themselves."""

from __future__ import annotations

from typing import Protocol


class PeopleStore(Protocol):
    """The time zones of people whose platform does not know them."""

    def zone(self, platform: str, person: str) -> str:
        """The IANA name of the person's time zone; empty where it is unknown.

        Args:
            platform: The platform's name.
            person: The person's id there.
        """
        ...

    def set_zone(self, platform: str, person: str, zone: str) -> None:
        """Remember the person's time zone, instead of another one."""
        ...
