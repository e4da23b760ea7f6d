"""WebVTT by the specification: files, cue text, settings, regions. What forgives stands in formats."""
