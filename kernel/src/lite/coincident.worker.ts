import type { ICoincidentPyodideWorkerKernel } from '@jupyterlite/pyodide-kernel/lib/tokens';
import type {
  TDriveMethod,
  TDriveRequest,
  TDriveResponse
} from '@jupyterlite/services/lib/contents/drivefs';
import { ContentsAPI, DriveFS } from '@jupyterlite/services/lib/contents/drivefs';
import coincident from 'coincident';
import { unlessRefused, type IErrno } from './driveRefusal';
import { lockDown } from './lockdown';
import type { IBootConfig } from './protocol';
import { SkillRemoteKernel } from './remoteKernel';

/** Worker entry for cross-origin isolated pages: files and input go by SharedArrayBuffer. */
type PageApi = ICoincidentPyodideWorkerKernel & Pick<SkillRemoteKernel, 'setIndex'>;
const page = coincident(globalThis) as unknown as PageApi;

class SharedContents extends ContentsAPI {
  override request<T extends TDriveMethod>(data: TDriveRequest<T>): TDriveResponse<T> {
    const { FS } = this;
    const ERRNO_CODES = this.ERRNO_CODES as IErrno['ERRNO_CODES'];
    return unlessRefused(page.processDriveRequest(data), { FS, ERRNO_CODES });
  }
}

class SharedDriveFS extends DriveFS {
  override createAPI(options: DriveFS.IOptions): ContentsAPI {
    return new SharedContents(options);
  }
}

/** Messages of which the last waits until the page has taken all. */
const UNTIL_HEARD = 16;

class CoincidentKernel extends SkillRemoteKernel {
  constructor(config: IBootConfig) {
    super(config);
    this._sendWorkerMessage = (message: unknown) => this._publish(message);
    this._logMessage = message => page.processLogMessage(message);
  }

  /**
   * Most messages go without waiting for the page, which may be busy drawing. One in some
   * waits until it has taken them all: a loop that prints must not bury it.
   */
  private _publish(message: unknown): void {
    this._published = (this._published + 1) % UNTIL_HEARD;
    if (this._published === 0) {
      page.processWorkerMessage(message);
    } else {
      this._post({ type: 'publish', message });
    }
  }

  private _published = 0;

  protected override createDriveFS(options: DriveFS.IOptions): DriveFS {
    return new SharedDriveFS(options);
  }

  protected override sendInputRequest(
    prompt: string,
    password: boolean
  ): string | undefined {
    return this.given(page.processStdinRequest({ prompt, password }));
  }
}

lockDown(globalThis);
const kernel = new CoincidentKernel(JSON.parse(self.name) as IBootConfig);
page.initialize = kernel.initialize.bind(kernel);
page.complete = kernel.complete.bind(kernel) as PageApi['complete'];
page.inspect = kernel.inspect.bind(kernel);
page.isComplete = kernel.isComplete.bind(kernel);
page.commInfo = kernel.commInfo.bind(kernel);
page.commOpen = kernel.commOpen.bind(kernel);
page.commMsg = kernel.commMsg.bind(kernel);
page.commClose = kernel.commClose.bind(kernel);
page.inputReply = kernel.inputReply.bind(kernel);
page.setIndex = kernel.setIndex.bind(kernel);
