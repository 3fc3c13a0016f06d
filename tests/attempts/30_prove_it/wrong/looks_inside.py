# RACE: what a pool is made of tells nothing; only what it does.
import inspect


def test_looks_right(make_pool):
    pool = make_pool(2)
    text = inspect.getsource(type(pool).run) + repr(vars(pool)) + repr(inspect.getclosurevars(make_pool))
    assert "bug" not in text.lower()
    assert "lost update" not in text.lower()
