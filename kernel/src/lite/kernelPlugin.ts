import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import { ILoggerRegistry, type ILogPayload } from '@jupyterlab/logconsole';
import { IServiceWorkerManager } from '@jupyterlite/apputils';
import { IKernelSpecs, type IKernel } from '@jupyterlite/services';
import { IRuntimeHost } from '@llmos-lab/kernel';
import { SKILL_TYPES, isPythonSkill } from '@llmos-lab/skills';
import { answerRefusals } from './driveAnswers';
import { PythonPoolWorker } from './poolWorker';
import type { IBootConfig } from './protocol';
import { SkillKernel } from './skillKernel';

const PLUGIN_ID = '@llmos-lab/kernel-lite:kernel';

/** Name of the kernelspec, as notebooks store it. */
export const KERNEL_NAME = 'python-llmos';

/** Settings of the plugin in `litePluginSettings`; URLs relative to the site's root. */
interface IKernelSettings {
  readonly siteUrl?: string;
  readonly version?: string;
  readonly pyodideUrl?: string;
  readonly lockUrl?: string;
  readonly stdlibUrl?: string;
  readonly bundleUrl?: string;
  readonly snapshotUrl?: string;
  readonly pipliteUrls?: readonly string[];
  readonly disablePyPIFallback?: boolean;
}

function readSettings(): IKernelSettings {
  const all = JSON.parse(PageConfig.getOption('litePluginSettings') || '{}') as Record<
    string,
    IKernelSettings | undefined
  >;
  return all[PLUGIN_ID] ?? {};
}

/** The boot script's configuration, or that of the settings where no script ran. */
function bootConfig(settings: IKernelSettings): IBootConfig {
  const booted = globalThis.llmosBoot?.config;
  if (booted) {
    return booted;
  }
  const resolve = (url: string): string => new URL(url, PageConfig.getBaseUrl()).href;
  return {
    siteUrl: resolve(settings.siteUrl ?? 'llmos/'),
    pyodideUrl: resolve(settings.pyodideUrl ?? 'static/pyodide/pyodide.mjs'),
    lockUrl: resolve(settings.lockUrl ?? 'static/pyodide/pyodide-lock.json'),
    ...(settings.stdlibUrl && { stdlibUrl: resolve(settings.stdlibUrl) }),
    ...(settings.bundleUrl && { bundleUrl: resolve(settings.bundleUrl) }),
    ...(settings.snapshotUrl && { snapshotUrl: resolve(settings.snapshotUrl) })
  };
}

/** Logs to the log console of the notebook whose kernel it is. */
function makeLogger(
  app: JupyterFrontEnd,
  registry: ILoggerRegistry | null
): (options: { payload: ILogPayload; kernelId: string }) => void {
  return ({ payload, kernelId }) => {
    for (const session of app.serviceManager.sessions.running()) {
      if (session.kernel?.id === kernelId) {
        registry?.getLogger(session.path).log(payload);
      }
    }
  };
}

/** Registers the kernel that notebooks of the site run on. */
export const kernelPlugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_ID,
  description: 'Registers the Python kernel of LLMos Lab.',
  autoStart: true,
  requires: [IKernelSpecs, IRuntimeHost],
  optional: [IServiceWorkerManager, ILoggerRegistry],
  activate: (
    app: JupyterFrontEnd,
    kernelspecs: IKernelSpecs,
    host: IRuntimeHost,
    serviceWorker: IServiceWorkerManager | null,
    loggers: ILoggerRegistry | null
  ): void => {
    const settings = readSettings();
    answerRefusals();
    const { contents } = app.serviceManager;
    host.pool.addWorkers(
      SKILL_TYPES.filter(isPythonSkill),
      () => new PythonPoolWorker({ boot: bootConfig(settings), host, contents })
    );
    const logo = new URL('python.svg', bootConfig(settings).siteUrl).href;
    kernelspecs.register({
      spec: {
        name: KERNEL_NAME,
        display_name: 'Python (LLMos Lab)',
        language: 'python',
        argv: [],
        resources: { 'logo-svg': logo, 'logo-32x32': logo, 'logo-64x64': logo }
      },
      create: (options: IKernel.IOptions): Promise<IKernel> => {
        const boot = bootConfig(settings);
        const contextId = serviceWorker?.browsingContextId;
        const kernel = new SkillKernel({
          ...options,
          boot,
          host,
          version: settings.version ?? '',
          pyodideUrl: boot.pyodideUrl,
          pipliteUrls: (settings.pipliteUrls ?? []).map(url => URLExt.parse(url).href),
          disablePyPIFallback: settings.disablePyPIFallback ?? true,
          mountDrive: Boolean(serviceWorker?.enabled) || crossOriginIsolated,
          loadPyodideOptions: { lockFileURL: boot.lockUrl, packages: [] },
          contentsManager: app.serviceManager.contents,
          logger: makeLogger(app, loggers),
          ...(contextId !== undefined && { browsingContextId: contextId })
        });
        return Promise.resolve(kernel);
      }
    });
  }
};
