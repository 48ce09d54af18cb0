"""Pages: a document read by the type its folder declares."""
