"""What programs read of the site: tokens of accounts, and each thing as a plain value of one shape.

What belongs here: the records whose fields the API promises, and how they are made from what pages show. How
they are addressed, written as JSON and described is edu.web.api's. Nothing here writes but for tokens.
"""
