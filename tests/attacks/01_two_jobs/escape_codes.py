# 51: prints control codes, markup and formulas, and raises them
TEXT = "\x1b[2J\x1b]0;owned\x07</pre><script>alert(1)</script>=HYPERLINK(\"x\")\u202e| a | b |"
print(TEXT)


def run_both(job_a, job_b):
    raise RuntimeError(TEXT)
