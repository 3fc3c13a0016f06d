# 29: makes copies of the jobs in which `time` is a module of its own, without waiting
import types

instant = types.SimpleNamespace(sleep=lambda seconds: None)


def hurried(job):
    space = job.__globals__ | {"time": instant}
    return types.FunctionType(job.__code__, space, job.__name__, job.__defaults__, job.__closure__)


def run_both(job_a, job_b):
    return hurried(job_a)(), hurried(job_b)()
