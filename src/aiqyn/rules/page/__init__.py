"""Rules about one page: its title, language, images, links, weight."""
