import '../browser';

import { RenderMimeRegistry, standardRendererFactories } from '@jupyterlab/rendermime';
import { CIRCUIT_MIME, QUANTUM_MIME, SCENE_MIME } from '@llmos-lab/skills';

/** JupyterLab without any extension of ours. */
const plain = new RenderMimeRegistry({ initialFactories: standardRendererFactories });

describe('plain JupyterLab', () => {
  it.each([CIRCUIT_MIME, SCENE_MIME, QUANTUM_MIME])(
    'shows of %s the picture once it has been drawn, else the text',
    mime => {
      const text = { [mime]: { v: 1 }, 'text/plain': 'RC low-pass' };
      expect(plain.preferredMimeType(text, 'ensure')).toBe('text/plain');
      const drawn = { ...text, 'image/png': 'iVBORw0KGgo=' };
      expect(plain.preferredMimeType(drawn, 'ensure')).toBe('image/png');
    }
  );
});
