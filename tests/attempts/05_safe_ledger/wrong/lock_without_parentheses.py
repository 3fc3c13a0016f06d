# CRASHED: threading.Lock makes locks, and is none.
# Says: put parentheses behind its name
import threading
class Ledger:
    def __init__(self, accounts, audit):
        self.accounts = accounts
        self.audit = audit
    def deposit(self, account, amount):
        self.audit(account, amount)
        with threading.Lock:
            self.accounts.write(account, self.accounts.read(account) + amount)
    def withdraw(self, account, amount):
        self.audit(account, -amount)
        with threading.Lock:
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)
    def transfer(self, source, target, amount):
        self.withdraw(source, amount)
        self.deposit(target, amount)
