"""One small reader for each format: bytes in, drafts out."""
