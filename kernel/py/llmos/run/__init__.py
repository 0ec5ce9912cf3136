"""``python -m llmos run``: notebooks on this machine, or on a cluster, without a browser.

Nothing here is imported by ``llmos`` itself, and the site's Python does not carry it.
"""
