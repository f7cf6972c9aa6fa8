"""From a file or page to ranked passages; knows nothing of the answering side."""
