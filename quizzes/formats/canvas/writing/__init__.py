"""From items to a zip that Canvas imports."""
