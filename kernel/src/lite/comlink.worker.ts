import {
  DriveFS,
  ServiceWorkerContentsAPI,
  type TDriveMethod,
  type TDriveRequest,
  type TDriveResponse
} from '@jupyterlite/services/lib/contents/drivefs';
import { expose } from 'comlink';
import { unlessRefused, type IErrno } from './driveRefusal';
import { lockDown } from './lockdown';
import type { IBootConfig } from './protocol';
import { SkillRemoteKernel } from './remoteKernel';

class WorkerContents extends ServiceWorkerContentsAPI {
  override request<T extends TDriveMethod>(data: TDriveRequest<T>): TDriveResponse<T> {
    const { FS } = this;
    const ERRNO_CODES = this.ERRNO_CODES as IErrno['ERRNO_CODES'];
    return unlessRefused(super.request(data), { FS, ERRNO_CODES });
  }
}

class WorkerDriveFS extends DriveFS {
  override createAPI(options: DriveFS.IOptions): WorkerContents {
    const { browsingContextId = '' } = options;
    return new WorkerContents({ ...options, browsingContextId });
  }
}

/** Worker entry for pages without SharedArrayBuffer: files and input go by service worker. */
class ComlinkKernel extends SkillRemoteKernel {
  constructor(config: IBootConfig) {
    super(config);
    // Not comlink's format, so that comlink leaves these alone.
    this._sendWorkerMessage = (message: unknown) =>
      globalThis.postMessage({ _kernelMessage: message });
    this._logMessage = message => globalThis.postMessage({ _logMessage: message });
  }

  protected override createDriveFS(options: DriveFS.IOptions): DriveFS {
    return new WorkerDriveFS(options);
  }

  /** Blocks in a synchronous request that the service worker answers with the reply. */
  protected override sendInputRequest(
    prompt: string,
    password: boolean
  ): string | undefined {
    const { baseUrl, browsingContextId } = this._options ?? {};
    if (!baseUrl || !browsingContextId) {
      throw new Error(
        'input() needs the service worker, which this page does not have. ' +
          'Use a normal window instead of a private one.'
      );
    }
    const parentHeader = this.parentHeader();
    const request = new XMLHttpRequest();
    request.open(
      'POST',
      new URL('api/stdin/kernel', new URL(baseUrl, self.origin)),
      false
    );
    request.send(
      JSON.stringify({
        browsingContextId,
        data: inputRequest({ prompt, password }, parentHeader)
      })
    );
    const reply = JSON.parse(request.responseText) as IInputReply;
    if (reply.error !== undefined) {
      throw new Error(reply.error);
    }
    return this.given(reply.content?.value);
  }
}

interface IInputReply {
  readonly error?: string;
  readonly content?: { readonly value?: string };
}

/** An `input_request` message; written out, because the services package is large. */
function inputRequest(
  content: { readonly prompt: string; readonly password: boolean },
  parentHeader: Readonly<Record<string, unknown>>
): object {
  return {
    buffers: [],
    channel: 'stdin',
    content,
    header: {
      date: new Date().toISOString(),
      msg_id: crypto.randomUUID(),
      msg_type: 'input_request',
      session: parentHeader.session ?? '',
      username: '',
      version: '5.2'
    },
    metadata: {},
    parent_header: parentHeader
  };
}

lockDown(globalThis);
expose(new ComlinkKernel(JSON.parse(self.name) as IBootConfig));
