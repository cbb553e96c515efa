"""Everybody whom a record can name is found, and changed, wherever that is."""

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from records.changes import restricting, second
from records.conversation.binding import everybody, with_each
from records.conversation.conversation import Conversation
from records.people import Part, Participant
from tests.security.states import State, walk

KNOWN: dict[str, State] = {}


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    """The models in an annotation."""
    if get_origin(kind) is None:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield kind
        return
    for one in get_args(kind):
        yield from _models(one)


def _places(kind: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every way by which a record of this kind can name somebody."""
    for name, field in kind.model_fields.items():
        for one in _models(field.annotation):
            if one is Participant:
                yield (*path, name)
            else:
                yield from _places(one, (*path, name))


def _at(node: Any, path: tuple[str, ...]) -> Iterator[Participant]:
    if isinstance(node, tuple):
        for one in node:
            yield from _at(one, path)
    elif node is not None and path:
        yield from _at(getattr(node, path[0]), path[1:])
    elif node is not None:
        yield node


def _put(node: Any, path: tuple[str, ...], who: Participant) -> Any:
    """The record with them in this place too, whatever stands there."""
    if isinstance(node, tuple):
        return tuple(_put(one, path, who) for one in node)
    name, rest = path[0], path[1:]
    there = getattr(node, name)
    if rest:
        assert there is not None, path
        assert there != (), path
        return node.model_copy(update={name: _put(there, rest, who)})
    several = isinstance(there, tuple)
    return node.model_copy(update={name: (*there, who) if several else who})


async def a_full_one() -> Conversation:
    """A record in which each part that can name somebody is there."""
    from tests.security.cast import Marked

    house = Marked((await walk("few later", KNOWN)).kept)
    it = await house.record((await walk("few later", KNOWN)).a)
    idris = Participant(id="f9", part=Part.FACILITATOR, name="Idris", mail="i@f.example")
    there = it.changes.restricted
    it = it.with_(changes=it.changes.model_copy(update={"restricted": None}))
    it = second.ask(it, house.at, idris)
    it = it.with_(changes=it.changes.model_copy(update={"restricted": there}))
    return restricting.assign(it, house.at, idris)


async def test_whoever_a_record_names_is_among_everybody_and_is_changed() -> None:
    it = await a_full_one()
    places = [one for one in _places(Conversation) if one != ("people",)]
    assert len(places) >= 8
    for path in places:
        who = Participant(id="zq", part=Part.OTHER, name="zq found", mail="zq@one.example")
        with_them = _put(it, path, who)
        assert "zq" in {one.id for one in _at(with_them, path)}, path
        assert "zq" in {one.id for one in everybody(with_them)}, path
        fresh = with_each(
            with_them,
            lambda one: one.model_copy(update={"name": "nobody"}) if one.id == "zq" else one,
        )
        assert "zq found" not in fresh.model_dump_json(), path
