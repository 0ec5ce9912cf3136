import { SessionManager, type Session } from '@jupyterlab/services';
import { LiteSessionClient } from '@jupyterlite/services';

type StartOptions = Parameters<LiteSessionClient['startNew']>[0];

/** The running session of a document, found by its path. */
export function findByPath(
  sessions: readonly Session.IModel[],
  path: string
): Session.IModel | undefined {
  return sessions.find(session => session.path === path);
}

/**
 * JupyterLite's session client, matching running sessions by path. Upstream matches by
 * file name, so a second `notebook.ipynb` of another folder would take over the kernel
 * of the first. Upstream therefore is given the path as the name while it looks; the
 * session it then makes gets its own name back.
 */
export class PathSessionClient extends LiteSessionClient {
  override async startNew(options: StartOptions): Promise<Session.IModel> {
    const running = findByPath(await this.listRunning(), options.path);
    if (running) {
      return running;
    }
    const session = await super.startNew({ ...options, name: options.path });
    return this.update({ id: session.id, name: options.name || options.path });
  }
}

/**
 * JupyterLab's session manager, which asks for the running sessions at once. Upstream
 * asks by a poll, whose ticks wait for a frame of the page each: two stand between a
 * notebook that is there and the start of its kernel, and the page is busy then.
 */
export class PageSessionManager extends SessionManager {
  override refreshRunning(): Promise<void> {
    return this.requestRunning();
  }
}
