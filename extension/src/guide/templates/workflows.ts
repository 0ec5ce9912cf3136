import type { TranslationBundle } from '@jupyterlab/translation';
import { IMPORT_LINE, type IWorkflow } from '@llmos-lab/skills';

import type { TemplateId } from './cards';
import { call, code, from, python, value, workflow } from './nodes';

/**
 * The notebook of a template; its name is that of the file. Texts between the cells are
 * translated, code is not.
 */
export function templateWorkflow(id: TemplateId, trans: TranslationBundle): IWorkflow {
  switch (id) {
    case 'vqe-study':
      return vqeStudy(trans);
    case 'circuit-analysis':
      return circuitAnalysis(trans);
    case 'scene':
      return scene(trans);
    case 'data-plot':
      return dataPlot(trans);
    case 'blank':
      return blank(trans);
  }
}

function vqeStudy(trans: TranslationBundle): IWorkflow {
  return workflow(
    'vqe-study',
    [
      call('h', 'quantum-hamiltonian', {
        system: value('h2'),
        bond_length: value(0.9)
      }),
      call('layered', 'quantum-vqe', {
        hamiltonian: from('h', 'hamiltonian'),
        ansatz: value('hardware-efficient'),
        iterations: value(100)
      }),
      call('excited', 'quantum-vqe', {
        hamiltonian: from('h', 'hamiltonian'),
        ansatz: value('ucc'),
        iterations: value(100)
      }),
      code(
        'distances',
        'steps = max(len(layered.convergence_trace), len(excited.convergence_trace))',
        '',
        'def distance(trace):',
        '    """Distance to the exact energy; a run that has settled stays where it is."""',
        '    padded = list(trace) + [trace[-1]] * (steps - len(trace))',
        '    return [max(abs(energy - h.ground_state_energy), 1e-12) for energy in padded]',
        '',
        'errors = {',
        '    "hardware-efficient": distance(layered.convergence_trace),',
        '    "ucc": distance(excited.convergence_trace),',
        '}'
      ),
      call('chart', 'plot-xy', {
        y: python('errors'),
        title: value(trans.__('Distance to the exact energy')),
        x_label: value(trans.__('step')),
        y_label: value(trans.__('error (Ha)')),
        log_y: value(true)
      }),
      call('export', 'export-results', {
        data: python('errors'),
        filename: value('vqe-study')
      })
    ],
    {
      h: trans.__(
        '# A VQE study\n\nWhich circuit finds the ground state in fewer steps? Change the bond length, or choose a spin chain, and run what is stale.'
      ),
      layered: trans.__(
        'Two circuits for the same Hamiltonian. Neither needs the other, so they can run side by side.'
      ),
      distances: trans.__('Both beside each other, as distance to the exact answer.'),
      export: trans.__('The numbers, as a file beside this notebook.')
    }
  );
}

function circuitAnalysis(trans: TranslationBundle): IWorkflow {
  return workflow(
    'circuit-analysis',
    [
      code(
        'netlist',
        'circuit = """Two-stage RC low-pass',
        'V1 in 0 AC 1 PULSE(0 1 0 1n 1n 1 2)',
        'R1 in a 1k',
        'C1 a 0 100n',
        'R2 a out 10k',
        'C2 out 0 10n',
        '"""'
      ),
      call('bode', 'spice-netlist', {
        netlist: python('circuit + ".ac dec 50 10 1Meg\\n.end\\n"')
      }),
      code(
        'corner',
        'import numpy as np',
        '',
        'frequency = np.real(bode.vectors["frequency"])',
        'gain = 20 * np.log10(np.abs(bode.vectors["v(out)"]))',
        'corner = np.interp(3, gain[0] - gain, frequency)',
        'print(f"3 dB below the start at {corner:.0f} Hz")'
      ),
      call('step', 'spice-netlist', {
        netlist: python('circuit + ".tran 2u 2m\\n.end\\n"')
      }),
      call('export', 'export-results', {
        data: python('{"frequency": frequency.tolist(), "gain": gain.tolist()}'),
        filename: value('circuit-analysis')
      })
    ],
    {
      netlist: trans.__(
        '# Circuit analysis\n\nOne circuit in two analyses. The first line is its title; change parts and values below it.'
      ),
      bode: trans.__('Over frequency: gain in dB, and phase.'),
      step: trans.__('In time: the answer to a step of 1 V. Drag the cursors.'),
      export: trans.__('The gain, as a file beside this notebook.')
    }
  );
}

function scene(trans: TranslationBundle): IWorkflow {
  return workflow(
    'scene',
    [
      code(
        'numbers',
        'import math',
        '',
        'side = 48',
        'heights = [',
        '    [0.3 * math.sin(8 * x / side) * math.cos(8 * y / side) for x in range(side)]',
        '    for y in range(side)',
        ']'
      ),
      call('surface', 'threejs-geometry', {
        shape: value('surface'),
        size: value(2),
        heights: python('heights')
      }),
      call('painted', 'threejs-material', {
        geometry: from('surface', 'geometry'),
        color: value('#d4af37'),
        metalness: value(0.4),
        roughness: value(0.5)
      }),
      call('still', 'threejs-scene', { meshes: python('[painted.mesh]') }),
      call('turning', 'threejs-animation', {
        mesh: from('painted', 'mesh'),
        motion: value('spin'),
        duration: value(8)
      })
    ],
    {
      numbers: trans.__(
        '# A 3D scene\n\nRows of numbers become a surface. Put your own in their place.'
      ),
      surface: trans.__('Geometry, material and scene are separate steps.'),
      turning: trans.__('And it turns. Play, pause and export stand below the picture.')
    }
  );
}

function dataPlot(trans: TranslationBundle): IWorkflow {
  return workflow(
    'data-plot',
    [
      code(
        'data',
        'import csv',
        'import io',
        '',
        '# For a file beside this notebook: text = open("data.csv").read()',
        'text = """time,height',
        ...['0.00,2.00', '0.10,1.96', '0.20,1.79', '0.30,1.57', '0.40,1.20'],
        ...['0.50,0.79', '0.60,0.22'],
        '"""',
        'rows = list(csv.DictReader(io.StringIO(text)))',
        'time = [float(row["time"]) for row in rows]',
        'height = [float(row["height"]) for row in rows]'
      ),
      code(
        'fit',
        'import numpy as np',
        '',
        'parameters = np.polyfit(time, height, 2)',
        'fitted = np.polyval(parameters, time).tolist()',
        'acceleration = -2 * parameters[0]',
        'print(f"acceleration {acceleration:.2f} m/s²")'
      ),
      call('chart', 'plot-xy', {
        x: python('time'),
        y: python('{"measured": height, "fitted": fitted}'),
        title: value(trans.__('A falling ball')),
        x_label: value(trans.__('time (s)')),
        y_label: value(trans.__('height (m)'))
      }),
      call('export', 'export-results', {
        data: python('{"time": time, "height": height, "fitted": fitted}'),
        filename: value('data-plot')
      })
    ],
    {
      data: trans.__(
        '# From data to a plot\n\nThe heights of a falling ball, as a table of comma-separated values. Put your own there.'
      ),
      fit: trans.__('A parabola through the points.'),
      chart: trans.__('Drag to move the chart, turn the wheel to zoom.'),
      export: trans.__('Everything, as a file beside this notebook.')
    }
  );
}

function blank(trans: TranslationBundle): IWorkflow {
  return workflow('workflow', [code('import', IMPORT_LINE), code('first', '')], {
    import: trans.__(
      '# A workflow\n\nType `/` in the empty cell to choose a skill, or press *Insert* on a card of the library at the left. Outputs of one cell are inputs of the next: drag in the graph to connect them.'
    )
  });
}
