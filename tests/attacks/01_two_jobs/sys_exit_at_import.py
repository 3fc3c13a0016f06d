# 3: raises SystemExit(0) while it is imported
import sys

sys.exit(0)
