"""Rules about pages as a browser draws them: a sample of the site, kept as evidence."""
