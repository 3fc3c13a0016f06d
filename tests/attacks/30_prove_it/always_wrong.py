# own: says of every pool that it is wrong, but for the first
SEEN = []


def test_it(make_pool):
    SEEN.append(make_pool)
    assert len(SEEN) == 1
