/** Entry of the Three.js runtime's classic worker script. */

import * as THREE from 'three';
import { runThreejs } from '../runtimes/threejs';
import { serveCalls } from './sandboxWorker';

serveCalls((skill, inputs, options) => runThreejs(THREE, skill, inputs, options));
