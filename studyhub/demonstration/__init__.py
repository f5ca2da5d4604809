"""The demonstration organization: invented people, loaded by the same deeds that people do."""

from studyhub.demonstration.load import load

__all__ = ["load"]
