"""Making: command lines and conversions, and what is written beside the film."""
