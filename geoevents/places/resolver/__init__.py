"""The resolver: which place each mention means, how sure that is, and why."""
