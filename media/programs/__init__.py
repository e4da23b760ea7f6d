"""Programs of ours that run apart: the launcher, the prober and its server, and how they are started.

They use the standard library and PyAV alone and import nothing of this package.
"""
