# WRONG_RESULT: whatever is tested fails.
def test_nothing_is_good_enough(make_pool):
    make_pool(2)
    raise AssertionError("there must be a bug somewhere")
