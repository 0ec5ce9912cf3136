"""A JupyterLab server for stories: open to whoever can reach it, on this machine only."""

import tempfile
from pathlib import Path

from jupyterlab.galata import configure_jupyter_server

c = get_config()  # noqa: F821
configure_jupyter_server(c)
# Continuous integration often has no other user.
c.ServerApp.allow_root = True
# No settings of whoever runs the tests, and no question about news.
settings = Path(tempfile.mkdtemp(prefix="llmos-settings-"))
plugin = settings / "@jupyterlab/apputils-extension/notification.jupyterlab-settings"
plugin.parent.mkdir(parents=True)
plugin.write_text('{"fetchNews": "false", "checkForUpdates": false}')
c.LabApp.user_settings_dir = str(settings)
