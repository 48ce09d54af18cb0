"""Feeds of news, for who follows the wiki from elsewhere: Atom and JSON Feed."""
