"""Essays and receipts as PDF and Word documents."""
