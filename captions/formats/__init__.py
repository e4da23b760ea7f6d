"""Every form people have captions in: told apart, decoded, read with each repair listed, and written."""
