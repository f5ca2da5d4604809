"""Good essays: proposed by the cell, approved above, published with their author's consent."""
