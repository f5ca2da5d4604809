"""What a reader marks and notes in a document, for nobody but themselves."""
