# 1: ends the process with code 0 while it is imported
import os

os._exit(0)
