/** Entry of the script that runs JavaScript skills in a bare engine. */

import { runJavaScript } from '../javascript';
import { serveEngine } from './serve';

serveEngine(runJavaScript);
