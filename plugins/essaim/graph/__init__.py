"""Pages and what ties them: names found, edges named both ways, and the rules that span pages."""
