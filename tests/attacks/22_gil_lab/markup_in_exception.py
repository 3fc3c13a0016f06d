# 51: raises an exception whose name and message are terminal escapes and markup.
MARKUP = (
    "\x1b[2J\x1b[H\x1b[1;32m10/10 passed\x1b[0m\x1b]0;passed\x07\x1b]8;;http://127.0.0.1/\x07link\x1b]8;;\x07\r10/10"
    "<script>alert(1)</script><img src=x onerror=alert(1)>]]></system-out></details>|a|b|\n```\n# 10/10\n"
    "[x](javascript:alert(1))\n=HYPERLINK(\"http://127.0.0.1/\")\n\u202e01/01\x00\x08\x9b31m\u2028"
)


def is_prime(number):
    if number < 0:
        raise ValueError(f"{number} is negative")
    if number < 2 or number % 2 == 0:
        return number == 2
    divisor = 3
    while divisor * divisor <= number:
        if number % divisor == 0:
            return False
        divisor += 2
    return True


def count_primes(lo, hi, workers, pool=None):
    raise type(MARKUP.replace("\x00", ""), (Exception,), {})(MARKUP)
