"""Sets of open data: published by bodies, graded from their bytes, used by people and programs."""
