"""What stands in the head of pages, whatever their theme."""


def in_head(output: str, fragment: str) -> str:
    """Put a fragment at the end of the head of a page; a page that closes none stays as it is."""
    before, end, after = output.partition("</head>")
    return f"{before}{fragment}{end}{after}" if end else output
