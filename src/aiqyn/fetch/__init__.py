"""From a source to evidence: the only part of Aiqyn that touches the network."""
