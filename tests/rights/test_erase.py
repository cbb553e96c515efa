"""`erase`: somebody's name, or a conversation, goes from every table; nothing of others' does."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.commands import erase as erasing
from bot.commands import subject_access as access
from bot.commands.erase import erase
from bot.commands.subjects import NotCertain
from bot.ledger import FilePlace
from bot.settings import Settings
from cards.wording import wording
from records.conversation.feedback import Answers
from records.conversation.learning_state import Ruling
from records.conversation.snapshot import answers_row
from records.drafts import Drafts, Open
from records.people import mail_key, person_key
from records.register.register import Deed
from records.retention import holds
from records.retention.holds import LegalHold, Of
from records.retention.scrubbing import A_PERSON
from records.rights import erasures, releases
from records.rights.erasures import ALLOWS, REFUSES
from records.rights.ledger import read_ledger
from records.rights.names_out import parts_left, replacing
from records.rights.releases import Release
from records.stages import Act
from records.store.contract import Row
from tests.records.audit_chain import first_break
from tests.retention.nights import ended, marks, values
from tests.rights.kept import PAT, REASON, at_night, erased, left_of, parts
from tests.security.cast import PLAYERS, Marked

NAME, MAIL = PLAYERS["pat"]


async def there(house: Marked, key: str) -> None:
    """Words in which somebody else names Pat."""
    said = Answers(
        what="passed-on",
        by="lead",
        version=1,
        at=house.at,
        texts={"others": f"I told {NAME.upper()} and Patsy Reeder, by {MAIL}."},
    )
    row = await house.store.get("conversations", key, "answer-passed-on-lead")
    await house.store.put("conversations", answers_row(key, said, row.etag if row else ""))


async def test_a_person_goes_from_every_table_and_what_was_said_stays(tmp_path: Path) -> None:
    house, state = await ended()
    await there(house, state.a)
    before = await marks(house)
    key = house.people["pat"].actor.key
    (who,) = (one.id for one in (await house.record(state.a)).people if one.key == key)
    assert await left_of(house, NAME, MAIL)
    assert await erased(house, tmp_path) == 0
    assert await left_of(house, NAME, MAIL, NAME.upper()) == set()
    # Who did what, without a name: lines of the trail are never rewritten.
    named = {(table, row[:6]) for table, _, row in await left_of(house, key)}
    assert named == set()
    assert (await marks(house)).keys() == before.keys()
    it = await house.record(state.a)
    pat = it.person(who)
    assert pat is not None
    assert (pat.name, pat.mail, pat.contact) == (A_PERSON, "", "")
    passed_on = await house.store.get("conversations", state.a, "answer-passed-on-lead")
    assert passed_on is not None
    assert "I told a person and Patsy Reeder, by a person." in str(passed_on.values)


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("few complete", "lena"),
        ("few complete", "ola"),
        ("few later", "lena"),
        ("few taken", "fay"),
    ],
)
async def test_whoever_few_may_know_by_is_erased_as_well(
    name: str, who: str, tmp_path: Path
) -> None:
    """A gatekeeper, or whom one asked, is named by the record alone."""
    house, _ = await ended(name)
    key = house.people[who].actor.key
    # Who has an address twice is meant by their key alone.
    assert await erased(house, tmp_path, key) == 0
    assert await left_of(house, *PLAYERS[who], key) == set()


async def test_who_said_what_may_be_quoted_is_nobody_in_particular_any_more(
    tmp_path: Path,
) -> None:
    house, state = await ended()
    key = house.people["odd"].actor.key
    assert await left_of(house, key)
    ruling = Ruling(by="other1", field="x", words="d", released=True, ruled_by=key, at=house.at)
    deed = Deed(Act.WORDS_RELEASED, "", house.at)
    await house.register.change(state.a, deed, lambda it: it.with_(rulings=(ruling,)))
    assert await erased(house, tmp_path, key) == 0
    assert await left_of(house, key) == set()
    assert [one.released for one in (await house.record(state.a)).rulings] == [True]


async def test_nobody_else_loses_anything(tmp_path: Path) -> None:
    house, state = await ended()
    before = await values(house)
    names = {name: await left_of(house, name) for name, _ in PLAYERS.values() if name != NAME}
    await erased(house, tmp_path)
    after = await values(house)
    changed = {at for at in before if before[at] != after.get(at)}
    theirs = {*house.people["pat"].actor.key.split(), state.a, mail_key(MAIL)}
    others = {at for at in changed if not theirs & set(at) and state.a not in at[2]}
    # Lists of A that named Pat, and cards in their own chat.
    assert {table for table, _, _ in others} <= {"shown"}
    for name, rows in names.items():
        assert await left_of(house, name) >= {row for row in rows if row[0] == "people"}
    other = {at for at in before if at[1] == state.b}
    assert {at: before[at] for at in other} == {at: after[at] for at in other}


async def test_the_trail_holds_and_says_so(tmp_path: Path) -> None:
    house, state = await ended()
    await erased(house, tmp_path)
    file = await house.file(state.a)
    assert first_break(list(file.audit), file.conversation.audit_head) is None
    assert file.audit[-1].act == Act.PERSON_ERASED


async def test_a_conversation_goes_whole_with_what_it_adds_to_figures(tmp_path: Path) -> None:
    house, state = await ended()
    it = await house.record(state.a)
    assert await erased(house, tmp_path, it.reference) == 0
    assert await left_of(house, state.a, it.reference) == set()
    assert (await marks(house)).keys() == {"contact", "team"}  # of their own rows
    assert await left_of(house, state.b)


async def test_it_says_what_it_would_do_and_does_nothing_until_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house, _ = await ended()
    before = await values(house)
    assert await erased(house, tmp_path, for_real=False) == 0
    assert await values(house) == before
    assert not (tmp_path / "ledger").exists()
    assert "--for-real" in capsys.readouterr().out


@pytest.mark.parametrize("of", list(Of))
async def test_a_legal_hold_stops_it(of: Of, tmp_path: Path) -> None:
    house, state = await ended()
    key = state.a if of is Of.CONVERSATION else house.people["pat"].actor.key
    held = LegalHold(of=of, key=key, reason="r", by="op", since=house.at, review_on=house.at.date())
    await holds.keep(house.store, held)
    before = await values(house)
    it = await house.record(state.a)
    for who in (PAT, it.reference):
        assert await erased(house, tmp_path, who) == 1
    assert await but_erasures(house) == before
    await holds.lift(house.store, of, key)
    assert await erased(house, tmp_path) == 0


async def but_erasures(house: Marked) -> Mapping[tuple[str, str, str], Mapping[str, Any]]:
    """All that is kept, but that an erasure was refused."""
    found = await values(house)
    return {at: row for at, row in found.items() if at[0] != erasures.TABLE}


async def on_hold(house: Marked, of: Of, key: str) -> None:
    held = LegalHold(of=of, key=key, reason="r", by="op", since=house.at, review_on=house.at.date())
    await holds.keep(house.store, held)


async def test_no_reason_of_a_hold_or_a_release_names_them_any_more(tmp_path: Path) -> None:
    house, _ = await ended()
    about = {"by": "op", "reason": f"{NAME.upper()} ({MAIL}) asked for it."}
    held = LegalHold(
        of=Of.PERSON, key="somebody", since=house.at, review_on=house.at.date(), **about
    )
    await holds.keep(house.store, held)
    released = Release(of="somebody", piece="1", at=house.at, **about)
    await releases.keep(house.store, released)
    assert await erased(house, tmp_path) == 0
    said = "a person (a person) asked for it."
    assert await holds.find(house.store, held.of, held.key) == held.model_copy(
        update={"reason": said}
    )
    found = await releases.released(house.store, "somebody")
    assert found == {"1": released.model_copy(update={"reason": said})}


async def test_whoever_is_in_what_is_held_because_of_another_one_stays(tmp_path: Path) -> None:
    house, _ = await ended()
    await on_hold(house, Of.PERSON, house.people["nia"].actor.key)
    before = await values(house)
    assert await erased(house, tmp_path) == 1
    assert await but_erasures(house) == before


@pytest.mark.parametrize("by", ["command", "night"])
@pytest.mark.parametrize("ledgered", [False, True])
async def test_a_hold_stops_one_that_was_begun_and_not_done(
    by: str, ledgered: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The ledger was away, say, and meanwhile a court asked."""
    house, state = await ended()
    key = house.people["pat"].actor.key
    one = erasures.Erasure(
        id="e1", of=Of.PERSON, reason=REASON, by="op", at=house.at, keys=(key,), mails=(MAIL,),
        words=(NAME, MAIL), conversations=(state.a,), ledgered=ledgered,
    )  # fmt: skip
    await erasures.keep(house.store, one)
    await on_hold(house, Of.CONVERSATION, state.a)
    names = await left_of(house, NAME, MAIL)
    if by == "night":
        await at_night(house, tmp_path)
    else:
        with pytest.raises(NotCertain):
            await erased(house, tmp_path, "nobody@elsewhere.example")
        assert "stopped by a legal hold since: 1" in capsys.readouterr().out
    assert await left_of(house, NAME, MAIL) == names
    await holds.lift(house.store, Of.CONVERSATION, state.a)
    await at_night(house, tmp_path)
    assert await left_of(house, NAME, MAIL) == set()


@pytest.mark.parametrize(
    ("code", "why"), [("public-task", "public-task"), (REASON, "legal-hold"), (REASON, "under-way")]
)
async def test_that_it_was_refused_and_why_is_kept_without_whose_it_is(
    code: str, why: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    house, _ = await ended()
    who = PLAYERS["una"][1] if why == "under-way" else PAT
    if why == "legal-hold":
        await on_hold(house, Of.PERSON, house.people["pat"].actor.key)
    place = FilePlace(tmp_path / "ledger")
    assert await erase(parts(house), place, who, code, for_real=False, by="op") == 1
    assert [one async for one in erasures.every(house.store)] == []
    assert await erase(parts(house), place, who, code, for_real=True, by="op") == 1
    (one,) = [found async for found in erasures.every(house.store)]
    assert (one.refused, one.reason, one.by, one.at) == (why, code, "op", house.at)
    assert (one.keys, one.mails, one.words, one.conversations, one.reference) == ((),) * 4 + ("",)
    assert [(r.why, r.erasure) for r in caplog.records if r.action == "erasure_refused"] == [  # type: ignore[attr-defined]
        (why, one.id)
    ]
    # Nobody goes on with it.
    before = await values(house)
    await at_night(house, tmp_path)
    assert await values(house) == before


async def test_what_no_rule_can_decide_is_told_by_reference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house, state = await ended()
    it = await house.record(state.a)
    deed = Deed(Act.LEARNING_FILE, "", house.at)
    captured = it.captured.model_copy(update={"file": "f1"})
    await house.register.change(state.a, deed, lambda now: now.with_(captured=captured))
    said = Answers(
        what="passed-on", by="lead", version=1, at=house.at, texts={"others": "Pat knows of it."}
    )
    row = await house.store.get("conversations", state.a, "answer-passed-on-lead")
    await house.store.put("conversations", answers_row(state.a, said, row.etag if row else ""))
    for for_real in (False, True):
        assert await erased(house, tmp_path, for_real=for_real) == 0
        out = capsys.readouterr().out
        assert f"decide: {it.reference}" in out
        assert f"or erase it: {it.reference}" in out
        assert NAME not in out
    kept = await house.store.get("conversations", state.a, "answer-passed-on-lead")
    assert "Pat knows of it." in str(kept.values if kept else "")


async def test_a_name_of_one_word_goes_where_they_had_a_part(tmp_path: Path) -> None:
    house, state = await ended()
    it = await house.record(state.a)
    pat = next(one for one in it.people if one.name == NAME)
    deed = Deed(Act.CORRECT, "", house.at)
    alone = pat.model_copy(update={"name": "Will"})
    people = tuple(alone if one.id == pat.id else one for one in it.people)
    await house.register.change(state.a, deed, lambda now: now.with_(people=people))
    text = "Will came. We will see, and Willow too."
    said = Answers(what="passed-on", by="lead", version=1, at=house.at, texts={"others": text})
    row = await house.store.get("conversations", state.a, "answer-passed-on-lead")
    await house.store.put("conversations", answers_row(state.a, said, row.etag if row else ""))
    assert await erased(house, tmp_path) == 0
    kept = await house.store.get("conversations", state.a, "answer-passed-on-lead")
    assert "a person came. We will see, and Willow too." in str(kept.values if kept else "")


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ("Pat Reed", "I saw PAT  REED."),
        ("Reed, Pat", "I saw Pat Reed."),
        ("Pat Reed", "I saw Reed, Pat."),
        ("Pat\u200b Reed\u200e", "I saw Pat Reed."),
        ("Pat Reed", "I saw Pa\u200bt\u00a0Re\u00aded."),
        ("Zoë Núñez", "I saw Zoe\u0308 Nu\u0301n\u0303ez."),
        ("Zoe\u0308 Ray", "I saw Zoë Ray."),
        ("Pat O'Neil-Ray", "I saw Pat O\u2019Neil\u2011Ray."),
        ("\u202eداود كريم\u202c", "I saw داود كريم."),
        ("Pat \U0001f600 Reed", "I saw Pat \U0001f600 Reed."),
    ],
)
def test_a_name_is_found_however_it_is_typed(known: str, text: str) -> None:
    assert replacing([known])(text) == f"I saw {A_PERSON}."
    assert replacing([known])("I saw Patsy Reeder.") == "I saw Patsy Reeder."


def test_a_name_of_one_word_is_left_elsewhere_and_what_is_short_is_no_name() -> None:
    assert replacing(["Will"])("Will came.") == "Will came."
    assert replacing(["Jo"], alone=True)("Jo came.") == "Jo came."
    assert parts_left(["Pat Reed"])("REED said so.")
    assert not parts_left(["Pat Reed", "pat@police.example"])("We read it at the police.")


async def test_what_somebody_types_meanwhile_is_not_lost(tmp_path: Path) -> None:
    """An erasure takes a name out of their draft just as they write on."""
    house, state = await ended()
    owner = house.people["nia"].actor.key
    opened = await Drafts(house.store).find(owner, "feedback", state.a)
    assert opened is not None
    answers = {**opened.draft.answers, "happened": f"{NAME} was kind."}
    await Drafts(house.store).save(
        Open(opened.draft.model_copy(update={"answers": answers}), opened.etag)
    )
    memory, update = house.store, house.store.update

    async def slow(table: str, row: Row) -> Row:
        if table == "drafts":
            memory.update = update  # type: ignore[method-assign]
            there = await Drafts(memory).find(owner, "feedback", state.a)
            assert there is not None
            later = {**there.draft.answers, "learning": f"Typed now, of {NAME}."}
            await Drafts(memory).save(
                Open(there.draft.model_copy(update={"answers": later}), there.etag)
            )
        return await update(table, row)

    memory.update = slow  # type: ignore[method-assign]
    assert await erased(house, tmp_path) == 0
    there = await Drafts(house.store).find(owner, "feedback", state.a)
    assert there is not None
    assert there.draft.answers["happened"] == "a person was kind."
    assert there.draft.answers["learning"] == "Typed now, of a person."


async def test_somebody_who_is_needed_is_not_erased_until_another_has_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house, state = await ended()
    before = await values(house)
    assert await erased(house, tmp_path, PLAYERS["una"][1]) == 1
    assert (await house.record(state.b)).reference in capsys.readouterr().out
    assert await but_erasures(house) == before


@pytest.mark.parametrize(("name", "who"), [("few asked", "lena"), ("few assigned", "idris")])
async def test_whose_answer_a_restricted_one_waits_for_is_needed(
    name: str, who: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house, state = await ended(name)
    before = await values(house)
    assert await erased(house, tmp_path, house.people[who].actor.key) == 1
    assert (await house.record(state.a)).reference in capsys.readouterr().out
    assert await but_erasures(house) == before


@pytest.mark.parametrize("code", list(REFUSES))
async def test_a_reason_the_law_has_for_keeping_it_is_none_for_erasing(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house, _ = await ended()
    before = await values(house)
    done = await erase(
        parts(house), FilePlace(tmp_path / "ledger"), PAT, code, for_real=True, by="op"
    )
    assert done == 1
    assert REFUSES[code] in capsys.readouterr().out
    assert await but_erasures(house) == before


async def test_without_a_ledger_nothing_is_erased(capsys: pytest.CaptureFixture[str]) -> None:
    house, _ = await ended()
    before = await values(house)
    assert await erase(parts(house), None, PAT, REASON, for_real=True, by="op") == 1
    assert "ERASURE_LEDGER" in capsys.readouterr().out
    assert await values(house) == before


async def test_an_address_of_several_or_of_nobody_is_nobody(tmp_path: Path) -> None:
    house, _ = await ended()
    before = await values(house)
    for who in ("nobody@elsewhere.example", "LC-00000", "no such thing"):
        with pytest.raises(NotCertain):
            await erased(house, tmp_path, who)
    assert await values(house) == before
    twin = house.people["pat-mail"]
    await house.directory.seen(
        twin.tenant, "object-pat-mail", twin.name, house.at, addresses=twin.addresses
    )
    with pytest.raises(NotCertain, match="Several"):
        await erased(house, tmp_path)
    # By their key it is certain; what is theirs and their twin's names neither.
    assert await erased(house, tmp_path, house.people["pat"].actor.key) == 0
    assert await house.directory.find(person_key(twin.tenant, "object-pat-mail")) is not None


async def test_the_row_and_the_ledger_name_nobody_in_the_end(tmp_path: Path) -> None:
    house, state = await ended()
    await erased(house, tmp_path)
    (one,) = [found async for found in erasures.every(house.store)]
    assert (one.keys, one.mails, one.words, one.conversations) == ((), (), (), ())
    assert (one.reason, one.done) == (REASON, house.at)
    ledger = await read_ledger(FilePlace(tmp_path / "ledger"))
    assert ledger is not None
    assert [entry.id for entry in ledger.entries] == [one.id]
    text = (tmp_path / "ledger").read_text()
    theirs = house.people["pat"].actor.key
    assert not [word for word in (NAME, MAIL, theirs, state.a) if word in text]


async def test_the_running_bot_closes_every_message_that_named_them(tmp_path: Path) -> None:
    house, _ = await ended()
    await erased(house, tmp_path)
    house.outgoing.clear()
    assert await at_night(house, tmp_path) == len(house.outgoing) > 20
    assert {parcel.summary for _, parcel in house.outgoing} == {wording.NAME_ERASED}
    shown = "".join(str(one) for _, parcel in house.outgoing for one in (parcel.card,))
    assert NAME not in shown
    assert [one async for one in erasures.messages(house.store)] == []


async def test_a_message_that_teams_does_not_take_is_let_be_after_a_week(tmp_path: Path) -> None:
    house, _ = await ended()
    await erased(house, tmp_path)
    house.down.update(one.reference.conversation_id for one in house.people.values())
    await at_night(house, tmp_path)
    assert [one async for one in erasures.messages(house.store)]
    house.at += timedelta(days=8)
    await at_night(house, tmp_path)
    assert [one async for one in erasures.messages(house.store)] == []


async def test_twice_is_the_same(tmp_path: Path) -> None:
    house, _ = await ended()
    await erased(house, tmp_path)
    before = await values(house)
    with pytest.raises(NotCertain):
        await erased(house, tmp_path)
    assert await values(house) == before


async def test_no_name_gets_into_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    house, _ = await ended()
    with caplog.at_level(logging.INFO):
        await erased(house, tmp_path)
    told = " ".join(str(one.__dict__) for one in caplog.records)
    assert "erased" in told
    assert not [word for word in (NAME, MAIL) if word in told]


def test_every_reason_has_its_place_in_the_law() -> None:
    assert not ALLOWS.keys() & REFUSES.keys()
    assert all("17(1)" in one or "17(3)" in one for one in (*ALLOWS.values(), *REFUSES.values()))


def test_without_tables_or_with_no_such_reason_nothing_is_opened(
    capsys: pytest.CaptureFixture[str],
) -> None:
    nowhere = Settings.model_construct(tables_connection_string=SecretStr(""), tables_endpoint="")
    assert erasing.run(nowhere, PAT, REASON, for_real=True) == 1
    assert access.run(nowhere, [PAT], Path("x"), None, None) == 1
    there = Settings.model_construct(tables_connection_string=SecretStr("x"), tables_endpoint="")
    assert erasing.run(there, PAT, "because", for_real=True) == 2
    told = capsys.readouterr()
    assert told.out.count("name no tables") == 2
    assert all(code in told.err for code in (*ALLOWS, *REFUSES))


async def test_a_conversation_that_is_under_way_is_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house, state = await ended()
    it = await house.record(state.b)
    assert await erased(house, tmp_path, it.reference, for_real=False) == 0
    assert "under way (held)" in capsys.readouterr().out
