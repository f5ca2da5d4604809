"""Checks every figure against the rows it stands for (đối chiếu số liệu)."""
