"""The command line: one file per noun. Commands own their transactions and print plain lines."""

from edu.cli.main import main

__all__ = ["main"]
