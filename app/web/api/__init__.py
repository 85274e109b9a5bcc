"""JSON, apart from HTML. Read-only for now."""
