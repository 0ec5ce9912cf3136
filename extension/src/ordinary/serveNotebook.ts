import { Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents, Kernel } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { serveKernel, type IRuntimeHost, type IServedKernel } from '@llmos-lab/kernel';

import { noteServed } from './kernels';
import { isOfPage } from './pageKernel';

/** What serving needs. */
export interface IServing {
  readonly host: IRuntimeHost;
  readonly contents: Contents.IManager;
  readonly trans: TranslationBundle;
}

/** Serves whichever kernel a notebook has, unless it is one of the page itself. */
export function serveNotebook(panel: NotebookPanel, serving: IServing): void {
  const { sessionContext } = panel;
  let service: IServedKernel | null = null;
  const tell = (): void => {
    if (service?.state === 'missing' && usesSkills(panel)) {
      tellMissing(PathExt.basename(panel.context.path), serving.trans);
    }
  };
  const serve = (kernel: Kernel.IKernelConnection | null): void => {
    service?.dispose();
    service = null;
    if (kernel && !isOfPage(kernel)) {
      service = serveKernel({ ...serving, kernel });
      noteServed(kernel, service);
      service.stateChanged.connect(tell);
    }
  };
  sessionContext.kernelChanged.connect((_, { newValue }) => serve(newValue));
  sessionContext.disposed.connect(() => serve(null));
  serve(sessionContext.session?.kernel ?? null);
}

/** Whether a notebook's code names the package, so that it wants it. */
function usesSkills({ model }: NotebookPanel): boolean {
  return [...(model?.cells ?? [])].some(
    ({ type, sharedModel }) =>
      type === 'code' && /\bllmos\b/.test(sharedModel.getSource())
  );
}

function tellMissing(name: string, trans: TranslationBundle): void {
  Notification.warning(
    trans.__(
      'The Python of "%1" has no package llmos, or an older one, so its skills cannot run. Install it where that kernel has its packages (%pip install "llmos[native]" in a cell), then restart the kernel.',
      name
    ),
    { autoClose: false }
  );
}
