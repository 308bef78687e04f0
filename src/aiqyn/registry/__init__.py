"""The registry of state bodies: CSV read whole or not at all, every bad cell reported."""
