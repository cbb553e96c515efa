"""What Teams says of a member, as the directory is told it."""

from typing import Any

import pytest

from bot.teams.connector import NeverConnected, TeamsAnswered
from bot.teams.lookups import addresses, lookup
from records.directory import NoSuchMember, NotLookedUp
from records.people import Addresses, Person, Reference, person_key

PLACE = Reference(
    service_url="https://smba.example/uk", conversation_id="chat", tenant="t", user_id="29:1"
)
PERSON = Person(key=person_key("t", "o"), tenant="t", object_id="o", name="Maria", reference=PLACE)


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ({}, Addresses()),
        ({"email": "Maria@Care.example"}, Addresses(("Maria@Care.example",))),
        (
            {"email": " a@b.example ", "userPrincipalName": "A@B.example"},
            Addresses(("A@B.example",)),
        ),
        (
            {"email": "a@b.example", "userPrincipalName": "c@b.example", "name": "Maria"},
            Addresses(("a@b.example", "c@b.example"), "Maria"),
        ),
        ({"email": "nonsense", "userRole": "Guest"}, Addresses(guest=True)),
        (
            {"email": "a@b.example", "userPrincipalName": "a_b.example#EXT#@c.example"}
            | {"userRole": "user", "name": "M" * 300},
            Addresses(("a@b.example", "a_b.example#EXT#@c.example"), "M" * 256, guest=True),
        ),
        ({"email": 7, "name": None, "userRole": "user"}, Addresses()),
    ],
)
def test_mail_and_sign_in_name_are_read_each_mailbox_once(
    member: dict[str, Any], expected: Addresses
) -> None:
    assert addresses(member) == expected


class Answers:
    """A connector that gives, or raises, what it was made with."""

    def __init__(self, answer: dict[str, Any] | Exception) -> None:
        self.answer, self.asked = answer, list[tuple[str, ...]]()

    async def get_member(self, *place: str) -> dict[str, Any]:
        self.asked.append(place)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


async def test_somebodys_own_chat_is_asked_for_them() -> None:
    teams = Answers({"email": "maria@care.example"})
    found = await lookup(teams)(PERSON)  # type: ignore[arg-type]  # all of it that is used
    assert found.mails == ("maria@care.example",)
    assert teams.asked == [("https://smba.example/uk", "chat", "29:1")]


@pytest.mark.parametrize(
    ("answer", "means"),
    [
        (TeamsAnswered(404, {}, {}), NoSuchMember),
        (TeamsAnswered(404, {}, {"error": {"code": "ConversationNotFound"}}), NotLookedUp),
        (TeamsAnswered(401, {}, {}), NotLookedUp),
        (TeamsAnswered(403, {}, {}), NotLookedUp),
        (TeamsAnswered(500, {}, {}), NotLookedUp),
        (NeverConnected("dns"), NotLookedUp),
        (TimeoutError(), NotLookedUp),
    ],
    ids=repr,
)
async def test_only_a_plain_no_means_that_an_account_is_gone(
    answer: Exception, means: type[Exception]
) -> None:
    with pytest.raises(means):
        await lookup(Answers(answer))(PERSON)  # type: ignore[arg-type]  # all of it that is used


async def test_somebody_without_a_chat_cannot_be_asked_about() -> None:
    with pytest.raises(NotLookedUp):
        await lookup(Answers({}))(PERSON.model_copy(update={"reference": None}))  # type: ignore[arg-type]  # never used
