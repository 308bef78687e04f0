"""Example sites and the server that shows them."""
