"""Running tools on foreign files: found, limited, shut in, watched, ended. Nothing of what they are asked."""
