"""Open data: bodies publish sets, the portal grades them, people and programs use them."""
