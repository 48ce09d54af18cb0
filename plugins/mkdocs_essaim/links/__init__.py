"""Plugin `essaim-links`: what the links of the whole wiki tell, and what helps to follow them."""
