# own: takes the driver's place in its own process, and asks in a way that has no answer
import sys


def asked(attempt, plant, *_):
    for _ in range(4):
        try:
            plant("something else")
        except TypeError:
            pass
    return {}


vars(sys.modules["scenario"]).update(dict.fromkeys(("investigate", "first_culprit", "first_pending", "rest"), asked))
