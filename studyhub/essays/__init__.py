"""Study essays (bài thu hoạch): drafts, versions handed in, receipts."""
