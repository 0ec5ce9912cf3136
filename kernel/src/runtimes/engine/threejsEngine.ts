/** Entry of the script that runs Three.js skills in a bare engine. */

import * as THREE from 'three';
import { runThreejs } from '../threejs';
import { serveEngine } from './serve';

serveEngine((skill, inputs, options) => runThreejs(THREE, skill, inputs, options));
