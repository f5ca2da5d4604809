"""What `./dev` is made of. Standard library only; no part of the application."""
