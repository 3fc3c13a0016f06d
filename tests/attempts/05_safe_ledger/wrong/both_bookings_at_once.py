# DUPLICATE: both bookings are begun, and what was wrong is taken back.
# Says: Withdraw first
import threading


class Ledger:
    """The audit of a transfer that will be refused is told, but the refusal comes after the deposit was audited AND the source withdrawn twice."""

    def __init__(self, accounts, audit):
        self.accounts = accounts
        self.audit = audit
        self.lock = threading.Lock()

    def _book(self, account, amount):
        self.audit(account, amount)
        with self.lock:
            balance = self.accounts.read(account)
            if balance + amount < 0:
                raise ValueError("not enough money")
            self.accounts.write(account, balance + amount)

    def deposit(self, account, amount):
        self._book(account, amount)

    def withdraw(self, account, amount):
        self._book(account, -amount)

    def transfer(self, source, target, amount):
        errors = []

        def keep(function, account):
            try:
                function(account, amount)
            except ValueError as e:
                errors.append(e)

        threads = [threading.Thread(target=keep, args=pair) for pair in ((self.withdraw, source), (self.deposit, target))]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        if errors:
            self.withdraw(target, amount)
            raise errors[0]
