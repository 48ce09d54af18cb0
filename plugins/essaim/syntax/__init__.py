"""Text to values: YAML with places, Markdown headings and links with places, conditions with places."""
