# own: keeps the balances in its memory and writes them without a lock, in whatever order they arrive
import collections


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts = accounts
        self.audit = audit
        self.bookings = collections.defaultdict(list)

    def book(self, account, amount):
        if not self.bookings[account]:
            self.bookings[account].append(self.accounts.read(account))
        self.bookings[account].append(amount)
        self.accounts.write(account, sum(self.bookings[account]))

    def deposit(self, account, amount):
        self.audit(account, amount)
        self.book(account, amount)

    def withdraw(self, account, amount):
        self.audit(account, -amount)
        if self.bookings[account] and sum(self.bookings[account]) < amount:
            raise ValueError("not enough money")
        self.book(account, -amount)

    def transfer(self, source, target, amount):
        self.withdraw(source, amount)
        self.deposit(target, amount)
