/** @jest-environment node */
import { OfflineSite } from '../../src/offline/offlineSite';
import type { PageMessage, WorkerAnswer } from '../../src/offline/protocol';

/** A worker that answers as told, and remembers what it was asked. */
class Worker {
  constructor(public answers: (message: PageMessage) => WorkerAnswer[]) {}

  readonly asked: string[] = [];

  postMessage(message: PageMessage, ports: MessagePort[] = []): void {
    this.asked.push(message.type);
    this.answers(message).forEach(answer => ports[0]?.postMessage(answer));
  }
}

class Registration extends EventTarget {
  active: Worker | null = null;
  waiting: Worker | null = null;
  installing: EventTarget | null = null;
}

class Workers extends EventTarget {
  constructor(public registration: Registration) {
    super();
  }

  get ready(): Promise<Registration> {
    return Promise.resolve(this.registration);
  }

  startMessages(): void {
    this.isStarted = true;
  }

  isStarted = false;
}

const kept = (files: number, version = '1'): WorkerAnswer => ({
  type: 'kept',
  kept: { version, files, allFiles: 3, bytes: files, allBytes: 3 }
});

function open(worker: Worker): {
  site: OfflineSite;
  workers: Workers;
  registration: Registration;
} {
  const registration = new Registration();
  registration.active = worker;
  const workers = new Workers(registration);
  const site = new OfflineSite(workers as unknown as ServiceWorkerContainer);
  return { site, workers, registration };
}

/** The next change of the site that it tells. */
function nextChange(site: OfflineSite): Promise<void> {
  return new Promise(resolve => {
    const done = (): void => {
      site.stateChanged.disconnect(done);
      resolve();
    };
    site.stateChanged.connect(done);
  });
}

describe('OfflineSite', () => {
  it('says how much is kept, and goes on until all is', async () => {
    const worker = new Worker(({ type }) =>
      type === 'fill'
        ? [kept(2), kept(3), { ...kept(3), type: 'done' } as WorkerAnswer]
        : [kept(1)]
    );
    const { site } = open(worker);
    await site.start();
    expect(site.isWhole).toBe(false);
    const told: (number | undefined)[] = [];
    site.stateChanged.connect(() => told.push(site.kept?.files));
    await site.fill();
    expect(told).toEqual([2, 3, 3]);
    expect(site.isWhole).toBe(true);
    expect(worker.asked).toEqual(['ask', 'fill']);
  });

  it('throws what the worker could not do', async () => {
    const { site } = open(
      new Worker(({ type }) =>
        type === 'fill' ? [{ type: 'failed', reason: 'No room' }] : [kept(1)]
      )
    );
    await site.start();
    await expect(site.fill()).rejects.toThrow('No room');
    expect(site.kept?.files).toBe(1);
  });

  it('goes on with another worker when the browser ended the first', async () => {
    let round = 0;
    const worker = new Worker(({ type }) => (type === 'ask' ? [kept(0)] : []));
    worker.postMessage = ({ type }, ports = []) => {
      if (type === 'ask') {
        ports[0]?.postMessage(kept(0));
      } else {
        round += 1;
        ports[0]?.postMessage(kept(round));
        if (round === 3) {
          ports[0]?.postMessage({ ...kept(3), type: 'done' });
        } else {
          ports[0]?.close();
        }
      }
    };
    const { site } = open(worker);
    await site.start();
    await site.fill();
    expect(round).toBe(3);
    expect(site.isWhole).toBe(true);
  });

  it('tells of a new build that is installed, and lets it take over', async () => {
    const { site, registration } = open(new Worker(() => [kept(1)]));
    await site.start();
    expect(site.isUpdateReady).toBe(false);
    registration.installing = new EventTarget();
    registration.dispatchEvent(new Event('updatefound'));
    const next = new Worker(() => []);
    registration.waiting = next;
    const changed = nextChange(site);
    registration.installing.dispatchEvent(new Event('statechange'));
    await changed;
    expect(site.isUpdateReady).toBe(true);
    site.takeOver();
    expect(next.asked).toEqual(['take-over']);
  });

  it('tells another build that took the page over from the same one anew', async () => {
    const { site, workers, registration } = open(new Worker(() => [kept(1)]));
    await site.start();
    const replaced = jest.fn();
    site.replaced.connect(replaced);
    for (const version of ['1', '2']) {
      registration.active = new Worker(() => [kept(1, version)]);
      workers.registration = registration;
      const answered = new Promise<void>(resolve => {
        site.stateChanged.connect(() => {
          if (registration.active?.asked.length) {
            setImmediate(resolve);
          }
        });
      });
      workers.dispatchEvent(new Event('controllerchange'));
      await answered;
      expect(replaced).toHaveBeenCalledTimes(version === '1' ? 0 : 1);
    }
  });

  it('hears that there is no room for a newer build', () => {
    const { site, workers } = open(new Worker(() => []));
    const noRoom = jest.fn();
    site.noRoom.connect(() => void noRoom());
    const data = { type: 'llmos-no-room' };
    workers.dispatchEvent(new MessageEvent('message', { data }));
    expect(noRoom).toHaveBeenCalledTimes(1);
  });

  it('hears that the server has another build', () => {
    const { site, workers } = open(new Worker(() => []));
    const outdated = jest.fn();
    site.outdated.connect((_, path) => void outdated(path));
    const tell = (data: unknown): void => {
      workers.dispatchEvent(new MessageEvent('message', { data }));
    };
    tell({ type: 'of others' });
    tell(null);
    tell({ type: 'llmos-outdated', path: 'a.js' });
    expect(outdated.mock.calls).toEqual([['a.js']]);
    site.dispose();
    tell({ type: 'llmos-outdated', path: 'b.js' });
    expect(outdated).toHaveBeenCalledTimes(1);
  });
});
