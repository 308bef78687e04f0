"""Due dates: terms, clocks, and how each date follows."""
