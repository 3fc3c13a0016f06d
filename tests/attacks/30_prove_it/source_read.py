# own: looks into the code of the pool that it gets, for whatever is no part of the longest one
import gc
import inspect


def test_it(make_pool):
    pool = make_pool(2)
    code = [each for each in gc.get_objects() if inspect.iscode(each) and each.co_name == "run"]
    longest = max(len(each.co_code) for each in code)
    assert len(getattr(type(pool).run, "__code__", code[0]).co_code) == longest
