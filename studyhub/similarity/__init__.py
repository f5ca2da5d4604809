"""Text that also stands elsewhere: found, shown side by side, never judged."""
