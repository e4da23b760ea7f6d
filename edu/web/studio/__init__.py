"""The instructors' side: pages under /studio."""
