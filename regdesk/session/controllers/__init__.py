"""What the window asks of the session, and what it is shown: each stands between a part of it and a service."""
