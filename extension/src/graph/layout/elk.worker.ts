/** The layout engine of ELK; in a worker it answers the messages of its own API. */
import 'elkjs/lib/elk-worker.min.js';
