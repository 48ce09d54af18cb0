"""Events: when they take place, what is shown of them, and the calendars that other programs subscribe to."""
