"""The wiki on this machine, while it is being written: what is saved is shown."""
