"""The ground that everything stands on: errors, strict text, atomic files, downloads, receipts, signatures."""
