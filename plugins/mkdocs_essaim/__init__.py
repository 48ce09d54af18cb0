"""MkDocs and ProperDocs as hosts: thin plugins that publish what the engine computed."""
