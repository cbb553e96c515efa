"""What Teams posts to a bot. Sources: Bot Framework activity schema; Teams, "Subscribe to
conversation events", "Universal Actions for Adaptive Cards", "Messages in bot conversations"."""

from dataclasses import dataclass
from typing import Any

from tests.teams.places import Account, Place, Team

Activity = dict[str, Any]


@dataclass(frozen=True)
class Sender:
    """Makes the activities of one bot's Teams. `url` is the service URL in each."""

    bot: str
    bot_name: str
    url: str

    def _base(
        self, place: Place, account: Account, identity: str, *, named: bool = True
    ) -> Activity:
        kind = "personal" if place.personal else "channel"
        chat: Activity = {"id": place.id, "conversationType": kind, "tenantId": place.tenant}
        if not place.personal:
            chat["isGroup"] = True
        who: Activity = {"id": account.id, "aadObjectId": account.object_id}
        if named:
            who["name"] = account.name
        return {
            "id": identity,
            "channelId": "msteams",
            "serviceUrl": self.url,
            "from": who,
            "recipient": {"id": self.bot, "name": self.bot_name},
            "conversation": chat,
            "channelData": {"tenant": {"id": place.tenant}},
        }

    def said(self, place: Place, account: Account, identity: str, text: str) -> Activity:
        """A typed message. Teams also attaches it as HTML."""
        return {
            **self._base(place, account, identity),
            "type": "message",
            "text": text,
            "textFormat": "plain",
        }

    def executed(
        self,
        place: Place,
        account: Account,
        identity: str,
        pressed: Activity,
        data: Activity,
        message: str,
        *,
        trigger: str = "manual",
    ) -> Activity:
        """A tap on an `Action.Execute`, or with trigger `automatic` the card's own refresh."""
        action = {"type": "Action.Execute", "verb": pressed["verb"], "data": data}
        return {
            **self._base(place, account, identity),
            "type": "invoke",
            "name": "adaptiveCard/action",
            "value": {"action": action, "trigger": trigger},
            "replyToId": message,
        }

    def submitted(
        self, place: Place, account: Account, identity: str, data: Activity, message: str
    ) -> Activity:
        """A tap on the fallback: a message with a value, and no text."""
        return {
            **self._base(place, account, identity),
            "type": "message",
            "value": data,
            "replyToId": message,
        }

    def reacted(self, place: Place, account: Account, identity: str, message: str) -> Activity:
        """A thumb on a message."""
        return {
            **self._base(place, account, identity),
            "type": "messageReaction",
            "reactionsAdded": [{"type": "like"}],
            "replyToId": message,
        }

    def installed(
        self, place: Place, account: Account, identity: str, *, added: bool
    ) -> tuple[Activity, Activity]:
        """The two events of a personal install or its end. Neither names the person."""
        base = self._base(place, account, identity, named=False)
        members = [{"id": self.bot}, {"id": account.id, "aadObjectId": account.object_id}]
        change = "membersAdded" if added else "membersRemoved"
        return (
            {
                **base,
                "type": "installationUpdate",
                "action": "add" if added else "remove",
            },
            {**base, "type": "conversationUpdate", change: members},
        )

    def team_installed(
        self, team: Team, picked: Place, identity: str, by: Account | None
    ) -> tuple[Activity, Activity]:
        """The app came to a team: both events are in the channel that was picked, and all later
        ones carry the team's id. A system account may have done it, without an object id."""
        who = by or Account("29:system", "", "", "", team.tenant)
        base = self._base(picked, who, identity, named=False)
        if by is None:
            base["from"].pop("aadObjectId")
        settings = {"settings": {"selectedChannel": {"id": picked.id}}}
        data = {**self._of_team(team), **settings}
        return (
            {**base, "type": "installationUpdate", "action": "add", "channelData": data},
            {
                **base,
                "type": "conversationUpdate",
                "membersAdded": [{"id": self.bot}],
                "channelData": {**data, "eventType": "teamMemberAdded"},
            },
        )

    def joined(self, team: Team, general: Place, identity: str, who: Account) -> Activity:
        """Somebody came to the team."""
        return {
            **self._base(general, who, identity, named=False),
            "type": "conversationUpdate",
            "membersAdded": [{"id": who.id, "aadObjectId": who.object_id}],
            "channelData": {**self._of_team(team), "eventType": "teamMemberAdded"},
        }

    def mentioned(
        self, place: Place, account: Account, identity: str, text: str, thread: str
    ) -> Activity:
        """A message in a channel that mentions the bot, which alone reaches it."""
        assert place.team is not None
        words = f"<at>{self.bot_name}</at>"
        made = self.said(place, account, identity, f"{words} {text}")
        mention = {"id": self.bot, "name": self.bot_name}
        return {
            **made,
            "conversation": {**made["conversation"], "id": f"{place.id};messageid={thread}"},
            "entities": [{"type": "mention", "mentioned": mention, "text": words}],
            "channelData": {
                **self._of_team(place.team),
                "channel": {"id": place.id},
                "teamsChannelId": place.id,
                "teamsTeamId": place.team.id,
            },
        }

    def _of_team(self, team: Team) -> Activity:
        return {
            "tenant": {"id": team.tenant},
            "team": {"id": team.id, "name": team.name, "aadGroupId": team.group},
        }
