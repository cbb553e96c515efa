"""`subject-access`: what is held, redacted; and a list of what others have to decide about. The two
together are all there is, word for word."""

import html
import re
from pathlib import Path

import pytest

from bot.commands.subject_access import collected, let_out, write
from bot.commands.subjects import NotCertain
from records.conversation.conversation import OnHold
from records.conversation.feedback import Answers
from records.conversation.snapshot import answers_row, read_file
from records.people import mail_key
from records.register.register import Deed
from records.retention import holds
from records.retention.holds import LegalHold, Of
from records.rights import releases
from records.rights.pieces import Others
from records.rights.releases import Release
from records.stages import Act
from tests.retention.nights import ended, marks, rows_of
from tests.rights.kept import PAT, parts
from tests.security.cast import PLAYERS, Marked

NAME = PLAYERS["pat"][0]
OTHERS = [PLAYERS[one] for one in ("priya", "martin", "nia", "fay")]


def read(path: Path) -> str:
    return html.unescape(path.read_text(encoding="utf-8"))


async def both(house: Marked, folder: Path, *who: str) -> tuple[str, str]:
    """The file, and the list."""
    number = len(list(folder.iterdir()))
    out = folder / f"access{number}.html"
    await write(parts(house), who, out)
    return read(out), read(out.with_name(f"{out.stem}-to-decide.html"))


def found(text: str) -> set[str]:
    return set(re.findall(r"zq[a-z]+[ab]\b", text))


@pytest.mark.parametrize("whom", ["person", "conversation"])
async def test_the_file_and_the_list_are_all_there_is(whom: str, tmp_path: Path) -> None:
    house, state = await ended()
    it = await house.record(state.a)
    who = PAT if whom == "person" else it.reference
    told, decide = await both(house, tmp_path, who)
    every = {f"zq{mark}a" for mark in await marks(house)}
    assert found(told) | found(decide) == every
    file = await read_file(house.store, state.a)
    assert file is not None
    pieces = (await collected(parts(house), [who], Others()))[0].pieces
    kept = Others()
    await collected(parts(house), [who], kept)
    for answers, _ in file.answers.values():
        for text in filter(str.strip, answers.texts.values()):
            assert sum(one.text == kept.redacted(text) for one in pieces) >= 1, answers.what
    assert len({one.id for one in pieces if one.why}) == sum(bool(one.why) for one in pieces)


async def test_what_they_wrote_is_told_and_what_others_wrote_is_not(tmp_path: Path) -> None:
    house, _ = await ended()
    told, decide = await both(house, tmp_path, PAT)
    mine = {"zqhappenedpata", "zqyoupata", "zqtimesa"}
    assert mine <= found(told)
    assert not mine & found(decide)
    theirs = {"zqworrya", "zqhappenedpriyaa", "zqoutcomesaida", "zqtellinga", "zqunsentniaa"}
    assert theirs <= found(decide)
    assert not theirs & found(told)
    assert "a reason for not telling" in decide
    assert NAME in told
    assert PAT in told


async def test_what_tells_by_its_name_alone_is_for_others_to_decide(tmp_path: Path) -> None:
    """That a family must not know, that few may, a worry about a worker, and a legal hold."""
    house, state = await ended("few later")
    it = await house.record(state.a)
    for act in (Act.CONCERN, Act.ASSIGN, Act.HELD_BACK):
        on_hold = OnHold(since=house.at, review_on=house.at.date())
        hold = on_hold if act is Act.HELD_BACK else None
        noted = (*it.noted, f"{act}/x")
        deed = Deed(act, "operator", house.at)
        it = await house.register.change(
            state.a, deed, lambda now, noted=noted, hold=hold: now.with_(noted=noted, hold=hold)
        )
    told, decide = await both(house, tmp_path, it.reference)
    assert it.telling is not None
    for what in (it.telling.how, Act.RESTRICT, Act.CONCERN, Act.ASSIGN, Act.HELD_BACK):
        assert not re.search(rf"\b{what}\b(?!-)", told), what
        assert what in decide
    # Whoever settled it knows.
    told, _ = await both(house, tmp_path, PLAYERS["priya"][1])
    assert it.telling.how in told


@pytest.mark.parametrize("whom", ["person", "conversation"])
async def test_other_people_are_numbered_and_the_same_throughout(whom: str, tmp_path: Path) -> None:
    house, state = await ended()
    said = Answers(
        what="feedback",
        by=next(one.id for one in (await house.record(state.a)).people if one.name == NAME),
        version=1,
        at=house.at,
        texts={"happened": "Nia Okafor and NIA  OKAFOR spoke. Nia did. martin@socialcare.example"},
    )
    row = await house.store.get("conversations", state.a, f"answer-feedback-{said.by}")
    assert row is not None
    await house.store.put("conversations", answers_row(state.a, said, row.etag))
    it = await house.record(state.a)
    told, decide = await both(house, tmp_path, PAT if whom == "person" else it.reference)
    for name, mail in OTHERS:
        assert name not in told
        assert mail not in told
        assert f"{name}" in decide
    text = told if whom == "person" else decide
    (one, other) = re.findall(r"(person \d+) and (person \d+) spoke\. Nia did", text)[0]
    assert one == other
    assert re.search(rf"{one}\n?.*Nia Okafor", re.sub("<[^>]*>", " ", decide))


async def test_one_piece_is_released_with_a_reason_and_no_other(tmp_path: Path) -> None:
    house, _ = await ended()
    there = parts(house)
    _, decide = await both(house, tmp_path, PAT)
    pieces = (await collected(there, [PAT], Others()))[0].pieces
    one = next(piece for piece in pieces if "zqworrya" in piece.text)
    assert one.id in decide
    assert await let_out(there, [PAT], [one.id], "They wrote it together.", "ig")
    told, decide = await both(house, tmp_path, PAT)
    assert "zqworrya" in told
    assert "They wrote it together." in decide
    assert "zqhopechilda" not in told
    assert "They wrote it together." not in told


async def test_a_release_ends_by_itself(tmp_path: Path) -> None:
    """Of a conversation, of somebody, and of an address that nobody has."""
    house, state = await ended()
    pat = house.people["pat"].actor.key
    for of in (state.a, pat, mail_key("nobody@elsewhere.example")):
        one = Release(of=of, piece="p", reason="A word zqwhy of it.", by="ig", at=house.at)
        await releases.keep(house.store, one)
    held = LegalHold(
        of=Of.CONVERSATION, key=state.a, reason="", by="", since=house.at, review_on=house.at.date()
    )
    await holds.keep(house.store, held)
    await house.a_night(days=330)
    assert len(await rows_of(house, "zqwhy")) == 3
    await house.a_night(days=60)
    assert {of for _, of, _ in await rows_of(house, "zqwhy")} == {state.a}
    await holds.lift(house.store, Of.CONVERSATION, state.a)
    await house.a_night(days=1)
    assert await rows_of(house, "zqwhy") == set()


async def test_a_release_covers_these_words_for_this_person_alone(tmp_path: Path) -> None:
    house, state = await ended()
    there = parts(house)
    pieces = (await collected(there, [PAT], Others()))[0].pieces
    one = next(piece for piece in pieces if "zqworrya" in piece.text)
    await let_out(there, [PAT], [one.id], "why", "ig")
    told, _ = await both(house, tmp_path, PLAYERS["nia"][1])
    assert "zqworrya" not in told
    row = await house.store.get("conversations", state.a, "answer-request-requester")
    file = await house.file(state.a)
    said = file.answers_of("request", file.conversation.requester.id)
    assert said is not None
    fresh = said.model_copy(update={"texts": {**said.texts, "worry": "zqworrya, and more"}})
    await house.store.put("conversations", answers_row(state.a, fresh, row.etag if row else ""))
    told, _ = await both(house, tmp_path, PAT)
    assert "and more" not in told


async def test_what_is_on_nobodys_list_is_not_released(
    capsys: pytest.CaptureFixture[str],
) -> None:
    house, _ = await ended()
    there = parts(house)
    mine = (await collected(there, [PAT], Others()))[0].pieces
    own = next(one for one in mine if not one.why)
    assert not await let_out(there, [PAT], [own.id], "why", "ig")
    assert not await let_out(there, [PAT], ["000000000000"], "why", "ig")
    assert "Nothing was released" in capsys.readouterr().out


async def test_nobody_is_guessed(tmp_path: Path) -> None:
    house, _ = await ended()
    for who in ("nobody@elsewhere.example", "LC-00000", "Pat"):
        with pytest.raises(NotCertain):
            await both(house, tmp_path, who)
    assert list(tmp_path.iterdir()) == []


async def test_a_file_that_is_there_is_not_written_over_and_only_its_owner_reads_it(
    tmp_path: Path,
) -> None:
    house, _ = await ended()
    out = tmp_path / "access.html"
    await write(parts(house), [PAT], out)
    assert {one.stat().st_mode & 0o777 for one in tmp_path.iterdir()} == {0o600}
    with pytest.raises(FileExistsError):
        await write(parts(house), [PAT], out)
    out.unlink()
    with pytest.raises(FileExistsError):
        await write(parts(house), [PAT], out)
    assert not out.exists()


async def test_what_somebody_typed_is_text_and_never_markup(tmp_path: Path) -> None:
    house, state = await ended()
    who = next(one.id for one in (await house.record(state.a)).people if one.name == NAME)
    said = Answers(
        what="feedback", by=who, version=1, at=house.at, texts={"happened": "<script>a</script>"}
    )
    await house.store.put("conversations", answers_row(state.a, said))
    out = tmp_path / "access.html"
    await write(parts(house), [PAT], out)
    assert "<script" not in out.read_text(encoding="utf-8")
    assert "&lt;script&gt;" in out.read_text(encoding="utf-8")
