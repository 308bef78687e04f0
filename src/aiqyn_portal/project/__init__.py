"""The portal put together: settings, addresses, the account menu."""
