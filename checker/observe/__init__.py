"""What can be seen of an attempt from outside: CPU time, waiting for a core, processes, threads."""
