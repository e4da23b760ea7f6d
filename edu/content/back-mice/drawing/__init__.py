"""The renderer of the three bundled schematic videos: board, hands, scenes, voice and tracks.

Run by `make videos` only, with the requirements beside this file. Nothing of the platform imports it, and it
imports nothing of the platform.
"""
