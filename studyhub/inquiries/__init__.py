"""Questions to the reporters of a session (hỏi đáp): asked, merged, answered, published, hidden."""
