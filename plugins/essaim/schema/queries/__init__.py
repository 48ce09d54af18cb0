"""The grammar of `requete` blocks: which keys there are, what each takes, and a block bound to the types."""
