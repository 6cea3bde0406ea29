"""What the protocol tests stand on: the strict client, texts and places in them, fixtures and what they owe."""
