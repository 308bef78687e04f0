"""Aiqyn, the portal: a Django project over the library `aiqyn`."""
