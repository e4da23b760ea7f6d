"""Messages of readers: received, kept from spam, answered, published where their senders agreed.

What the public pages tell of them is in `shown`; the pages that they are about belong to their own rooms.
"""
