"""Rules about a whole site: languages, sections, news, links, search."""
