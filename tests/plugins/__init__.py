"""Pytest plugins of this project: the promise, the browser, the servers."""
