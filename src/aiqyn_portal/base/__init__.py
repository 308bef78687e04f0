"""What every page and every app of the portal stands on: layout, components, sections, formats."""
