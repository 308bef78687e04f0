"""From an empty folder to a portal one can try: `manage.py start`."""
