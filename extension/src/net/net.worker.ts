/** The worker through which all foreign traffic goes. It imports no shared package. */
import { expose } from 'comlink';

import { NetWorker } from './netWorker';

expose(new NetWorker());
