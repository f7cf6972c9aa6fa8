"""Who may ask, where, and who may decide for others: by the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings


def ids(written: str) -> frozenset[str]:
    """The ids of a comma-separated setting."""
    return frozenset(part.strip() for part in written.split(",") if part.strip())


@dataclass(frozen=True, slots=True)
class Access:
    """Allow-lists; an empty one allows everybody, or every channel."""

    users: frozenset[str]
    channels: frozenset[str]
    admins: frozenset[str]

    @classmethod
    def of(cls, settings: Settings) -> Access:
        """The lists of the settings."""
        return cls(
            ids(settings.slack_users), ids(settings.slack_channels), ids(settings.slack_admins)
        )

    def allows(self, person: str, channel: str) -> bool:
        """Whether a person may use kiji in a channel; every direct message counts as one."""
        if self.users and person not in self.users | self.admins:
            return False
        return not self.channels or channel.startswith("D") or channel in self.channels

    def is_admin(self, person: str) -> bool:
        """Whether a person may share articles and bind collections."""
        return person in self.admins
