"""Rules about one file of data: its bytes, its tables, its columns, its cells."""
