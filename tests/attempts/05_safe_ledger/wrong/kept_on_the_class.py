# WRONG_RESULT: what is kept on the class belongs to all ledgers, and the last one made takes the place of the others.
import threading


class Ledger:
    lock = threading.Lock()

    def __init__(self, accounts, audit):
        Ledger.accounts = accounts
        Ledger.audit = staticmethod(audit)

    def deposit(self, account, amount):
        self.audit(account, amount)
        with self.lock:
            self.accounts.write(account, self.accounts.read(account) + amount)

    def withdraw(self, account, amount):
        self.audit(account, -amount)
        with self.lock:
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source, target, amount):
        self.withdraw(source, amount)
        self.deposit(target, amount)
