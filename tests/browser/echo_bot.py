"""A bot without a product, for the self-test of the launcher and of the window driver.

`card` answers with a card that has every kind of input; a tap puts what was sent back in place.
`notify` sends one message to the personal chat, unasked; `team` posts into the facilitation team.
Everything that came in can be read back at /activities.
"""

import json
import os
from typing import Any

from aiohttp import ClientSession, web

Json = dict[str, Any]
CARD = "application/vnd.microsoft.card.adaptive"
INCOMING: list[Json] = []
TEAM: dict[str, str] = {}


def card(title: str, data: Json) -> Json:
    choices = [{"title": "A child", "value": "child"}, {"title": "An adult", "value": "adult"}]
    reasons = [{"title": "Stuck", "value": "stuck"}, {"title": "Unclear", "value": "unclear"}]
    tiers = [{"title": f"Tier {n}", "value": str(n)} for n in (1, 2, 3, 4)]
    required = {"isRequired": True, "errorMessage": "Please say what worries you"}
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [
            {"type": "TextBlock", "text": title, "style": "heading", "wrap": True},
            {"type": "TextBlock", "text": json.dumps(data, sort_keys=True), "wrap": True},
            text_input("worry", "What are you most worried about?", isMultiline=True, **required),
            text_input("name", "Your name"),
            choice("who", "Who is it about?", choices, style="expanded"),
            choice("why", "Reasons", reasons, style="expanded", isMultiSelect=True),
            choice("tier", "Level of need", tiers, style="compact"),
            {"type": "Input.Date", "id": "day", "label": "Day"},
            {"type": "Input.Time", "id": "at", "label": "Start"},
            {"type": "Input.Toggle", "id": "ok", "title": "I agree"},
            {"type": "ColumnSet", "columns": [tile(n) for n in range(4, 8)]},
        ],
        "actions": [
            execute("Next", "next"),
            execute("Back", "back") | {"associatedInputs": "none"},
            {"type": "Action.Submit", "title": "Old client", "data": {"verb": "old"}},
        ],
    }


def text_input(name: str, label: str, **more: Any) -> Json:
    return {"type": "Input.Text", "id": name, "label": label, **more}


def choice(name: str, label: str, choices: list[dict[str, str]], **more: Any) -> Json:
    return {"type": "Input.ChoiceSet", "id": name, "label": label, "choices": choices, **more}


def execute(title: str, verb: str, **data: Any) -> Json:
    return {"type": "Action.Execute", "title": title, "verb": verb, "data": data}


def tile(number: int) -> Json:
    action = execute(f"{number} out of 10", "scale", number=number)
    action |= {"tooltip": action["title"], "associatedInputs": "none"}
    box = {"type": "Container", "style": "emphasis", "selectAction": action}
    return {
        "type": "Column",
        "width": "auto",
        "items": [box | {"items": [{"type": "TextBlock", "text": str(number)}]}],
    }


async def send(service_url: str, conversation: str, **activity: Any) -> None:
    url = f"{service_url}/v3/conversations/{conversation}/activities"
    async with ClientSession() as http, http.post(url, json={"type": "message", **activity}) as ok:
        ok.raise_for_status()


async def on_message(activity: Json) -> None:
    service, chat = activity["serviceUrl"], activity["conversation"]["id"]
    match activity.get("text"):
        case "card":
            attachment = {"contentType": CARD, "content": card("Asked", {})}
            await send(service, chat, attachments=[attachment])
        case "notify":
            await send(service, chat, text="One thing you did not ask for")
        case "team":
            post = {"contentType": CARD, "content": card("On the board", {})}
            await send(TEAM["service"], TEAM["id"], text="A new request, LC-TEST1")
            await send(TEAM["service"], TEAM["id"], attachments=[post])
        case None:
            await send(service, chat, text=f"Submitted {json.dumps(activity['value'])}")
        case text:
            await send(service, chat, text=f"You said {text}")


async def messages(request: web.Request) -> web.Response:
    activity = await request.json()
    INCOMING.append(activity)
    if team := activity.get("channelData", {}).get("team"):
        TEAM.update(id=team["id"], service=activity["serviceUrl"])
    if activity["type"] == "invoke":
        action = activity["value"]["action"]
        shown = card(f"Tapped {action['verb']}", action["data"])
        return web.json_response({"statusCode": 200, "type": CARD, "value": shown})
    if activity["type"] == "message":
        await on_message(activity)
    return web.Response()


async def healthz(request: web.Request) -> web.Response:
    return web.Response(text="ok")


async def activities(request: web.Request) -> web.Response:
    return web.json_response(
        {"pid": os.getpid(), "environment": dict(os.environ), "incoming": INCOMING}
    )


if __name__ == "__main__":
    app = web.Application()
    app.add_routes(
        [
            web.post("/api/messages", messages),
            web.get("/healthz", healthz),
            web.get("/activities", activities),
        ]
    )
    web.run_app(app, host=os.environ["HOST"], port=int(os.environ["PORT"]), print=None)
