"""State bodies: the tree, names through time, contacts and accounts; import of the registry."""
