"""Text that also stands elsewhere."""
