"""What was seen and found, as rows that are only added; the bridge to the library."""
