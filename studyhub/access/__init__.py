"""The law: who may do what. Python in `policy`, the same as SQL in `scope`."""
