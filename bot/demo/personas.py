"""The invented people of the demo. Nobody here exists; every address ends in `.example`.

A Playground config holds exactly six people: the window's own and five others. So six are in
Teams, four of them with a window. A chat is announced by its window alone, so that nobody else
can be written to: Idris Vaughan and Nia Okafor have not opened the app yet, and Tom Elm is not in
Teams at all.
"""

from dataclasses import dataclass
from typing import Final

TENANT: Final = "5a0f6c1e-0000-4000-8000-000000000001"
BOT_ID: Final = "28:learning-conversations"
BOT_NAME: Final = "Learning Conversations"
TEAM_ID: Final = "19:facilitation@thread.tacv2"
"""The facilitation team, and at the same time its General channel: Teams gives both one id."""
TEAM_GROUP: Final = "5a0f6c1e-0000-4000-8000-0000000000f0"
TEAM_NAME: Final = "Learning Facilitation Team"


@dataclass(frozen=True)
class Persona:
    """One invented person. `key` names their folder and their window."""

    key: str
    name: str
    role: str
    agency: str
    mail: str
    object_id: str

    @property
    def personal_chat(self) -> str:
        """The id of this person's chat with the bot: the same after every restart."""
        return f"personal-{self.key}"


def _person(number: int, key: str, name: str, role: str, agency: str, domain: str) -> Persona:
    mail = f"{name.lower().replace(' ', '.')}@{domain}.example"
    return Persona(key, name, role, agency, mail, f"5a0f6c1e-0000-4000-8000-{number:012x}")


PRACTITIONER: Final = _person(
    0x11, "practitioner", "Priya Shah", "social worker", "Social Care", "socialcare"
)
MANAGER: Final = _person(
    0x12, "manager", "Martin Cole", "team manager", "Social Care", "socialcare"
)
FACILITATOR: Final = _person(
    0x13, "facilitator", "Fay Larsen", "facilitator", "Facilitation Team", "facilitation"
)
PARTNER: Final = _person(
    0x14, "partner", "Pat Reed", "detective constable", "Suffolk Police", "police"
)
SECOND_FACILITATOR: Final = _person(
    0x15, "second-facilitator", "Idris Vaughan", "facilitator", "Facilitation Team", "facilitation"
)
NURSE: Final = _person(0x16, "nurse", "Nia Okafor", "safeguarding nurse", "Health", "health")
TEACHER: Final = _person(0x17, "teacher", "Tom Elm", "teacher", "Education", "school")

WITH_WINDOW: Final = (PRACTITIONER, MANAGER, FACILITATOR, PARTNER)
IN_TEAMS: Final = (*WITH_WINDOW, SECOND_FACILITATOR, NURSE)
FACILITATORS: Final = (FACILITATOR,)
"""Those named to the bot. With one who cannot be written to, every request would begin by saying
so."""
