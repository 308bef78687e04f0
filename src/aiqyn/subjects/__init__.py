"""Evidence parsed once, without judgement: page, document, site."""
