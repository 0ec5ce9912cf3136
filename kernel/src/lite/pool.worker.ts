import { lockDown } from './lockdown';
import { PoolRemote } from './poolRemote';
import type { IBootConfig } from './protocol';

/** Worker entry for skills that run beside the kernels; locked like a kernel's worker. */
lockDown(globalThis);
new PoolRemote(JSON.parse(self.name) as IBootConfig).listen();
