"""The subcommands of `checker`, one module each."""
