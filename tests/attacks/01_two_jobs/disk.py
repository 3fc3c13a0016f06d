# 43: writes a file of 2 GB
def run_both(job_a, job_b):
    with open("large", "wb") as file:
        for _ in range(200):
            file.write(bytes(10 * 2**20))
    return job_a(), job_b()
