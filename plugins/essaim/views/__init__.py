"""Pure projections of the graph and the types: what readers, forms and programs are shown."""
