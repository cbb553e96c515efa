"""Cards and drafts from before the upgrade: every button answers, every draft opens with its words.

`taps.jsonl` holds the buttons of the cards that were drawn before, each for the person who had the
card, with verb, data and inputs as it carries them. `today` is what the version that drew it said:
`taken`, `refused` (to somebody who had left that place) or `gone`.
"""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import docx
import pytest

from tests.dialogs.conftest import action, texts, values
from tests.upgrade.conftest import Index
from tests.upgrade.town import AT, HERE, CardAction, Copied, FileSent, MemoryStore, Town, town_at

TAPS = [json.loads(line) for line in (HERE / "taps.jsonl").read_text(encoding="utf-8").splitlines()]
VERBS = sorted({one["verb"] for one in TAPS})
OPEN = json.loads((HERE / "index.json").read_text(encoding="utf-8"))["drafts"]
FLOWS = sorted({one["flow"] for one in OPEN} - {"typed", "upload"})


def shown(reply: Any) -> str:
    """Everything a reply says."""
    return "\n".join((texts((reply.beside or reply).card or {}), (reply.beside or reply).summary))


# Buttons ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", VERBS)
async def test_a_button_of_an_old_card_answers_whom_it_was_drawn_for(
    migrated: MemoryStore,
    chats: dict[str, Any],
    index: Index,
    caplog: pytest.LogCaptureFixture,
    verb: str,
) -> None:
    says = index["says"]
    for one in (tap for tap in TAPS if tap["verb"] == verb):
        town = town_at(Copied(migrated), AT, chats)
        caplog.clear()
        with caplog.at_level(logging.INFO):
            data = {**one["data"], **one["inputs"]}
            reply = await town.turn(one["who"], CardAction(verb, data))
        about = {key: one[key] for key in ("who", "title", "about", "today")}
        assert shown(reply).strip(), about
        assert not [line for line in caplog.records if line.exc_info], about
        actions = {getattr(line, "action", "") for line in caplog.records}
        assert not actions & {"unknown_verb", "row_unreadable", "prompt_failed"}, about
        if one["today"] == "taken":
            assert says["refused"] not in shown(reply), about
            assert says["gone"] not in shown(reply), about


def test_there_is_a_tap_of_every_kind() -> None:
    """So many different buttons were there; a file that was cut would say less."""
    assert len(VERBS) == 88
    assert len(TAPS) > 900


# Drafts -------------------------------------------------------------------------------------------


def drafts_of(flow: str) -> Iterator[dict[str, Any]]:
    return (one for one in OPEN if one["flow"] == flow)


@pytest.mark.parametrize("flow", FLOWS)
async def test_an_open_draft_opens_on_its_card_with_its_words(
    migrated: MemoryStore, chats: dict[str, Any], index: Index, flow: str
) -> None:
    for one in drafts_of(flow):
        town = town_at(Copied(migrated), AT, chats)
        reply = await town.turn(
            one["who"], CardAction("flow.open", {"flow": flow, "conversation": one["key"]})
        )
        assert reply.card is not None
        if one["late"]:
            continue  # its time or its writer's place in it was over before the upgrade
        assert index["says"]["refused"] not in texts(reply.card)
        there = values(reply.card)
        assert {name: there.get(name) for name in one["fields"]} == one["fields"], one["who"]
        for words in one["words"]:
            assert words in texts(reply.card), one["who"]


NOT_A_MAIL = {
    "deputy": ("deputy_mail", "kit@facilitation.example"),
    "manager": ("manager_mail", "kit@facilitation.example"),
    "right-person": ("right_mail", "una@health.example"),
    "someone-else": ("new_mail", "dana@health.example"),
    "concern": ("manager_mail", "ola@police.example"),
    "took-place": ("other_mail", "dana@health.example"),
}
"""What was still to be put right in the card, where it is an address."""
ON: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "amend": (("Save the changes", {}),),
    "talk-first": (("Send", {}),),
    "not-this-route": (("Send", {}),),
    "deputy": (("Ask my deputy", {}),),
    "manager": (("Name this manager", {}),),
    "booking": (("Book the date", {"end": "15:30"}),),
    "moving": (("Save the change", {"end": "11:30"}),),
    "will-be-told": (("Save my answer", {"on": "2027-04-09"}),),
    "not-safe": (("Save my answer", {}),),
    "right-person": (("They will come instead", {}),),
    "someone-else": (("Save the change", {}),),
    "concern": (("Ask them to ring me", {}),),
    "took-place": (("Send the feedback card", {}),),
    "passed-on": (("Confirm who has it", {}),),
    "review": (("Send", {"movement": "moved"}),),
    "review-day": (("Set the review date", {"review_on": "2027-05-05"}),),
}
"""What its writer taps to be done with it."""


@pytest.mark.parametrize("flow", sorted(ON))
async def test_a_draft_from_before_is_sent_word_for_word(
    town: Town, index: Index, flow: str
) -> None:
    one = next(one for one in drafts_of(flow) if not one["late"])
    who, key = one["who"], one["key"]
    await town.old_card(who, "flow.open", flow=flow, conversation=key)
    before = (await town.record(key)).audit_sequence
    name, mail = NOT_A_MAIL.get(flow, ("", ""))
    for title, inputs in ON[flow]:
        await town.tap(who, title, **({**inputs, name: mail} if name else inputs))
    assert index["says"]["refused"] not in town.shown(who)
    assert await town.draft(who, flow, key) is None, town.shown(who)
    file = await town.file(key)
    assert file.conversation.audit_sequence > before
    kept = [json.dumps(dict(row.values), default=str) for row in await town.dump()
            if row.partition == key]  # fmt: skip
    typed = [text for text in one["fields"].values() if " " in text] or one["words"]
    for text in typed:
        assert any(text in line for line in kept), text


async def test_the_open_request_is_sent_with_all_that_was_typed(town: Town) -> None:
    await town.old_card("priya", "flow.open", flow="request", conversation="")
    await town.tap("priya", "Next", worry="It is stuck, in the fewest words.")
    assert "Room to think, not sent yet." in town.shown("priya")
    hope = "Change: What difference are you hoping this will make to the child and their carers?"
    await town.tap("priya", hope)
    await town.tap("priya", "Next", hope_child="One plan.", hope_child_known="School says so.")
    draft = await town.draft("priya")
    assert draft is not None
    await town.tap("priya", "Send")
    answers = (await town.file(draft.conversation)).answers_of("request", "requester")
    assert answers is not None
    assert answers.texts["hope_you"] == "Room to think, not sent yet."
    assert answers.texts["worry"] == "It is stuck, in the fewest words."


async def test_words_that_waited_for_a_question_go_where_their_writer_says(
    town: Town, index: Index
) -> None:
    text = "A text for one of several open questions, which one is not said yet."
    key = index["conversations"]["held-partial"][0]
    reply = await town.tap_for("pat", key, "Feedback")
    assert text in shown(reply)
    assert await town.draft("pat", "typed", "-") is None
    await town.tap_for("pat", key, "Next")
    await town.tap_for("pat", key, "Send")
    answers = (await town.file(key)).answers_of("feedback", "other1")
    assert answers is not None
    assert answers.texts == {
        "happened": "pat was heard in held-partial.",
        "learning": "pat learned in held-partial.",
        "difference_you": text,
    }


async def test_the_file_that_was_asked_for_is_taken(town: Town, index: Index) -> None:
    body = io.BytesIO()
    docx.Document().save(body)
    town.onedrive.asks_consent = True
    town.onedrive.sent["a"] = body.getvalue()
    reply = await town.turn("fay", FileSent("Learning.docx", "a"))
    key = index["conversations"]["held-partial"][0]
    assert (await town.record(key)).captured.file, shown(reply)
    assert await town.draft("fay", "upload", "-") is None


async def test_sections_that_were_typed_are_there_and_go_on(town: Town, index: Index) -> None:
    key = index["conversations"]["held-complete"][0]
    await town.old_card("fay", "flow.open", flow="learning", conversation=key)
    await town.tap("fay", "Save and go on")
    file = await town.file(key)
    worries = file.answers_of("learning", "worries")
    assert worries is not None
    assert worries.texts["text"].endswith("a worry that was put in other words.")
    recording = file.answers_of("learning", "recording")
    assert recording is not None
    assert "We ring the school first, after held-complete." in recording.texts.values()


# Cards that stand in a chat -----------------------------------------------------------------------


async def test_every_card_with_a_story_is_still_known_where_it_stands(
    town: Town, exported: MemoryStore
) -> None:
    """Its row leads to a card of that person's chat; the hourly round closes none too early.

    It has a word for Nia alone: her feedback closed before she was told that it is not sent.
    """
    shown_cards = [row async for row in exported.query("shown")]
    assert len(shown_cards) > 30
    people = {one.actor.key: one for one in town.people.values()}
    before = {who: [one.summary for one in person.chat] for who, person in town.people.items()}
    for row in shown_cards:
        key, place = str(row.values["message"]).split("/")
        assert people[str(row.values["person"])].key == key  # type: ignore[index]
        assert town.people[key].chat[int(place)].card is not None
    await town.an_hour_strikes()
    after = {who: [one.summary for one in person.chat] for who, person in town.people.items()}
    before["nia"].append("What you began is kept until Wednesday 14 April 2027")
    assert after == before


async def test_a_card_that_is_done_with_closes_where_it_stands(town: Town, index: Index) -> None:
    key = index["conversations"]["amended"][0]
    places = [
        int(str(row.values["message"]).removeprefix("martin/"))
        async for row in town.store.query("shown", partition=key)
    ]

    def stories() -> list[bool]:
        cards = [town.people["martin"].chat[place].card or {} for place in places]
        return ["One plan in amended." in texts(card) for card in cards]

    assert stories() == [True] * len(places)
    assert places
    await town.old_card("priya", "request.withdraw-yes", conversation=key)
    await town.an_hour_strikes()
    assert stories() == [False] * len(places)
    assert not [row async for row in town.store.query("shown", partition=key)]


def test_the_titles_are_on_the_cards(chats: dict[str, Any]) -> None:
    """A chat that was brought back is made of cards that can be tapped."""
    card = next(card for _, card in reversed(chats["martin"]) if card and "Agree" in texts(card))
    assert action(card, "Agree")["verb"] == "manager.agree"
