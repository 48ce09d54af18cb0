"""Plugin `essaim`: the wiki's pages, checked and with their links resolved, given to MkDocs."""
