"""The answering side: settings, understanding, reading, checking, the chain, and the faces."""
