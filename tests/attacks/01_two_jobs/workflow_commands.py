# 47: prints commands of GitHub Actions and writes to its files
import os

print("::set-output name=result::passed")
print("::error file=x::y%0A::stop-commands::z")
for name in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH"):
    with open(os.environ.get(name, os.devnull), "a") as file:
        file.write("result=passed\n")


def run_both(job_a, job_b):
    return job_a(), job_b()
