import os, signal
os.kill(os.getppid(), signal.SIGKILL)
os._exit(0)
