"""Files in Teams at the edge: the consent card that goes out, and the answer that comes back."""

from typing import Any

import pytest

from dialogs.turn.events import Consent, FileConsent, FileInfo, FileSent, Reply, Target, Turn
from tests.bot.conftest import CARD

CONSENT = Consent("LC-1 pack.docx", "The pack.", 1234, {"kind": "pack", "person": "p"})
INFO = FileInfo("LC-1 pack.docx", "https://x.sharepoint.com/a.docx", "id-1", "docx")
UPLOAD = {
    "contentUrl": "https://x.sharepoint.com/a.docx",
    "name": "LC-1 pack.docx",
    "uploadUrl": "https://x.sharepoint.com/up?a=1",
    "uniqueId": "id-1",
    "fileType": "docx",
}


def answer(bot: Any, value: Any) -> Any:
    return bot.activity(
        type="invoke", name="fileConsent/invoke", text=None, value=value, replyToId="consent-1"
    )


async def test_an_offer_is_a_message_of_its_own_and_the_tapped_card_stays(bot: Any) -> None:
    bot.dialogs.reply = Reply(summary="Below.", beside=Reply(summary="A file", consent=CONSENT))
    status, body = await bot.post(bot.invoke("file.get", replyToId="card-1"))
    assert status == 200
    assert body["type"] == "application/vnd.microsoft.activity.message"
    [sent] = bot.teams.calls
    assert sent.method == "POST"
    assert sent.body["summary"] == "A file"
    assert "text" not in sent.body
    assert sent.body["attachments"] == [
        {
            "contentType": "application/vnd.microsoft.teams.card.file.consent",
            "name": "LC-1 pack.docx",
            "content": {
                "description": "The pack.",
                "sizeInBytes": 1234,
                "acceptContext": {"kind": "pack", "person": "p"},
                "declineContext": {"kind": "pack", "person": "p"},
            },
        }
    ]


async def test_an_old_clients_tap_leaves_its_card_too(bot: Any) -> None:
    bot.dialogs.reply = Reply(summary="Below.", beside=Reply(card=CARD, summary="A file"))
    value = {"verb": "file.get"}
    await bot.post(bot.activity(text=None, value=value, replyToId="card-1"))
    assert [call.method for call in bot.teams.calls] == ["POST"]


async def test_a_typed_command_is_answered_with_the_offer(bot: Any) -> None:
    bot.dialogs.reply = Reply(summary="A file", consent=CONSENT)
    await bot.post(bot.activity(text="pack"))
    [sent] = bot.teams.calls
    kinds = [one["contentType"] for one in sent.body["attachments"]]
    assert kinds == ["application/vnd.microsoft.teams.card.file.consent"]


async def test_a_yes_hands_the_address_on_shows_the_file_and_takes_the_consent_card_away(
    bot: Any,
) -> None:
    bot.dialogs.reply = Reply(summary="It is there.", info=INFO, settled=True)
    value = {"type": "fileUpload", "action": "accept", "context": {"a": "b"}, "uploadInfo": UPLOAD}
    status, body = await bot.post(answer(bot, value))
    assert (status, body) == (200, {})
    [turn] = bot.dialogs.turns
    target = Target(UPLOAD["uploadUrl"], UPLOAD["name"], UPLOAD["contentUrl"], "id-1", "docx")
    assert turn.event == FileConsent({"a": "b"}, target)
    posted, removed = bot.teams.calls
    assert posted.body["text"] == "It is there."
    assert posted.body["attachments"] == [
        {
            "contentType": "application/vnd.microsoft.teams.card.file.info",
            "contentUrl": INFO.url,
            "name": INFO.name,
            "content": {"uniqueId": "id-1", "fileType": "docx"},
        }
    ]
    assert removed.method == "DELETE"
    assert removed.path.endswith("/activities/consent-1")


async def test_a_no_is_a_no(bot: Any) -> None:
    bot.dialogs.reply = Reply(card=CARD, summary="Not saved", settled=True)
    value = {"type": "fileUpload", "action": "decline", "context": {"a": "b"}}
    status, _ = await bot.post(answer(bot, value))
    assert status == 200
    assert bot.dialogs.turns[0].event == FileConsent({"a": "b"}, None)
    assert [call.method for call in bot.teams.calls] == ["POST", "DELETE"]


async def test_a_consent_card_that_is_gone_is_no_mistake(bot: Any) -> None:
    bot.dialogs.reply = Reply(summary="It is there.", info=INFO, settled=True)
    bot.teams.answer(404, {})
    value = {"action": "accept", "context": {}, "uploadInfo": UPLOAD}
    assert (await bot.post(answer(bot, value)))[0] == 200


async def test_a_failed_upload_leaves_the_consent_card(bot: Any) -> None:
    bot.dialogs.reply = Reply(summary="Could not be saved.")
    value = {"action": "accept", "context": {}, "uploadInfo": UPLOAD}
    await bot.post(answer(bot, value))
    assert [call.method for call in bot.teams.calls] == ["POST"]


BAD: list[Any] = [
    None,
    "accept",
    [],
    {"action": "accept"},
    {"action": "accept", "uploadInfo": None},
    {"action": "accept", "uploadInfo": "x"},
    {"action": "accept", "uploadInfo": {"uploadUrl": 7}},
    {"action": "accept", "uploadInfo": {**UPLOAD, "name": {}}},
    {"action": 7},
    {"action": "decline", "context": []},
    {"action": "decline", "context": "x"},
]


@pytest.mark.parametrize("value", BAD, ids=str)
async def test_a_malformed_consent_is_refused_before_anything_sees_it(bot: Any, value: Any) -> None:
    status, body = await bot.post(answer(bot, value))
    assert (status, list(body)) == (400, ["error"])
    assert bot.dialogs.turns == []


async def test_an_attached_file_is_an_event_of_its_own(bot: Any) -> None:
    seen: list[Turn] = bot.dialogs.turns
    files = [
        {"contentType": "text/html", "content": "<p>typed up</p>"},
        {
            "contentType": "application/vnd.microsoft.teams.file.download.info",
            "name": "doc.docx",
            "contentUrl": "https://x.sharepoint.com/doc.docx",
            "content": {"downloadUrl": "https://x.sharepoint.com/d?a", "fileType": "docx"},
        },
    ]
    await bot.post(bot.activity(text="typed up", attachments=files))
    assert seen[0].event == FileSent("doc.docx", "https://x.sharepoint.com/d?a", "typed up", 1)


@pytest.mark.parametrize(
    "attachments",
    [
        "x",
        [7],
        [{"contentType": "application/vnd.microsoft.teams.file.download.info", "content": 7}],
        [
            {
                "contentType": "application/vnd.microsoft.teams.file.download.info",
                "content": {"downloadUrl": []},
            }
        ],
    ],
    ids=str,
)
async def test_malformed_attachments_are_refused(bot: Any, attachments: Any) -> None:
    status, _ = await bot.post(bot.activity(attachments=attachments))
    assert status == 400
    assert bot.dialogs.turns == []
