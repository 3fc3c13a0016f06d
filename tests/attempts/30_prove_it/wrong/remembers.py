# RACE: each kind of pool is tested in a process of its own, so all are the first.
seen = set()


def test_only_the_first_is_right(make_pool):
    seen.add(id(make_pool))
    assert len(seen) == 1
