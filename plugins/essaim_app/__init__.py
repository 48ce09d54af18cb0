"""The door: the `essaim` command. It wires the rooms together and decides nothing."""
