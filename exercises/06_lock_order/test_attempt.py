import pytest

from checker.checks import Bounds, Code, Inputs, Namespace, in_words

BOTH = (
    "A transfer changes both accounts: hold the locks of both accounts, always taken in the same "
    "order, around all of it."
)
INSIDE = "The confirmation belongs inside the locks of both accounts."
WAITS_ALONE = (
    "A transfer that waits for an account must not hold what others need, who have nothing to do with it: a lock "
    "around the taking of the locks is one lock for the whole bank again."
)
OF_ITS_OWN = (
    "Each account needs a lock of its own: one for all accounts of an owner, or for all whose numbers have something "
    "in common, keeps those waiting who need none of the two."
)
PASSED_OVER = (
    "When 1001 to 1002 was confirmed, 1002 to 1005 could have gone on, and it waited for 1003 to 1004, with which it "
    "has no account in common"
)
WAKE_ALL = (
    "Who is woken may still have to wait for another account, and then nobody wakes the next one: `notify_all()`, or a "
    "lock for each account, which wakes those who wait for it."
)
MADE_ONCE = (
    "Is an account's lock made when it is first needed? Between a look whether there is one and the next line another "
    "thread makes one, too, and then each has its own. Make it in `Account.__init__`."
)
ONE_BLOCK = (
    "When a lock is let go of after the check, another transfer is made before it is taken again. Check, confirm and "
    "write while you hold both locks, without a break."
)
REFUSED = "A transfer raised ValueError, although there was enough money"
ONLY_IF_POOR = (
    "Raise it only when `balance < amount`: who waits for an account has to wait as long as it takes, and a transfer "
    "from an account to itself is one, too."
)
TO_ITSELF = (
    "Where source and target are one account, a balance that was read before the first write is old: read it anew."
)
ALL_OF_IT = "Who moves exactly what is there may do that: refuse only when `balance < amount`."
FAR = "57658601"
"""To 1001 it has the same last digits, and the same rest after a division by any number to 16, 32, 64, 100 and more."""
SLOW_READ_S = 0.02
"""While one thread waits for its balance, every other thread has the time to get in its way."""
OWNERS = {"1001": "ada", "1002": "grace", "1003": "alan", "1004": "edsger", "1005": "tony", "1006": "leslie"}
OWNERS_OF_TWO = OWNERS | {FAR: "ada"}

PAIRS = [("1001", "1002"), ("1003", "1004"), ("1005", "1006")]
TRANSFERS_A_PAIR = 2
CONFIRM_S = 0.2


def open_bank(world, balances, confirm_s=0.0, read_s=0.0):
    """The accounts, the bank as an attempt sees it, and who owns what: ada has two."""
    accounts = world.accounts(balances, read_s=read_s)
    bank = Namespace(read=accounts.read, write=accounts.write, confirm=world.operation("confirm", confirm_s))
    return accounts, bank, {number: OWNERS_OF_TWO[number] for number in balances}


@pytest.mark.points(2)
def test_no_update_is_lost(attempt, world):
    """Transfers side by side, where they may be; eight of one account come to an end, and no update is lost."""
    _, bank, owners = open_bank(world, dict.fromkeys(OWNERS, 50), CONFIRM_S)
    run = attempt.scenario.at_once(bank, owners, [(*pair, 5) for pair in PAIRS])
    run.expect_result({"done": len(PAIRS)})
    run.expect_in_flight(at_least=2)
    balances = dict.fromkeys(["1001", "1002", "1003", "1004", "1005"], 50)
    others = ["1001", "1002", "1004", "1005"]
    transfers = [transfer for other in others for transfer in (("1003", other, 7), (other, "1003", 3))]
    accounts, bank, owners = open_bank(world, balances, slow_first(transfers), read_s=SLOW_READ_S / 2)
    run = attempt.scenario.at_once(bank, owners, transfers)
    run.expect_no_lost_update(accounts, BOTH)
    with in_words(Code.WRONG_RESULT, REFUSED, ONLY_IF_POOR):
        run.expect_result({"done": 8})
    run.expect_balances(accounts, {"1003": 34} | dict.fromkeys(others, 54))
    run = attempt.scenario.overtaken(100, new=True)
    lost = "The first two transfers of a new account were made at once, and one of them is lost"
    run.expect(all(end == [98, 2] for end in run.value), Code.RACE, lost, MADE_ONCE)


def slow_first(transfers):
    """How long each confirmation takes: the first one so long that the others, all there by then, must not give up."""
    return lambda *transfer: 1.2 if transfer == transfers[0] else 0.02


@pytest.mark.points(1)
def test_no_account_goes_below_zero(attempt, world):
    """Five threads want to move all of 100: one of them does it, and the others are told."""
    accounts, bank, owners = open_bank(world, {"1001": 100, "1002": 0}, confirm_s=0.05, read_s=SLOW_READ_S)
    run = attempt.scenario.at_once(bank, owners, [("1001", "1002", 100)] * 5)
    run.expect_never_negative(accounts)
    run.expect_no_lost_update(accounts, BOTH)
    nobody = "All of 100 was to be moved, and nobody could"
    run.expect(run.told.get("done", 0) > 0, Code.WRONG_RESULT, nobody, ALL_OF_IT)
    run.expect_result({"done": 1, "ValueError": 4})
    run.expect_balances(accounts, {"1001": 0, "1002": 100})
    run = attempt.scenario.overtaken(3, new=False)
    both = "Two threads wanted at once to move all that an account held, and not just one of them did"
    run.expect(all(end == [0, 3] for end in run.value), Code.OVERDRAFT, both, ONE_BLOCK)


@pytest.mark.points(1)
def test_nobody_touches_what_is_being_confirmed(attempt, world):
    """While a transfer is being confirmed, no other one of its accounts is, but one of two other accounts is."""
    crowd, beside = [("1001", "1002", 1), ("1003", "1002", 1), ("1002", "1004", 1)], ("1005", "1006", 1)
    confirm_s = 0.15
    _, bank, owners = open_bank(
        world,
        dict.fromkeys(OWNERS, 50),
        lambda *transfer: (len(crowd) + 1) * confirm_s if transfer == beside else confirm_s,
    )
    run = attempt.scenario.at_once(bank, owners, [beside, *crowd])
    run.expect_result({"done": 4})
    run.expect_in_flight(at_least=2, at_most=2, hint=INSIDE)
    expect_confirmed_first(attempt, world)
    _, bank, owners = open_bank(world, dict.fromkeys(OWNERS, 50), 2 * confirm_s)
    run = attempt.scenario.in_line(bank, owners, [("1001", "1002", 1), ("1003", "1002", 99), ("1005", "1006", 1)])
    run.expect_result({"done": 2, "ValueError": 1})
    run.expect_in_flight(at_least=2, too_few_hint=WAITS_ALONE)
    _, bank, owners = open_bank(world, dict.fromkeys(["1001", "1002", FAR, "1006"], 50), 2 * confirm_s)
    run = attempt.scenario.at_once(bank, owners, [("1001", "1002", 1), (FAR, "1006", 1)])
    run.expect_in_flight(at_least=2, too_few_hint=OF_ITS_OWN)
    _, bank, owners = open_bank(world, dict.fromkeys(["1001", FAR, "1006"], 50), confirm_s)
    run = attempt.scenario.at_once(bank, owners, [("1001", FAR, 1), (FAR, "1006", 1)])
    run.expect_in_flight(at_most=1, hint=BOTH)
    long, quick = ("1003", "1004", 1), ("1002", "1005", 1)
    _, bank, owners = open_bank(
        world, dict.fromkeys(OWNERS, 50), lambda *transfer: 5 * confirm_s if transfer == long else confirm_s
    )
    run = attempt.scenario.in_line(bank, owners, [("1001", "1002", 1), long, ("1001", "1003", 1), quick])
    run.expect_result({"done": 4})
    run.expect_over_before("confirm 1002", "confirm 1003", PASSED_OVER, WAKE_ALL)


def expect_confirmed_first(attempt, world):
    """The network is asked for what is then moved, before it is, and not for what cannot be moved."""
    _, bank, owners = open_bank(world, {"1001": 50, "1002": 50}, 0.02)
    run = attempt.scenario.at_once(bank, owners, [("1002", "1001", 5)])
    run.expect_result({"done": 1})
    run.expect_operations("confirm", 1)
    asked = [list(args) for args, _ in bank.fields["confirm"].calls]
    run.expect(asked == [["1002", "1001", 5]], Code.WRONG_RESULT, "The network confirmed another transfer", AS_IT_IS)
    run.expect(is_confirmed_first(run), Code.ORDER, "The money moved before the network had confirmed it", FIRST_ASK)
    run = attempt.scenario.at_once(bank, owners, [("1002", "1001", 500)])
    run.expect_result({"ValueError": 1})
    with in_words(Code.DUPLICATE, "The network was asked to confirm a transfer of more than there was", FIRST_LOOK):
        run.expect_operations("confirm", 0)


def is_confirmed_first(run):
    """Whether nothing was written before the network had answered."""
    confirmed_s = [span.end_s for span in run.observed.named("confirm")]
    return all(span.start_s >= max(confirmed_s) for span in run.observed.named("write"))


AS_IT_IS = "`bank.confirm(a.number, b.number, amount)`: who pays comes first, whichever lock does."
FIRST_ASK = "Until the network has confirmed it, no balance changes: check, confirm, and only then write both."
FIRST_LOOK = "Look whether there is enough before you ask the network: check, confirm, write, all inside the locks."


@pytest.mark.points(1)
def test_opposite_transfers_take_locks_in_the_same_order(attempt, world):
    """There and back: no two transfers take locks in different orders, whoever is richer, and whoever owns both."""
    accounts, bank, owners = open_bank(world, {"1001": 900, "1002": 10})
    run = attempt.scenario.in_turn(bank, owners, [("1001", "1002", 5), ("1002", "1001", 5)])
    run.expect_result({"done": 2})
    run.expect_balances(accounts, {"1001": 900, "1002": 10})
    run.expect_operations("confirm", 2)
    run.expect_lock_order()
    accounts, bank, owners = open_bank(world, {"1001": 50, FAR: 30})
    there_and_back = [("1001", FAR, 40), (FAR, "1001", 40)]
    run = attempt.scenario.in_turn(bank, owners, there_and_back)
    run.expect_result({"done": 2})
    run.expect_balances(accounts, {"1001": 50, FAR: 30})
    run.expect_lock_order()
    attempt.scenario.in_step(owners, there_and_back).expect_result({"done": 2})


@pytest.mark.points(1)
def test_a_transfer_to_itself(attempt, world):
    """A transfer from an account to itself comes to an end, changes nothing, and is in nobody's way afterwards."""
    accounts, bank, owners = open_bank(world, {"1001": 50, "1002": 50})
    run = attempt.scenario.in_turn(bank, owners, [("1001", "1001", 20)])
    with in_words(Code.WRONG_RESULT, REFUSED, ONLY_IF_POOR):
        run.expect_result({"done": 1})
    with in_words(Code.WRONG_RESULT, "A transfer from an account to itself changed what it holds", TO_ITSELF):
        run.expect_balances(accounts, {"1001": 50, "1002": 50})
    run = attempt.scenario.in_turn(bank, owners, [("1001", "1001", 20), ("1001", "1002", 5)])
    with in_words(Code.WRONG_RESULT, REFUSED, ONLY_IF_POOR):
        run.expect_result({"done": 2})
    run.expect_balances(accounts, {"1001": 45, "1002": 55})


POSSIBLE = Bounds(
    serial_s=len(PAIRS) * TRANSFERS_A_PAIR * CONFIRM_S,
    wrong_s=len(PAIRS) * TRANSFERS_A_PAIR * CONFIRM_S,  # one lock for all; two at a time never have three in flight
    least_s=TRANSFERS_A_PAIR * CONFIRM_S,  # the transfers of one pair have to wait for each other
    wrong_width=2,
    dependent=True,
)


@pytest.mark.points(4)
def test_three_pairs_do_not_wait_for_each_other(race, world):
    """Six transfers between three pairs of accounts are at least 1.8 times faster: each pair waits only for itself."""

    pairs = len(PAIRS)

    def six_transfers(_scale):
        accounts, bank, owners = open_bank(world, dict.fromkeys(OWNERS, 50), CONFIRM_S)
        transfers = [(*pair, 10) for pair in PAIRS] * TRANSFERS_A_PAIR

        def books_are_right(run):
            run.expect_in_flight(at_most=pairs, hint=INSIDE)
            run.expect_operations("confirm", len(transfers))
            run.expect_no_lost_update(accounts, BOTH)
            run.expect_balances(accounts, {number: 30 if number in dict(PAIRS) else 70 for number in OWNERS})

        return Inputs((bank, owners, transfers), lambda: {"done": len(transfers)}, then=books_are_right)

    race.run("at_once", six_transfers, driver="scenario.py", bounds=POSSIBLE, at_least=pairs, at_most=pairs)
