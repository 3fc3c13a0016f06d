import random

import pytest

from checker.checks import Code, Inputs, in_words

SLOW_READ_S = 0.02
"""While one thread waits for its balance, every other thread has the time to get in its way."""
AUDIT_S = 0.1
"""Long beside the bookings, which the lock puts in a row: on a busy machine each takes a few milliseconds."""

MADE_ONCE = (
    "Is the same lock held from the read to the write? And is it made when it is first needed? Between `if account not "
    "in locks` and the next line another thread makes one, too, and then each has its own. Make it in one step, "
    "`locks.setdefault(account, Lock())`, or under a lock."
)
ONE_BLOCK = (
    "When a lock is let go of after the check, another thread withdraws before it is taken again. Make the check and "
    "the change inside the same `with lock:` block."
)
ALL_OF_IT = "Who wants exactly what is there gets it: refuse only when `balance < amount`."
EACH_AUDITED = "Each booking is reported to the auditor, also one like another that was reported before."
BOTH_AUDITED = "A transfer is two bookings, one in each account, and each of them is reported to the auditor."
AS_IF_DONE = "A transfer of more than there was came back as if it were done"
REFUSED = "The ValueError of `withdraw` is for whoever asked for the transfer: let it pass, and leave the deposit out."
NOTHING_WRITTEN = (
    "What is booked and taken back, somebody else may have seen, or spent, in between. Withdraw first, and make the "
    "deposit only when that has gone well."
)
OUT_OF_NOTHING = "After transfers, of which some were refused, the accounts hold more than before"
FIRST_WITHDRAW = (
    "Does one that is refused pay its target all the same? Withdraw first, and make the deposit only when that has "
    "gone well."
)
NOT_MADE = "The auditor was told of bookings that were not made"
BELOW_ZERO = (
    "The auditor hears of a withdrawal with a minus, `self.audit(account, -amount)`, and of a deposit without one."
)
OF_ITS_OWN = (
    "What stands in the class body, or at the top of the file, is shared by all ledgers, as is `Ledger.accounts = "
    "...`: make it in `__init__`, and keep it in `self`, which is each one's own."
)
TO_ITSELF = (
    "Where source and target are one account, a balance that was read before the first write is old: read it anew."
)


def auditor(world, seconds, note=lambda _caller, *_booking: None):
    """A report has no answer: whoever asks for one gets None."""
    return world.operation("audit", seconds, answer=note)


def at_the_auditors(world, reported=None):
    """Accounts that answer at once, and an auditor who takes so long that who waits beside others is certainly seen.

    reported: a list that gets what the auditor hears.
    """
    reported = [] if reported is None else reported
    hears = auditor(world, 2 * AUDIT_S, lambda _caller, *booking: reported.append(booking))
    return world.accounts({"alice": 50, "bob": 50}), hears


def expect_no_more(run, accounts, total):
    """Transfers, of which some were refused, have made no money."""
    run.expect(sum(accounts.balances.values()) <= total, Code.WRONG_RESULT, OUT_OF_NOTHING, FIRST_WITHDRAW)


@pytest.mark.points(2)
def test_no_deposit_is_lost(attempt, world):
    """Eight threads wait for the auditor at the same time, pay into one account, and no deposit is lost."""
    accounts = world.accounts({"alice": 0}, read_s=SLOW_READ_S)
    audit = auditor(world, 0.0)
    amounts = random.sample(range(1, 10), k=8)
    amounts += amounts[:4]
    run = attempt.scenario.crowd(accounts, audit, [("deposit", "alice", amount) for amount in amounts], threads=8)
    run.expect_result({"done": 12})
    run.expect_no_lost_update(accounts)
    run.expect_balances(accounts, {"alice": sum(amounts)})
    run.expect_operations("audit", len(amounts), EACH_AUDITED)
    for method, amount in (("deposit", 1), ("withdraw", -1)):
        reported = []
        waiting = attempt.scenario.crowd(*at_the_auditors(world, reported), [(method, "alice", 1)] * 4, threads=4)
        waiting.expect_in_flight(at_least=2)
        only_own = all(booking == ("alice", amount) for booking in reported)  # of anything, also of a dictionary
        waiting.expect(only_own, Code.WRONG_RESULT, NOT_MADE, BELOW_ZERO)
    run = attempt.scenario.two_ledgers()
    mixed = "Of two ledgers with accounts of their own, one booked what belongs to the other"
    run.expect(run.value == [{"alice": 1}, {"alice": 2}], Code.WRONG_RESULT, mixed, OF_ITS_OWN)
    run = attempt.scenario.overtaken("deposit", 0, new=True)
    lost = "Two threads made a deposit into the same new account at once, and one of the deposits is lost"
    run.expect(all(end == [2, 2] for end in run.value), Code.RACE, lost, MADE_ONCE)


@pytest.mark.points(2)
def test_no_account_goes_below_zero(attempt, world):
    """Eight threads want all of 100: one of them gets it, and the others are told."""
    accounts = world.accounts({"alice": 100}, read_s=SLOW_READ_S)
    audit = auditor(world, 0.0)
    run = attempt.scenario.crowd(accounts, audit, [("withdraw", "alice", 100)] * 8, threads=8)
    run.expect_never_negative(accounts)
    run.expect_no_lost_update(accounts)
    nobody = "All of 100 was asked for, and nobody got it"
    run.expect(run.told.get("done", 0) > 0, Code.WRONG_RESULT, nobody, ALL_OF_IT)
    run.expect_result({"done": 1, "ValueError": 7})
    run.expect_balances(accounts, {"alice": 0})
    accounts = world.accounts({"alice": 100, "bob": 0}, read_s=SLOW_READ_S)
    run = attempt.scenario.crowd(accounts, audit, [("transfer", "alice", "bob", 100)] * 8, threads=8)
    run.expect_never_negative(accounts)
    run.expect_no_lost_update(accounts)
    run.expect(run.told.get("ValueError", 0) >= 7, Code.SWALLOWED, AS_IF_DONE, REFUSED)
    run.expect_result({"done": 1, "ValueError": 7})
    expect_no_more(run, accounts, 100)
    run.expect_balances(accounts, {"alice": 0, "bob": 100})
    for method in ("withdraw", "transfer"):
        run = attempt.scenario.overtaken(method, 2, new=False)
        both = f"Two threads asked at once for all that an account held, by {method}, and not just one of them got it"
        run.expect(all(end == [1, 0] for end in run.value), Code.OVERDRAFT, both, ONE_BLOCK)


@pytest.mark.points(2)
def test_transfers_end_and_keep_the_sum(attempt, world):
    """Transfers in both directions come to an end, audited side by side, and no money appears or disappears."""
    accounts = world.accounts({"alice": 50, "bob": 50}, read_s=SLOW_READ_S / 4)
    audit = auditor(world, 0.0)
    there, back, too_much = (
        ("transfer", "alice", "bob", 5),
        ("transfer", "bob", "alice", 5),
        ("transfer", "alice", "bob", 500),
    )
    run = attempt.scenario.crowd(accounts, audit, [there, back] * 5 + [too_much], threads=4)
    run.expect(run.told.get("ValueError", 0) >= 1, Code.SWALLOWED, AS_IF_DONE, REFUSED)
    run.expect_result({"done": 10, "ValueError": 1})
    run.expect_no_lost_update(accounts)
    expect_no_more(run, accounts, 100)
    run.expect_balances(accounts, {"alice": 50, "bob": 50})
    reported = []
    waiting = attempt.scenario.crowd(*at_the_auditors(world, reported), [there, back], threads=2)
    waiting.expect_result({"done": 2})
    waiting.expect_operations("audit", 4, hint=BOTH_AUDITED)
    waiting.expect_before("audit", "write")
    right = {(account, amount) for account in ("alice", "bob") for amount in (-5, 5)} <= set(reported)
    waiting.expect(right, Code.WRONG_RESULT, NOT_MADE, BELOW_ZERO)
    waiting.expect_in_flight(at_least=2)
    run = attempt.scenario.crowd(*at_the_auditors(world), [too_much], threads=1)
    run.expect_result({"ValueError": 1})
    with in_words(Code.DUPLICATE, "A transfer of more than there was changed a balance", NOTHING_WRITTEN):
        run.expect_operations("write", 0)
    accounts, audit = at_the_auditors(world)
    run = attempt.scenario.crowd(accounts, audit, [("transfer", "alice", "alice", 20)], threads=1)
    run.expect_result({"done": 1})
    changed = "A transfer from an account to itself changed what it holds"
    run.expect(accounts.balances["alice"] == 50, Code.WRONG_RESULT, changed, TO_ITSELF)


@pytest.mark.points(4)
def test_eight_bookings_are_three_times_faster(race, world):
    """Eight bookings by eight threads are at least 3 times faster, and every one is audited before it is made."""

    def eight_bookings(_scale):
        accounts = world.accounts({"alice": 100, "bob": 100})
        audit = auditor(world, AUDIT_S)
        amounts = random.choices(range(1, 6), k=4)
        bookings = [booking for amount in amounts for booking in (("deposit", "alice", amount), ("withdraw", "bob", 2))]

        def books_are_right(run):
            run.expect_operations("audit", 8)
            run.expect_before("audit", "write")
            run.expect_no_lost_update(accounts)
            run.expect_balances(accounts, {"alice": 100 + sum(amounts), "bob": 92})

        return Inputs((accounts, audit, bookings, 8), lambda: {"done": 8}, then=books_are_right)

    race.run("crowd", eight_bookings, driver="scenario.py", at_most=8)
