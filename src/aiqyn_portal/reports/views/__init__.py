"""The public pages: each view reads, builds plain values and renders one template."""
