"""Sessions and deadlines in one's own calendar: feeds with a secret address that can be voided."""
