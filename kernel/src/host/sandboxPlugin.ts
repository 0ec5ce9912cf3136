import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import type { Contents } from '@jupyterlab/services';
import { assetUrl } from './assets';
import { folderReader, readModel } from './filesBeside';
import { SandboxedRuntime } from './javascriptRuntime';
import { NgspiceRuntime } from './ngspiceRuntime';
import { Sandbox } from './sandbox';
import { IRuntimeHost } from './tokens';

/**
 * Text of a file through Contents; null for what is missing or no text: the runtime
 * tells the person, since it knows who asked for the file.
 */
async function readText(
  contents: Contents.IManager,
  path: string
): Promise<string | null> {
  const model = await readModel(contents, path, { type: 'file', format: 'text' });
  const content: unknown = model?.content;
  return typeof content === 'string' ? content : null;
}

/** Adds the runtimes that need no Python: JavaScript, Three.js and ngspice. */
export const sandboxPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/kernel:sandbox',
  description: 'Runs JavaScript, Three.js and ngspice skills, isolated and bounded.',
  autoStart: true,
  requires: [IRuntimeHost],
  activate: (app: JupyterFrontEnd, host: IRuntimeHost): void => {
    const url = assetUrl('sandbox/');
    const { contents } = app.serviceManager;
    const sandbox = new Sandbox(url);
    const folders = folderReader(contents);
    const ngspice = new NgspiceRuntime(url, path => readText(contents, path));
    host.addRuntime('javascript', new SandboxedRuntime(sandbox, 'javascript', folders));
    host.addRuntime('threejs', new SandboxedRuntime(sandbox, 'threejs', folders));
    host.addRuntime('ngspice', ngspice);
    const apply = ({ limits }: IRuntimeHost): void => {
      sandbox.limits = limits;
      ngspice.seconds = limits.seconds;
    };
    host.limitsChanged.connect(apply);
    apply(host);
  }
};
