/** Entry of the JavaScript runtime's classic worker script. */

import { runJavaScript } from '../runtimes/javascript';
import { serveCalls } from './sandboxWorker';

serveCalls(runJavaScript);
