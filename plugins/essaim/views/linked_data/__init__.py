"""What pages are, told to machines in vocabularies that others share: JSON-LD."""
