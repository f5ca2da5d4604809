"""A roster from outside: read, compared with the register, and taken over only when told so."""
