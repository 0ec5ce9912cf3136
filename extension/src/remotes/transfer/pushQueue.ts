import { Notification } from '@jupyterlab/apputils';
import type { IStateDB } from '@jupyterlab/statedb';
import { isRecord } from '@llmos-lab/skills';

import { tellError } from '../../addCommand';
import { CommandIDs } from '../../commands';
import { volumeName } from '../../skills/skillText';
import type { ITransferContext } from './context';
import { push } from './push';
import type { Waiting } from './transfers';

/** Clocks differ: a server's time is over a little later, in ms. */
const GRACE = 1000;
/** Longest time that a page waits for by itself, in ms: browsers cut longer timers off. */
const MAX_WAIT = 24 * 3600 * 1000;
const KEY = '@llmos-lab/extension:waiting-pushes';

/** What a page keeps for the next one: volumes whose push waits, and until when. */
export async function followQueue(
  context: ITransferContext,
  state: Pick<IStateDB, 'fetch' | 'save'> | null
): Promise<void> {
  const { transfers, trans } = context;
  const kept = await state?.fetch(KEY);
  transfers.waitingChanged.connect((_, waiting) => {
    const plain = [...waiting].map(([volume, push]) => [volume, { ...push }] as const);
    state?.save(KEY, Object.fromEntries(plain)).catch((error: unknown) => {
      tellError(trans, trans.__('Pushes that wait'), error);
    });
  });
  for (const [volume, { until, asOne }] of readWaiting(kept)) {
    transfers.wait(volume, until, asOne);
  }
  pushWhatWaits(context);
}

function readWaiting(value: unknown): Waiting {
  const kept = isRecord(value) ? Object.entries(value) : [];
  return new Map(
    kept.flatMap(([volume, entry]) => {
      // Pages of before kept the time alone.
      const { until, asOne } = isRecord(entry) ? entry : { until: entry };
      return until === null || typeof until === 'number'
        ? [[volume, { until, asOne: asOne === true }]]
        : [];
    })
  );
}

/** Goes on with pushes when the network is back, or when a server's time is over. */
function pushWhatWaits(context: ITransferContext): void {
  const { transfers, remotes, isOnline } = context;
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const told = new Set<string>();
  const go = (): void => {
    for (const volume of isOnline() ? transfers.due(Date.now()) : []) {
      if (remotes.get(volume)?.isReady) {
        told.delete(volume);
        void push(context, volume, { asOne: transfers.waitsAsOne(volume) });
      } else if (!told.has(volume)) {
        // Asking for a passphrase now would come over whatever the person does.
        told.add(volume);
        tellToSignIn(context, volume);
      }
    }
  };
  const follow = (volume: string): void => {
    clearTimeout(timers.get(volume));
    timers.delete(volume);
    const state = transfers.view(volume)?.transfer;
    if (state?.kind === 'waiting') {
      const wait = state.until === null ? 0 : state.until - Date.now() + GRACE;
      timers.set(volume, setTimeout(go, Math.min(Math.max(wait, 0), MAX_WAIT)));
    } else {
      told.delete(volume);
    }
  };
  globalThis.addEventListener('online', go);
  transfers.changed.connect((_, volume) => follow(volume));
  context.volumes.volumes.forEach(({ name }) => follow(name));
}

function tellToSignIn(
  { app, trans, transfers }: ITransferContext,
  volume: string
): void {
  const callback = (): void => {
    const asOne = transfers.waitsAsOne(volume);
    void app.commands.execute(CommandIDs.push, { volume, asOne });
  };
  Notification.info(trans.__('"%1" waits to be pushed.', volumeName(volume, trans)), {
    autoClose: false,
    actions: [{ label: trans.__('Sign in and push'), callback }]
  });
}
