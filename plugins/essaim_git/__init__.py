"""Git: the only room that knows it. It reads the past of the pages."""
