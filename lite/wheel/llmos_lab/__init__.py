"""LLMos Lab as an extension of JupyterLab and JupyterLite.

There is nothing to import here: skills are called by the package ``llmos``.
"""

__version__ = "0.1.0"
