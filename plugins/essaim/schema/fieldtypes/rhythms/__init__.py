"""How often something comes back: read from RFC 5545 or from plain French, said in French."""
