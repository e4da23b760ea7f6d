"""Captions made from a script and a sound: speech found, words timed, words put into cues, times mended."""
