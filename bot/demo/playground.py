"""One Playground window: its config file, its command, and what it does (all of it tried).

The config (0.2.28; JSON is YAML, so JSON it is):
- Exactly five `users` beside `currentUser`, one channel at most, no field that the schema does
  not know. The sign-in name is spelt `userPrincipleName`. Ids of users are unique, and so are
  ids of chats, team and channels. On a bad config it exits 1; the reason stands in its log file.
- `members/{id}` looks for `users[].id` and nothing else: neither object id nor mail address. So
  here the id *is* the mail address, and `members/{mail}` answers as Teams does. A personal chat
  knows its own person only; a team knows all six.
- A team's General channel has the team's id.

What reaches the bot:
- A page that loads announces its personal chat: `installationUpdate` (`action: add`) and
  `conversationUpdate` (`membersAdded`: the person and the bot). Reloading announces it again.
  Choosing a chat or channel in the side bar announces that one. `announce` does the same.
- `from` carries `id` and `aadObjectId`, and a `name` only in messages and invokes. The tenant is
  `conversation.tenantId` and `channelData.tenant.id`, `conversationType` is `personal` or
  `channel`. A team's announcement names it in `channelData.team.{id,name,aadGroupId}`.
- `Action.Execute` is an invoke `adaptiveCard/action` with `value.action.{verb,title,data}`, the
  inputs merged into `data`, and `replyToId`; the card in the answer replaces the old one.
- `Action.Submit` is a message without `text`, `value` holding the data and the inputs.
- Inputs left empty are absent; a toggle is "true" or "false", several choices are "a,b", a day
  is "2026-11-04", a time is "14:30" (its list has half hours only).

What it takes from the bot: send (201, an id made of the milliseconds), update (200; 404 if
unknown), a post to a channel. A body over 100 KB is a 413, an unknown conversation a 404,
deleting a 501. A typing indicator is a 202 without a body.

What a page shows lives in that page, and a reload begins empty. What is sent while no page is
open is kept, but handed to the next page before it can show it, and lost: `late_window.cjs` puts
that right, `loopback.cjs` keeps it to this machine. A page waits up to 15 s for the bot to answer
on its address, with any status, before it shows its chats.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.demo.options import LOOPBACK
from bot.demo.personas import (
    BOT_ID,
    BOT_NAME,
    FACILITATOR,
    IN_TEAMS,
    TEAM_GROUP,
    TEAM_ID,
    TEAM_NAME,
    TENANT,
    Persona,
)
from bot.demo.preflight import PLAYGROUND

PRELOADS: Final = tuple(Path(__file__).with_name(n) for n in ("loopback.cjs", "late_window.cjs"))


@dataclass(frozen=True)
class Window:
    """A persona's Teams, as one Playground process shows it."""

    persona: Persona
    port: int
    folder: Path

    @property
    def url(self) -> str:
        """Where a browser opens it."""
        return f"http://{LOOPBACK}:{self.port}/"

    @property
    def service_url(self) -> str:
        """Where the bot sends to."""
        return f"http://{LOOPBACK}:{self.port}/_connector"

    @property
    def announcements(self) -> tuple[str, ...]:
        """The addresses that make it announce its chats to the bot, as an opened page would."""
        chats = [self.persona.personal_chat]
        if self.persona is FACILITATOR:
            chats.append(TEAM_ID)
        return tuple(f"{self.url}_debug/conversation/{chat}/installation" for chat in chats)

    def command(self, node: str, bot_url: str) -> tuple[str, ...]:
        """The process's command line, telemetry off."""
        preloads = (word for file in PRELOADS for word in ("--require", str(file)))
        script = [node, *preloads, str(PLAYGROUND), "start", "--disable-telemetry"]
        named = {
            "--port": str(self.port),
            "--app-endpoint": bot_url,
            "--channel-id": "msteams",
            "--service-url": self.service_url,
        }
        return (*script, *(word for pair in named.items() for word in pair))

    @property
    def environment(self) -> dict[str, str]:
        """Where its config and its log are; no browser of its own."""
        return {
            "TEAMSAPPTESTER_BROWSER": "none",
            "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(self.folder / "config.yml"),
            "M365_AGENTS_PLAYGROUND_LOGFILE": str(self.folder / "playground.log"),
        }

    def write_config(self) -> None:
        """Write the config file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "config.yml").write_text(json.dumps(self._config(), indent=1))

    def _config(self) -> Mapping[str, Any]:
        key = self.persona.key
        return {
            "version": "0.1.1",
            "tenantId": TENANT,
            "bot": {"id": BOT_ID, "name": BOT_NAME},
            "currentUser": _user(self.persona),
            "users": [_user(one) for one in IN_TEAMS if one is not self.persona],
            "personalChat": {"id": self.persona.personal_chat},
            "groupChat": {"id": f"group-{key}", "name": "Not used"},
            "team": _team(self.persona),
        }


def _team(persona: Persona) -> Mapping[str, Any]:
    if persona is FACILITATOR:
        return {"id": TEAM_ID, "name": TEAM_NAME, "aadGroupId": TEAM_GROUP, "channels": []}
    return {
        "id": f"19:{persona.key}@thread.tacv2",
        "name": "Not used",
        "aadGroupId": persona.object_id,
        "channels": [],
    }


def _user(persona: Persona) -> Mapping[str, str]:
    given, surname = persona.name.split(" ", 1)
    return {
        "id": persona.mail,
        "name": persona.name,
        "userPrincipleName": persona.mail,
        "aadObjectId": persona.object_id,
        "givenName": given,
        "surname": surname,
        "email": persona.mail,
    }
