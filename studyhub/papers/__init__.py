"""Essays that come from elsewhere: a file of text, or pages written by hand."""
