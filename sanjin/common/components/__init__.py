"""The components of the back office, by subject; pages load them all with `{% load ui %}`. How to build a page with them:
docs/components.md.

Each is a plain Django tag, so its props are its signature: an unknown or a missing one fails when the
template is compiled. Props with a fixed set of values raise ValueError for any other.
"""
