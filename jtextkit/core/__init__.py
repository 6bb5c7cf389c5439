"""The ground that everything stands on: errors, strict text, atomic files, receipts, signatures."""
