import type { TranslationBundle } from '@jupyterlab/translation';

import { CommandIDs } from '../../commands';
import {
  circuitIcon,
  evolutionIcon,
  quantumIcon,
  sceneIcon,
  sweepIcon
} from '../../icons';
import { isCrowded } from '../../narrow/sides';
import { keepingFocus } from '../keepFocus';
import type { TemplateId } from '../templates/cards';
import { templateWorkflow } from '../templates/workflows';
import { learnFromRuns } from './learn';
import { openNotebook } from './openNotebook';
import type { IGuideContext, IPrompt } from './prompt';
import { resultOf, runAll } from './runNotebook';
import { sweepLengths } from './sweep';

/** A demo notebook of the site, and what stands in for it elsewhere. */
interface IDemo {
  readonly path: string;
  readonly template: TemplateId;
  /** Which of its code cells shows the result, from 0. */
  readonly shown: number;
  /** A command that opens a panel in which the run is seen, where there is room. */
  readonly beside?: string;
}

const VQE: IDemo = {
  ...{ path: 'h2-vqe.ipynb', template: 'vqe-study', shown: 1 },
  beside: CommandIDs.openGraph
};

/** The sample prompts, in the order in which the guide shows them. */
export function samplePrompts(trans: TranslationBundle): readonly IPrompt[] {
  return [
    {
      id: 'vqe',
      icon: quantumIcon,
      title: trans.__('Energy of the hydrogen molecule'),
      about: trans.__(
        'A variational quantum eigensolver finds the ground state of H2, plots how, and scans the bond. Its graph lights up as it goes.'
      ),
      next: trans.__(
        'Change bond_length in the form above the first cell, then press Run stale in the toolbar (or G R).'
      ),
      run: runDemo(VQE)
    },
    {
      id: 'rc-filter',
      icon: circuitIcon,
      title: trans.__('An RC filter'),
      about: trans.__(
        'ngspice simulates a resistor and a capacitor in time and over frequency, with schematic, waveforms and cursors.'
      ),
      next: trans.__('Drag the cursors, or write another value such as 10k and run.'),
      run: runDemo({ path: 'rc-filter.ipynb', template: 'circuit-analysis', shown: 1 })
    },
    {
      id: 'scene',
      icon: sceneIcon,
      title: trans.__('A rotating scene'),
      about: trans.__(
        'Three.js builds shapes, paints and lights them in a sandbox, and animates them in the notebook.'
      ),
      next: trans.__('Turn a scene with the mouse or the arrow keys; choose a colour.'),
      run: runDemo({ path: 'three-scenes.ipynb', template: 'scene', shown: 0 })
    },
    {
      id: 'sweep',
      icon: sweepIcon,
      title: trans.__('A parameter sweep'),
      about: trans.__(
        'One input takes twelve values: the energy of H2 along its bond, as a table and a chart.'
      ),
      next: trans.__(
        'Right-click any node of the graph that calls a skill to sweep its inputs.'
      ),
      run: sweepLengths
    },
    {
      id: 'learn',
      icon: evolutionIcon,
      title: trans.__('Learn a skill from runs'),
      about: trans.__(
        'Runs one workflow with five values, finds what recurs, and proposes a skill of your own.'
      ),
      next: trans.__('Read the proposal; accept it, and it is in your library.'),
      run: learnFromRuns
    }
  ];
}

function runDemo({ path, template, shown, beside }: IDemo): IPrompt['run'] {
  return async (context: IGuideContext, run) => {
    const { app, trans } = context;
    run.report({ text: trans.__('Opening the notebook…'), fraction: null });
    const panel = await keepingFocus(async () => {
      const opened = await openNotebook(context, {
        path,
        workflow: () => templateWorkflow(template, trans)
      });
      if (beside !== undefined && !isCrowded()) {
        await app.commands.execute(beside);
      }
      return opened;
    });
    return resultOf(context, panel, await runAll(context, panel, run), shown);
  };
}
