# 51: threads, callers and functions with terminal escapes and markup for names
MARKUP = (
    "\x1b[2J\x1b[H\x1b[1;32m10/10 passed\x1b[0m\x1b]0;passed\x07\x1b]8;;http://127.0.0.1/\x07link\x1b]8;;\x07\r10/10"
    "<script>alert(1)</script><img src=x onerror=alert(1)>]]></system-out></details>|a|b|\n```\n# 10/10\n"
    "[x](javascript:alert(1))\n=HYPERLINK(\"http://127.0.0.1/\")\n\u202e01/01\x00\x08\x9b31m\u2028"
)


import threading


def run_both(job_a, job_b):
    threading.current_thread().name = MARKUP
    threads = [threading.Thread(target=job, name=MARKUP, daemon=True) for job in (job_a, job_b)]
    for thread in threads:
        thread.start()
    return None
