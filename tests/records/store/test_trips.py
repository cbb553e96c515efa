"""What a process remembers for a while."""

from records.store.trips import Recent


def test_a_value_is_forgotten_after_its_seconds_and_the_oldest_makes_room():
    now = 0.0
    recent = Recent(2, 60.0, lambda: now)
    recent.keep("a", 1)
    recent.keep("b", 2)
    recent.keep("a", 3)
    recent.keep("c", 4)
    assert [recent.get(one) for one in "abc"] == [3, None, 4]
    now = 59.0
    recent.keep("c", 5)
    now = 60.0
    assert [recent.get(one) for one in "ac"] == [None, 5]
    recent.drop("c")
    recent.drop("c")
    assert recent.get("c") is None


def test_where_there_is_no_room_nothing_is_remembered():
    recent = Recent(0, 60.0, lambda: 0.0)
    recent.keep("a", 1)
    assert recent.get("a") is None
