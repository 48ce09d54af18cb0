"""Collections and their types: what each `_type.yml` declares, as values."""
