"""What somebody wrote, out of what Teams sends: mentions, entities, pictures, changed messages."""

from typing import Any

import pytest

from bot.edge.incoming import Incoming, read_activity
from bot.edge.mirror import as_typed, read_mirror
from bot.edge.to_turn import read_turn
from dialogs.turn.events import Change, Event, Message, MessageChanged

BOT = {"id": "28:bot", "name": "Learning Conversations"}
PAT = {"type": "mention", "mentioned": {"id": "29:pat"}, "text": "<at>Pat Reed</at>"}
NUMBERED = {**PAT, "text": '<at id="0">Pat Reed</at>'}
OURS = {"type": "mention", "mentioned": {"id": "28:bot"}, "text": "<at>Learning</at>"}
IMAGE = {"contentType": "image/*"}
EMOJI = (
    '<p><img itemtype="http://schema.skype.com/Emoji" alt="👍" '
    'src="https://statics.teams.cdn.office.net/x/30_f.png"></p>'
)
STICKER = EMOJI.replace("👍", "Office cat says hello")
PASTED = '<p><img src="https://eu-api.asm.skype.com/v1/objects/0/views/imgo" alt="image"></p>'


def incoming(**change: Any) -> Incoming:
    body = {
        "type": "message",
        "id": "1",
        "channelId": "msteams",
        "serviceUrl": "https://smba.example/",
        "from": {"id": "29:priya", "aadObjectId": "a-1", "name": "Priya Shah"},
        "recipient": BOT,
        "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": "t"},
        **change,
    }
    return read_activity(body)


def heard(**change: Any) -> Event | None:
    turn = read_turn(incoming(**change))
    return turn.event if turn is not None else None


def html(content: str, *more: dict[str, Any]) -> list[dict[str, Any]]:
    return [*more, {"contentType": "text/html", "content": content}]


@pytest.mark.parametrize(
    ("text", "entities", "said"),
    [
        ("<at>Pat Reed</at> does not listen to me.", [PAT], "Pat Reed does not listen to me."),
        ("<at>Pat Reed</at> does not listen to me.", [], "Pat Reed does not listen to me."),
        ("<at>Learning</at> <at>Pat Reed</at> left.", [OURS, PAT], "Pat Reed left."),
        ("<at>Pat Reed</at> and <at>Learning</at>", [PAT, OURS], "Pat Reed and"),
        ("She and <at>Pat Reed</at> agree.", [PAT], "She and Pat Reed agree."),
        ("<at>Learning Conversations</at> help", [], "help"),
        ("<at>learning</at>&nbsp;help", [], "help"),
        ('<at id="0">Pat Reed</at> rang.', [NUMBERED], "Pat Reed rang."),
        ("<at>Learn</at> is a word", [], "Learn is a word"),
        ("<at></at> hm", [], "hm"),
    ],
)  # fmt: skip
def test_only_the_mention_of_the_bot_is_taken_out(text: str, entities: Any, said: str) -> None:
    event = heard(text=text, entities=entities)
    assert isinstance(event, Message)
    assert " ".join(event.text.split()) == said


@pytest.mark.parametrize(
    ("text", "mirror", "said"),
    [
        ("Mum &amp; dad", "", "Mum & dad"),
        ("under &lt; 5 &gt; and &quot;so&quot; it&#39;s", "", "under < 5 > and \"so\" it's"),
        ("Mum & dad, 3 < 4", "<p>Mum &amp; dad, 3 &lt; 4</p>", "Mum & dad, 3 < 4"),
        ("&amp;lt;", "", "&lt;"),
        ("typed &lt;b&gt; so", "<p>typed &amp;lt;b&amp;gt; so</p>", "typed &lt;b&gt; so"),
        ("a&nbsp;b", "<p>a&nbsp;b</p>", "a b"),
        ("AT&T &c &copy; &unknown;", "", "AT&T &c &copy; &unknown;"),
        ("R&amp;R", "<p>R&amp;R</p>", "R&R"),
    ],
)  # fmt: skip
def test_entities_are_read_once_unless_they_were_typed(text: str, mirror: str, said: str) -> None:
    assert as_typed(text, mirror) == said
    event = heard(text=text, attachments=html(mirror) if mirror else [])
    assert event == Message(said)


@pytest.mark.parametrize(
    ("text", "attachments", "event"),
    [
        ("", [{**IMAGE, "contentUrl": "https://smba.example/x"}], Message("", True)),
        ("", [{"contentType": "image/png"}], Message("", picture=True)),
        ("", html(PASTED), Message("", picture=True)),
        ("Look", html(f"<p>Look</p>{PASTED}", {"contentType": "image/*"}), Message("Look", True)),
        ("", html(EMOJI, {"contentType": "image/png"}), Message("👍")),
        ("", html(EMOJI), Message("👍")),
        ("", html(STICKER), Message("", picture=True)),
        ("ok", html(f"<p>ok {EMOJI}</p>", {"contentType": "image/*"}), Message("ok")),
        ("ok", html("<p>ok</p>"), Message("ok")),
        ("", html("<p>Here &lt; &amp;</p><p>and there</p>"), Message("Here < &\nand there")),
        ("", html("<p>&nbsp;</p>"), None),
        ("", [], None),
        ("hm", [{"contentType": "image/*"}] * 2, Message("hm", picture=True)),
        ("hm", html(EMOJI + PASTED, IMAGE, IMAGE), Message("hm", True)),
        ("hm", [{"contentType": 5}, {"contentType": "text/html", "content": 5}], Message("hm")),
    ],
)  # fmt: skip
def test_a_picture_is_told_from_an_emoji(text: str, attachments: Any, event: Event | None) -> None:
    assert heard(text=text, attachments=attachments) == event


@pytest.mark.parametrize(
    ("kind", "data", "how"),
    [
        ("messageUpdate", {"eventType": "editMessage"}, Change.EDITED),
        ("messageUpdate", {"eventType": "undeleteMessage"}, Change.BACK),
        ("messageUpdate", None, Change.EDITED),
        ("messageUpdate", {"eventType": 5}, Change.EDITED),
        ("messageDelete", {"eventType": "softDeleteMessage"}, Change.DELETED),
        ("messageDelete", {}, Change.DELETED),
    ],
)
def test_a_changed_message_is_told_from_a_new_one(kind: str, data: Any, how: Change) -> None:
    event = heard(type=kind, channelData=data, text="Something else now.")
    assert event == MessageChanged(how)


@pytest.mark.parametrize("kind", ["messageUpdate", "messageDelete"])
def test_what_the_bot_does_to_its_own_messages_is_no_news(kind: str) -> None:
    assert heard(type=kind, **{"from": {"id": "28:bot", "aadObjectId": "x"}}) is None


async def test_each_such_event_is_answered_once(bot: Any) -> None:
    for kind in ("messageUpdate", "messageDelete"):
        await bot.post(bot.activity(type=kind, text="changed"))
    assert [turn.event for turn in bot.dialogs.turns] == [
        MessageChanged(Change.EDITED),
        MessageChanged(Change.DELETED),
    ]
    assert [call.method for call in bot.teams.calls] == ["POST", "POST"]


def test_no_name_is_longer_than_the_directory_lets_one_be() -> None:
    sender = {"id": "29:priya", "aadObjectId": "a-1", "name": "M" * 30_000}
    assert incoming(**{"from": sender}).sender_name == "M" * 256


def test_the_mirror_counts_pictures_and_reads_words() -> None:
    found = read_mirror(f"<div>Hello<br>you {EMOJI}</div>{PASTED}<b>end")
    assert (found.emoji, found.pictures) == (1, 1)
    assert found.words.split() == ["Hello", "you", "👍", "end"]
