"""Adapters to foreign speech recognisers, one a file; each package is loaded by its own adapter alone."""
